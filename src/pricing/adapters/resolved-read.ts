import type { D1Read, D1Reader } from "#platform";
import { MAX_RESOLVED_ROWS } from "../domain/limits.ts";
import type { ResolvedPrice } from "../contract.ts";

export type ResolvedRow = {
  readonly variant_id: string;
  readonly customer_group: string;
  readonly min_quantity: number;
  readonly amount_minor: number;
  readonly compare_at_minor: number | null;
  readonly lowest_30_days_minor: number | null;
  readonly list_id: string | null;
  readonly base_minor: number;
  readonly valid_until_ms: number | null;
};

export const RESOLVED_COLUMNS = `r.variant_id, r.customer_group, r.min_quantity, r.amount_minor, r.compare_at_minor, r.lowest_30_days_minor,
  r.list_id, r.base_minor, r.valid_until_ms`;
const MARKET =
  "coalesce((SELECT id FROM markets WHERE id = ?2), (SELECT id FROM markets WHERE is_default = 1))";

/** Those for everybody, of the named group, and of the customer's. A customer whom staff take out of a group is out at once. */
const GROUPS =
  "r.customer_group IN ('', ?3, coalesce((SELECT customer_group FROM customers WHERE id = ?4), ''))";

/** Prices of variants, by primary key: those for everybody and those of one group. */
export const RESOLVED_SQL = `SELECT ${RESOLVED_COLUMNS} FROM json_each(?1) wanted
  CROSS JOIN resolved_prices r ON r.variant_id = wanted.value AND r.market_id = ${MARKET} AND ${GROUPS}
  LIMIT ${MAX_RESOLVED_ROWS}`;

/** The same with the variant of one more SKU, chosen as the catalogue chooses it. */
export const RESOLVED_AND_SKU_SQL = RESOLVED_SQL.replace(
  "json_each(?1)",
  "json_each(json_insert(?1, '$[#]', (SELECT min(id) FROM variants WHERE sku = ?5 COLLATE NOCASE)))",
);

/** Prices of all variants of a product, for its page. */
export const PRODUCT_PRICES_SQL = `SELECT ${RESOLVED_COLUMNS} FROM products p
  CROSS JOIN variants v ON v.product_number = p.number
  CROSS JOIN resolved_prices r ON r.variant_id = v.id AND r.market_id = ${MARKET} AND ${GROUPS}
  WHERE p.handle = ?1 LIMIT ${MAX_RESOLVED_ROWS}`;

export type ResolvedRequest = {
  /** Empty: the default market. */
  readonly marketId: string;
  readonly customerGroup: string;
  /** A buyer whom staff know; empty for everybody else. */
  readonly customerId: string;
};

/** The resolved prices of variants and, if one is named, of what is sold under a SKU (any case). */
export const resolvedPricesRead = (
  db: D1Reader,
  request: ResolvedRequest & { readonly variantIds: readonly string[]; readonly sku?: string },
): D1Read<readonly ResolvedPrice[]> => {
  const { marketId, customerGroup, customerId } = request;
  const values = [JSON.stringify(request.variantIds), marketId, customerGroup, customerId];
  return {
    statement:
      request.sku === undefined
        ? db.prepare(RESOLVED_SQL).bind(...values)
        : db.prepare(RESOLVED_AND_SKU_SQL).bind(...values, request.sku),
    parse: readRows,
  };
};

/** The resolved prices of every variant of a product. */
export const productPricesRead = (
  db: D1Reader,
  request: ResolvedRequest & { readonly handle: string },
): D1Read<readonly ResolvedPrice[]> => ({
  statement: db
    .prepare(PRODUCT_PRICES_SQL)
    .bind(request.handle, request.marketId, request.customerGroup, request.customerId),
  parse: readRows,
});

/** Rows of these columns as prices. */
export const readRows = (rows: readonly unknown[]): readonly ResolvedPrice[] =>
  // The columns are those of the statements above.
  (rows as readonly ResolvedRow[]).map((row) => ({
    variantId: row.variant_id,
    customerGroup: row.customer_group,
    minQuantity: row.min_quantity,
    amountMinor: row.amount_minor,
    ...(row.compare_at_minor === null ? {} : { compareAtMinor: row.compare_at_minor }),
    ...(row.lowest_30_days_minor === null ? {} : { lowest30DaysMinor: row.lowest_30_days_minor }),
    ...(row.list_id === null ? {} : { listId: row.list_id }),
    baseMinor: row.base_minor,
    ...(row.valid_until_ms === null ? {} : { validUntilMs: row.valid_until_ms }),
  }));
