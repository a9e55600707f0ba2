import { sha256Hex } from "#platform";
import type { CatalogExporter, ExportedProduct } from "../app/exported-product.ts";
import type { ProductInput, ProductStatus, TaxClass } from "../contract.ts";
import type { RelationInput, TypedValues } from "../contract-model.ts";
import { availabilityOfRank } from "../domain/availability.ts";
import { hashedText } from "../domain/complete-product.ts";
import { validateProduct } from "../domain/validate-product.ts";
import { parseJson, present, type CatalogDb } from "./rows.ts";

/** Products of one statement: a hundred thousand take two hundred round trips, well under a Worker's bound. */
export const EXPORT_PAGE_PRODUCTS = 500;

const list = (object: string, from: string): string =>
  `(SELECT json_group_array(json(item)) FROM (SELECT json_object(${object}) AS item FROM ${from}))`;

/** One page; each sub-select walks the index of its table by the product's number. */
export const EXPORT_SQL = `SELECT p.number, p.handle, p.title, p.status, p.vendor, p.product_type, p.description_html, p.tags,
    p.options, p.attributes, p.seo_title, p.seo_description, p.currency, p.published_at_ms, p.publish_at_ms, p.unpublish_at_ms,
    p.type_key, p.typed_values, p.content_hash, p.is_listed,
    ${list(
      `'id', v.id, 'sku', v.sku, 'barcode', v.barcode, 'optionValues', json(v.option_values), 'price', v.price_minor, 'compareAt',
      v.compare_at_minor, 'lowest', v.lowest_30_days_minor, 'grams', v.weight_grams, 'tax', v.tax_class, 'ships',
      v.requires_shipping, 'media', v.media_id, 'rank', s.availability_rank, 'expected', s.expected_at`,
      `variants v LEFT JOIN stock_levels s ON s.sku = v.sku WHERE v.product_number = p.number ORDER BY v.position`,
    )} AS variants,
    ${list(
      `'id', m.id, 'url', m.url, 'alt', m.alt, 'width', m.width, 'height', m.height, 'focalX', m.focal_x, 'focalY', m.focal_y`,
      "media m WHERE m.product_number = p.number ORDER BY m.position",
    )} AS pictures,
    (SELECT json_group_array(handle) FROM (SELECT c.handle FROM collection_products cp JOIN collections c
      ON c.id = cp.collection_id WHERE cp.product_number = p.number AND c.rule IS NULL ORDER BY c.handle)) AS collections,
    (SELECT json_group_array(channel) FROM product_channels WHERE product_number = p.number) AS channels,
    ${list(
      `'kind', r.kind, 'handle', o.handle`,
      "product_relations r JOIN products o ON o.number = r.related_number WHERE r.product_number = p.number ORDER BY r.kind, r.position",
    )} AS relations
  FROM products p WHERE p.number > ?1 ORDER BY p.number LIMIT ?2`;

type Row = {
  readonly number: number;
  readonly handle: string;
  readonly title: string;
  readonly status: ProductStatus;
  readonly vendor: string;
  readonly product_type: string;
  readonly description_html: string;
  readonly tags: string;
  readonly options: string;
  readonly attributes: string;
  readonly seo_title: string | null;
  readonly seo_description: string | null;
  readonly currency: string;
  readonly published_at_ms: number;
  readonly publish_at_ms: number | null;
  readonly unpublish_at_ms: number | null;
  readonly type_key: string | null;
  readonly typed_values: string;
  readonly content_hash: string;
  readonly is_listed: 0 | 1;
  readonly variants: string;
  readonly pictures: string;
  readonly collections: string;
  readonly channels: string;
  readonly relations: string;
};
type VariantItem = {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly optionValues: readonly string[];
  readonly price: number;
  readonly compareAt: number | null;
  readonly lowest: number | null;
  readonly grams: number;
  readonly tax: TaxClass;
  readonly ships: 0 | 1;
  readonly media: string | null;
  readonly rank: number | null;
  readonly expected: string | null;
};
type PictureItem = {
  readonly id: string;
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly focalX: number | null;
  readonly focalY: number | null;
};

/** Reads the catalogue for exports. Holds no state. */
export const createCatalogExporter = (db: CatalogDb): CatalogExporter => ({
  async page(after) {
    const { results } = await db.prepare(EXPORT_SQL).bind(after, EXPORT_PAGE_PRODUCTS).all<Row>();
    return Promise.all(results.map(readExported));
  },
});

async function readExported(row: Row): Promise<ExportedProduct> {
  const variants = parseJson<readonly VariantItem[]>(row.variants);
  return {
    number: row.number,
    input: await asItWasSaved(readInput(row, variants), row),
    currency: row.currency,
    isListed: row.is_listed === 1,
    stock: variants.map(({ id, rank, expected }) => ({
      variantId: id,
      availability: rank === null ? "sold_out" : availabilityOfRank(rank),
      ...present("expectedAt", expected),
    })),
  };
}

/** The day of publication is told where the product was saved with one, so that saving the export changes nothing. */
async function asItWasSaved(input: ProductInput, row: Row): Promise<ProductInput> {
  const valid = validateProduct(input);
  if (!valid.ok) return input;
  const hash = await sha256Hex(`${row.currency}\n${hashedText(valid.value)}`);
  return hash === row.content_hash ? input : { ...input, publishedAtMs: row.published_at_ms };
}

function readInput(row: Row, variants: readonly VariantItem[]): ProductInput {
  const pictures = parseJson<readonly PictureItem[]>(row.pictures);
  const places = new Map(pictures.map(({ id }, index) => [id, index]));
  const relations = parseJson<readonly RelationInput[]>(row.relations);
  return {
    handle: row.handle,
    title: row.title,
    status: row.status,
    descriptionHtml: row.description_html,
    vendor: row.vendor,
    productType: row.product_type,
    tags: parseJson(row.tags),
    options: parseJson<readonly { readonly name: string }[]>(row.options).map(({ name }) => name),
    variants: variants.map((variant) => ({
      sku: variant.sku,
      ...present("barcode", variant.barcode),
      optionValues: variant.optionValues,
      priceMinor: variant.price,
      ...present("compareAtMinor", variant.compareAt),
      ...present("lowest30DaysMinor", variant.lowest),
      weightGrams: variant.grams,
      taxClass: variant.tax,
      requiresShipping: variant.ships === 1,
      ...present("pictureIndex", variant.media === null ? undefined : places.get(variant.media)),
    })),
    pictures: pictures.map(({ id: _id, focalX, focalY, ...picture }) => ({
      ...picture,
      ...present("focalX", focalX),
      ...present("focalY", focalY),
    })),
    attributes: parseJson(row.attributes),
    collections: parseJson(row.collections),
    ...present("seoTitle", row.seo_title),
    ...present("seoDescription", row.seo_description),
    publication: {
      ...present("publishAtMs", row.publish_at_ms),
      ...present("unpublishAtMs", row.unpublish_at_ms),
      channels: parseJson(row.channels),
    },
    typed: { typeKey: row.type_key ?? "", values: parseJson<TypedValues>(row.typed_values) },
    ...(relations.length === 0 ? {} : { relations }),
  };
}
