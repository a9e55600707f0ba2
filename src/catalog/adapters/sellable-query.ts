import { epochMs, invariant, type ProductId, type VariantId } from "#kernel";
import type { Picture, ProductStatus, SellableVariant, TaxClass } from "../contract.ts";
import { MAX_SELLABLE } from "../domain/limits.ts";
import type { D1Read } from "#platform";
import { BADGE_COLUMNS, parseJson, present, readBadge, type CatalogDb } from "./rows.ts";
import { closestText, localesParameter } from "./translation-query.ts";
import { closestVariantTitle } from "./variant-titles.ts";

/** The ids of a JSON list, and with them the variant of one more SKU, in any case; of several the oldest. */
const IDS = "?1";
const IDS_AND_SKU =
  "json_insert(?1, '$[#]', (SELECT id FROM variants WHERE sku = ?2 COLLATE NOCASE ORDER BY id LIMIT 1))";

/** Titles in the closest of some languages, and the shop's own beside them. */
const translatedTitles = (locales: string): string =>
  `${closestText(locales, { entity: "product", key: "CAST(p.number AS TEXT)", field: "title", own: "p.title" })} AS title,
    ${closestVariantTitle(locales)} AS variant_title, p.title AS own_title, v.title AS own_variant_title`;
const OWN_TITLES = "p.title, v.title AS variant_title";

/** Variants by a JSON list of ids, with what cart and checkout need. */
const sellableSql = (
  ids: string,
  titles: string,
): string => `SELECT v.id, v.sku, v.price_minor, v.compare_at_minor, v.tax_class,
    v.weight_grams, v.requires_shipping, p.id AS product_id, p.handle, ${titles},
    CASE WHEN p.status = 'active' AND p.is_listed = 0 THEN 'draft' ELSE p.status END AS status, p.currency, p.picture,
    m.id AS media_id, m.url, m.alt, m.width, m.height, ${BADGE_COLUMNS},
    (SELECT json_group_array(json_object('sku', component_sku, 'quantity', quantity))
      FROM bundle_components WHERE bundle_sku = v.sku) AS components,
    r.line_open_until_ms, r.shards AS stock_shards
  FROM json_each(${ids}) wanted
  CROSS JOIN variants v ON v.id = wanted.value
  CROSS JOIN products p ON p.number = v.product_number
  LEFT JOIN media m ON m.id = v.media_id
  LEFT JOIN stock_levels s ON s.sku = v.sku
  LEFT JOIN stock_rushes r ON r.sku = v.sku
  LIMIT ${MAX_SELLABLE}`;

/** In the shop's own language; these four are exported for the test that reads their plans. */
export const SELLABLE_SQL = sellableSql(IDS, OWN_TITLES);
export const SELLABLE_AND_SKU_SQL = sellableSql(IDS_AND_SKU, OWN_TITLES);
export const TRANSLATED_SELLABLE_SQL = sellableSql(IDS, translatedTitles("?2"));
export const TRANSLATED_SELLABLE_AND_SKU_SQL = sellableSql(IDS_AND_SKU, translatedTitles("?3"));

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
  /** Where the titles were asked for in another language. */
  readonly own_title?: string;
  readonly own_variant_title?: string;
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

/** As {@link querySellable}, and what is sold under a SKU, as a read that shares a round trip. At most 100 different ids. */
export function sellableRead(db: CatalogDb, wanted: WantedVariants): D1Read<readonly SellableVariant[]> {
  const ids = [...new Set(wanted.variantIds)];
  invariant(ids.length <= MAX_SELLABLE, `at most ${MAX_SELLABLE} variants are read at once`);
  const locales = localesParameter(wanted.locale);
  const [own, translated, ...sku] =
    wanted.sku === undefined
      ? ([SELLABLE_SQL, TRANSLATED_SELLABLE_SQL] as const)
      : ([SELLABLE_AND_SKU_SQL, TRANSLATED_SELLABLE_AND_SKU_SQL, wanted.sku] as const);
  const statement = db
    .prepare(locales === undefined ? own : translated)
    .bind(JSON.stringify(ids), ...sku, ...(locales === undefined ? [] : [locales]));
  return { statement, parse: readRows };
}

/** Titles are in the language of `locale` where there are such, else in the shop's own. */
export type WantedVariants = {
  readonly variantIds: readonly string[];
  readonly sku?: string;
  readonly locale?: string;
};

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
  ...ownTitles(row),
  ...(row.components === "[]"
    ? {}
    : { components: parseJson<NonNullable<SellableVariant["components"]>>(row.components) }),
});

/** The shop's own titles, where others are shown. */
const ownTitles = ({ title, variant_title, own_title, own_variant_title }: SellableRow) =>
  own_title === undefined ||
  own_variant_title === undefined ||
  (own_title === title && own_variant_title === variant_title)
    ? {}
    : { own: { productTitle: own_title, variantTitle: own_variant_title } };

/** The variant's own picture, else the product's first. */
function pictureOf(row: SellableRow): Picture | undefined {
  if (row.media_id !== null) {
    return { mediaId: row.media_id, url: row.url, alt: row.alt, width: row.width, height: row.height };
  }
  return row.picture === null ? undefined : parseJson<Picture>(row.picture);
}
