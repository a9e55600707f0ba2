import { epochMs, invariant, type ProductId, type VariantId } from "#kernel";
import type { Picture, ProductStatus, SellableVariant, TaxClass } from "../contract.ts";
import { MAX_SELLABLE } from "../domain/limits.ts";
import type { D1Read } from "#platform";
import { BADGE_COLUMNS, parseJson, present, readBadge, type CatalogDb } from "./rows.ts";

/** Variants by a JSON list of ids, with what cart and checkout need. */
export const SELLABLE_SQL = `SELECT v.id, v.sku, v.title AS variant_title, v.price_minor, v.compare_at_minor, v.tax_class,
    v.weight_grams, v.requires_shipping, p.id AS product_id, p.handle, p.title,
    CASE WHEN p.status = 'active' AND p.is_listed = 0 THEN 'draft' ELSE p.status END AS status, p.currency, p.picture,
    m.id AS media_id, m.url, m.alt, m.width, m.height, ${BADGE_COLUMNS},
    (SELECT json_group_array(json_object('sku', component_sku, 'quantity', quantity))
      FROM bundle_components WHERE bundle_sku = v.sku) AS components,
    r.line_open_until_ms, r.shards AS stock_shards
  FROM json_each(?1) wanted
  CROSS JOIN variants v ON v.id = wanted.value
  CROSS JOIN products p ON p.number = v.product_number
  LEFT JOIN media m ON m.id = v.media_id
  LEFT JOIN stock_levels s ON s.sku = v.sku
  LEFT JOIN stock_rushes r ON r.sku = v.sku
  LIMIT ${MAX_SELLABLE}`;

type SellableRow = Parameters<typeof readBadge>[0] & {
  readonly id: VariantId;
  readonly sku: string;
  readonly variant_title: string;
  readonly price_minor: number;
  readonly compare_at_minor: number | null;
  readonly tax_class: TaxClass;
  readonly weight_grams: number;
  readonly requires_shipping: 0 | 1;
  readonly product_id: ProductId;
  readonly handle: string;
  readonly title: string;
  readonly status: ProductStatus;
  readonly currency: string;
  readonly picture: string | null;
  readonly media_id: Picture["mediaId"] | null;
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** A JSON list, empty for anything but a bundle. */
  readonly components: string;
  readonly line_open_until_ms: number | null;
  readonly stock_shards: number | null;
};

/** Reads variants for a cart; ids that are not there (any more) are left out. */
export async function querySellable(
  db: CatalogDb,
  variantIds: readonly string[],
): Promise<SellableVariant[]> {
  if (variantIds.length === 0) return [];
  const read = sellableRead(db, { variantIds });
  const { results } = await read.statement.all();
  return [...read.parse(results)];
}

/** The same with the variant of one more SKU, in any case; of several variants with that SKU the oldest. */
export const SELLABLE_AND_SKU_SQL = SELLABLE_SQL.replace(
  "json_each(?1)",
  "json_each(json_insert(?1, '$[#]', (SELECT id FROM variants WHERE sku = ?2 COLLATE NOCASE ORDER BY id LIMIT 1)))",
);

/** As {@link querySellable}, and what is sold under a SKU, as a read that shares a round trip. At most 100 different ids. */
export function sellableRead(
  db: CatalogDb,
  { variantIds, sku }: { readonly variantIds: readonly string[]; readonly sku?: string },
): D1Read<readonly SellableVariant[]> {
  const wanted = [...new Set(variantIds)];
  invariant(wanted.length <= MAX_SELLABLE, `at most ${MAX_SELLABLE} variants are read at once`);
  const ids = JSON.stringify(wanted);
  const statement =
    sku === undefined ? db.prepare(SELLABLE_SQL).bind(ids) : db.prepare(SELLABLE_AND_SKU_SQL).bind(ids, sku);
  return { statement, parse: readRows };
}

// The columns are those of the statement above.
const readRows = (rows: readonly unknown[]): readonly SellableVariant[] =>
  (rows as readonly SellableRow[]).map(readSellable);

const readSellable = (row: SellableRow): SellableVariant => ({
  variantId: row.id,
  productId: row.product_id,
  productHandle: row.handle,
  productTitle: row.title,
  productStatus: row.status,
  variantTitle: row.variant_title,
  sku: row.sku,
  currency: row.currency,
  priceMinor: row.price_minor,
  ...present("compareAtMinor", row.compare_at_minor),
  taxClass: row.tax_class,
  weightGrams: row.weight_grams,
  requiresShipping: row.requires_shipping === 1,
  ...present("picture", pictureOf(row)),
  ...readBadge(row),
  ...(row.line_open_until_ms === null ? {} : { lineOpenUntil: epochMs(row.line_open_until_ms) }),
  ...(row.stock_shards === null || row.stock_shards === 0 ? {} : { stockShards: row.stock_shards }),
  ...(row.components === "[]"
    ? {}
    : { components: parseJson<NonNullable<SellableVariant["components"]>>(row.components) }),
});

/** The variant's own picture, else the product's first. */
function pictureOf(row: SellableRow): Picture | undefined {
  if (row.media_id !== null) {
    return { mediaId: row.media_id, url: row.url, alt: row.alt, width: row.width, height: row.height };
  }
  return row.picture === null ? undefined : parseJson<Picture>(row.picture);
}
