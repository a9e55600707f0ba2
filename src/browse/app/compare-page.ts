import type { IndexedPage } from "#catalog";
import type { CatalogIndex, IndexChange } from "../domain/catalog-index.ts";
import { fingerprintOf } from "../domain/fingerprint.ts";

/**
 * What an index holds differently from a page of the catalogue that begins after a number, as changes that mend it: products
 * that differ or are missing, and products that the catalogue does not list there any more. Both must be of one moment.
 */
export function compareWithPage(
  index: Pick<CatalogIndex, "entries">,
  page: IndexedPage,
  after: number,
): readonly IndexChange[] {
  const until = page.lastNumber ?? Infinity;
  const held = new Map(
    index
      .entries(after, Infinity)
      .filter(({ number }) => number <= until)
      .map(({ number, fingerprint }) => [number, fingerprint]),
  );
  const differing = page.products
    .filter((product) => held.get(product.number) !== fingerprintOf(product))
    .map((product): IndexChange => ({ number: product.number, product }));
  for (const product of page.products) held.delete(product.number);
  return [...differing, ...[...held.keys()].map((number): IndexChange => ({ number, product: undefined }))];
}
