import { collectionTag, LISTS_TAG, productTag } from "../app/cache-tags.ts";
import { queryChanges } from "./change-feed.ts";
import type { CatalogDb } from "./rows.ts";

export const CHANGED_TAGS_SQL = {
  products: "SELECT p.id FROM json_each(?) changed CROSS JOIN products p ON p.number = changed.value",
  collections: `SELECT DISTINCT m.collection_id AS id
    FROM json_each(?) changed CROSS JOIN collection_products m ON m.product_number = changed.value`,
} as const;

/**
 * The tags of what changed after a sequence number: the products, the lists they are in now, and the lists of the whole
 * shop. A list that a product has left shows its card, so it carries the product's tag.
 */
export async function readChangedTags(
  db: CatalogDb,
  after: number,
  limit: number,
): Promise<{ readonly tags: readonly string[]; readonly position: number }> {
  const changes = await queryChanges(db, { after, limit });
  const position = changes.at(-1)?.sequence ?? after;
  if (changes.length === 0) return { tags: [], position };
  const numbers = JSON.stringify(changes.map(({ productNumber }) => productNumber));
  const [products, collections] = await db.batch<{ id: string }>(
    [CHANGED_TAGS_SQL.products, CHANGED_TAGS_SQL.collections].map((sql) => db.prepare(sql).bind(numbers)),
  );
  const tags = [
    ...(products?.results ?? []).map(({ id }) => productTag(id)),
    ...(collections?.results ?? []).map(({ id }) => collectionTag(id)),
    LISTS_TAG,
  ];
  return { tags, position };
}
