import type { IndexedProduct } from "#catalog";

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** A number for everything that the index keeps of a product (FNV-1a, 32 bits): two copies that differ show it. */
export function fingerprintOf(product: IndexedProduct): number {
  const collections = product.collections.map(({ handle, place }) => `${handle} ${place ?? ""}`).sort();
  const text = JSON.stringify({ ...product, collections });
  let hash = OFFSET;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  return hash >>> 0;
}
