import { invariant, type ProductId, type VariantId } from "#kernel";
import type { Picture, ProductStatus, SellableVariant, TaxClass } from "../contract.ts";
import { MAX_SELLABLE } from "../domain/limits.ts";
import { BADGE_COLUMNS, parseJson, present, readBadge, type CatalogDb } from "./rows.ts";

/** Variants by a JSON list of ids, with what cart and checkout need. */
export const SELLABLE_SQL = `SELECT v.id, v.sku, v.title AS variant_title, v.price_minor, v.compare_at_minor, v.tax_class,
    v.weight_grams, v.requires_shipping, p.id AS product_id, p.handle, p.title, p.status, p.currency, p.picture,
    m.id AS media_id, m.url, m.alt, m.width, m.height, ${BADGE_COLUMNS}
  FROM json_each(?1) wanted
  CROSS JOIN variants v ON v.id = wanted.value
  CROSS JOIN products p ON p.number = v.product_number
  LEFT JOIN media m ON m.id = v.media_id
  LEFT JOIN stock_levels s ON s.sku = v.sku
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
};

/** Reads variants for a cart; ids that are not there (any more) are left out. */
export async function querySellable(
  db: CatalogDb,
  variantIds: readonly string[],
): Promise<SellableVariant[]> {
  const wanted = [...new Set(variantIds)];
  invariant(wanted.length <= MAX_SELLABLE, `at most ${MAX_SELLABLE} variants are read at once`);
  if (wanted.length === 0) return [];
  const { results } = await db.prepare(SELLABLE_SQL).bind(JSON.stringify(wanted)).all<SellableRow>();
  return results.map(readSellable);
}

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
});

/** The variant's own picture, else the product's first. */
function pictureOf(row: SellableRow): Picture | undefined {
  if (row.media_id !== null) {
    return { mediaId: row.media_id, url: row.url, alt: row.alt, width: row.width, height: row.height };
  }
  return row.picture === null ? undefined : parseJson<Picture>(row.picture);
}
