import type { D1Read } from "#platform";

/** That a product is in a collection, by handles. */
export type Membership = { readonly productHandle: string; readonly collectionHandle: string };

/** A full cart in every collection of a large shop; more is cut off, and a coupon for it would not apply. */
const MAX_MEMBERSHIPS = 2_000;

/** Which collections the products of these variants are in, to share a round trip with a cart's prices. */
export const membershipsRead = (
  db: D1Database,
  variantIds: readonly string[],
): D1Read<readonly Membership[]> => ({
  statement: db
    .prepare(
      `SELECT DISTINCT p.handle AS productHandle, c.handle AS collectionHandle
       FROM json_each(?1) wanted
       CROSS JOIN variants v ON v.id = wanted.value
       CROSS JOIN products p ON p.number = v.product_number
       CROSS JOIN collection_products cp ON cp.product_number = p.number
       CROSS JOIN collections c ON c.id = cp.collection_id
       LIMIT ${MAX_MEMBERSHIPS}`,
    )
    .bind(JSON.stringify([...new Set(variantIds)])),
  parse: (rows) => rows as readonly Membership[],
});
