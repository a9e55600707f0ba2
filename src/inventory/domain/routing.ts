/** The name of a shard's object, in a namespace of its own: its number, a colon, and the SKU code as it is. */
export const shardName = (sku: string, shard: number): string => `${shard}:${sku}`;

/** The SKU code in a shard's name. */
export const skuOfShard = (name: string): string => name.slice(name.indexOf(":") + 1);

/**
 * The shards that an order tries, in order, before it goes to the parent: its own and the next one. The same for the
 * same order and number of shards, always; empty for a SKU that was not split when the order was placed.
 */
export function shardsOf(orderId: string, shards: number): readonly number[] {
  if (!Number.isSafeInteger(shards) || shards < 1) return [];
  const own = hashOf(orderId) % shards;
  return shards === 1 ? [1] : [own + 1, ((own + 1) % shards) + 1];
}

/** FNV-1a over UTF-16 units: any even spread will do, as long as it never changes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  // The low bits of FNV-1a are weak for texts that differ in one place.
  return (hash ^ (hash >>> 15)) >>> 0;
}
