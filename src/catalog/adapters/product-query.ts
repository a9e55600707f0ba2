import { ok, refuse, type Result } from "#kernel";
import type { InLocale } from "../app/ports.ts";
import { RELATION_KINDS, type RelationKind } from "../contract-model.ts";
import type { CatalogRefusal, ProductView } from "../contract.ts";
import { cleanText } from "../domain/field-errors.ts";
import { translateProduct } from "../domain/translate.ts";
import { MAX_COLLECTIONS, MAX_PICTURES, MAX_RELATIONS, MAX_VARIANTS } from "../domain/limits.ts";
import {
  BADGE_COLUMNS,
  CARD_COLUMNS,
  readCard,
  readDetails,
  readPicture,
  readVariant,
  type CardRow,
  type CatalogDb,
  type PictureRow,
  type ProductRow,
  type VariantRow,
} from "./rows.ts";
import { BUNDLES_SQL, readBundles, type BundleRow } from "./bundle-query.ts";
import { OPTION_WORDS_SQL, wordsOf } from "./shared-words.ts";
import { readTranslators, TEXTS_SQL, type TextRow } from "./product-texts.ts";
import { closestText, localesParameter, translatedCard } from "./translation-query.ts";

const NUMBER = "(SELECT number FROM products WHERE handle = ?1)";

const collectionTitle = (locales: string | undefined): string =>
  locales === undefined
    ? "c.title"
    : closestText(locales, { entity: "collection", key: "c.id", field: "title", own: "c.title" });

/**
 * The statements of a product page, by the handle as their first parameter and the languages as the second one of those
 * that have it.
 */
const productSql = (locales?: "?2", isStaff = false) => ({
  product: `SELECT ${CARD_COLUMNS}, p.status, p.description_html, p.product_type, p.tags, p.options, p.attributes,
      p.seo_title, p.seo_description, p.version, p.updated_at_ms, p.is_listed, p.publish_at_ms, p.unpublish_at_ms,
      p.type_key, p.typed_values, t.attributes AS type_attributes,
      (SELECT json_group_array(channel) FROM product_channels WHERE product_number = p.number) AS channels
    FROM products p LEFT JOIN product_types t ON t.key = p.type_key WHERE p.handle = ?1`,
  variants: `SELECT v.id, v.sku, v.barcode, v.option_values, v.title, v.price_minor, v.compare_at_minor,
      v.lowest_30_days_minor, v.weight_grams, v.tax_class, v.requires_shipping, v.media_id, ${BADGE_COLUMNS}
    FROM variants v LEFT JOIN stock_levels s ON s.sku = v.sku
    WHERE v.product_number = ${NUMBER} ORDER BY v.position LIMIT ${MAX_VARIANTS}`,
  pictures: `SELECT id, url, alt, width, height, focal_x, focal_y FROM media
    WHERE product_number = ${NUMBER} ORDER BY position LIMIT ${MAX_PICTURES}`,
  collections: `SELECT c.handle, ${collectionTitle(locales)} AS title${isStaff ? ", c.rule IS NOT NULL AS is_by_rule" : ""} FROM collection_products m CROSS JOIN collections c ON c.id = m.collection_id
    WHERE m.product_number = ${NUMBER} ORDER BY c.position, c.id LIMIT ${MAX_COLLECTIONS}`,
  relations: `SELECT ${translatedCard(CARD_COLUMNS, locales)}, r.kind
    FROM product_relations r CROSS JOIN products p ON p.number = r.related_number
    WHERE r.product_number = ${NUMBER} ${isStaff ? "" : "AND p.is_listed = 1"} ORDER BY r.position LIMIT ${MAX_RELATIONS}`,
  bundles: BUNDLES_SQL,
  movedTo: `SELECT p.handle FROM slug_history h CROSS JOIN products p ON p.number = h.product_number WHERE h.handle = ?1`,
  ...(locales === undefined ? {} : { texts: TEXTS_SQL, words: OPTION_WORDS_SQL }),
});

/** In the shop's own language; exported for the test that reads their plans. */
export const PRODUCT_SQL = productSql();
/** For staff: related products that are not listed as well, and which collections are kept by hand. */
export const STAFF_PRODUCT_SQL = productSql(undefined, true);

type CollectionOfRow = { readonly handle: string; readonly title: string; readonly is_by_rule?: 0 | 1 };
type RelationRow = CardRow & { readonly kind: RelationKind };

/** By kind in the order that the kinds have, then as the merchant ordered them. */
const readRelations = (rows: readonly RelationRow[]): ProductView["relations"] =>
  RELATION_KINDS.flatMap((kind) =>
    rows.filter((row) => row.kind === kind).map((row) => ({ kind, product: readCard(row) })),
  );

/** Reads a whole product by its handle, whatever its status, in one round trip. */
export async function queryProduct(
  db: CatalogDb,
  typedHandle: string,
  { locale, isStaff = false }: InLocale & { readonly isStaff?: boolean } = {},
): Promise<Result<ProductView, CatalogRefusal>> {
  const handle = cleanText(typedHandle);
  const locales = localesParameter(locale);
  const own = isStaff ? STAFF_PRODUCT_SQL : PRODUCT_SQL;
  const statements = Object.values(locales === undefined ? own : productSql("?2", isStaff));
  const [product, variants, pictures, collections, relations, bundles, movedTo, texts, words] =
    await db.batch(
      statements.map((sql) =>
        locales !== undefined && sql.includes("?2")
          ? db.prepare(sql).bind(handle, locales)
          : db.prepare(sql).bind(handle),
      ),
    );
  const row = (product?.results as ProductRow[] | undefined)?.[0];
  if (!row) {
    const moved = (movedTo?.results as { handle: string }[] | undefined)?.[0];
    return refuse(
      moved ? { code: "product_moved", handle, movedTo: moved.handle } : { code: "product_unknown", handle },
    );
  }
  const translators = readTranslators((texts?.results ?? []) as TextRow[]);
  const view: ProductView = {
    ...readCard(row),
    ...readDetails(row, translators),
    variants: ((variants?.results ?? []) as VariantRow[]).map(readVariant),
    pictures: ((pictures?.results ?? []) as PictureRow[]).map(readPicture),
    collections: ((collections?.results ?? []) as CollectionOfRow[]).map(
      ({ handle: place, title, is_by_rule: isByRule }) => ({
        handle: place,
        title,
        ...(isByRule === 1 ? { isByRule: true as const } : {}),
      }),
    ),
    relations: readRelations((relations?.results ?? []) as RelationRow[]),
    bundles: readBundles((bundles?.results ?? []) as BundleRow[]),
  };
  return ok(
    locales === undefined ? view : translateProduct(view, translators.product, wordsOf(words?.results ?? [])),
  );
}
