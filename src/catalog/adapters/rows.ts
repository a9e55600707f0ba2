import type { CollectionId, MediaId, ProductId, VariantId } from "#kernel";
import type { AttributeDefinition, Publication, TypedValues } from "../contract-model.ts";
import type {
  CollectionView,
  Fact,
  Picture,
  ProductCard,
  ProductOption,
  ProductStatus,
  TaxClass,
  VariantView,
} from "../contract.ts";
import { availabilityOfRank, UNCOUNTED_BADGE } from "../domain/availability.ts";
import { translateAttributes, type Translator } from "../domain/translate.ts";
import { typedAttributes } from "../domain/typed-values.ts";

// Rows are what our own statements wrote and the tables' CHECK constraints guard, so reading them may trust their types.

/** Columns of a card, of a table that the statement calls `p`. */
export const CARD_COLUMNS = `p.number, p.id, p.handle, p.title, p.title_key, p.vendor, p.currency, p.price_min_minor,
  p.price_max_minor, p.compare_at_minor, p.availability_rank, p.is_sold_out, p.expected_at, p.picture, p.second_picture,
  p.variant_count, p.colour_count, p.published_at_ms, p.featured_position, p.popularity`;

/** The same in a collection `m`, where the featured order is the collection's own. */
export const MEMBER_CARD_COLUMNS = CARD_COLUMNS.replace("p.featured_position", "m.featured_position");

export type CardRow = {
  readonly number: number;
  readonly id: ProductId;
  readonly handle: string;
  readonly title: string;
  readonly title_key: string;
  readonly vendor: string;
  readonly currency: string;
  readonly price_min_minor: number;
  readonly price_max_minor: number;
  readonly compare_at_minor: number | null;
  readonly availability_rank: number;
  readonly is_sold_out: 0 | 1;
  readonly expected_at: string | null;
  readonly picture: string | null;
  readonly second_picture: string | null;
  readonly variant_count: number;
  readonly colour_count: number;
  readonly published_at_ms: number;
  readonly featured_position: number;
  readonly popularity: number;
};

/** Columns of a stock level beside a variant, of a table that the statement calls `s`. */
export const BADGE_COLUMNS = "s.sku AS counted_sku, s.availability_rank, s.available_units, s.expected_at";

type BadgeRow = {
  readonly counted_sku: string | null;
  readonly availability_rank: number | null;
  readonly available_units: number | null;
  readonly expected_at: string | null;
};

export type VariantRow = BadgeRow & {
  readonly id: VariantId;
  readonly sku: string;
  readonly barcode: string | null;
  readonly option_values: string;
  readonly title: string;
  readonly price_minor: number;
  readonly compare_at_minor: number | null;
  readonly lowest_30_days_minor: number | null;
  readonly weight_grams: number;
  readonly tax_class: TaxClass;
  readonly requires_shipping: 0 | 1;
  readonly media_id: MediaId | null;
};

export type PictureRow = {
  readonly id: MediaId;
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly focal_x: number | null;
  readonly focal_y: number | null;
};

export type CollectionRow = {
  readonly id: CollectionId;
  readonly handle: string;
  readonly title: string;
  readonly description_html: string;
  readonly picture: string | null;
  readonly position: number;
  readonly product_count: number;
  readonly seo_title: string | null;
  readonly seo_description: string | null;
  readonly updated_at_ms: number;
};

/** A member that is there only when the column holds something. */
export const present = <Key extends string, Value>(
  key: Key,
  value: Value | null | undefined,
): { [K in Key]?: Value } =>
  value === null || value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });

/** Reads a JSON column that the catalogue wrote. */
export const parseJson = <Value>(json: string): Value => JSON.parse(json) as Value;

const parsePicture = (json: string | null): Picture | undefined =>
  json === null ? undefined : parseJson(json);

/** One product as a list shows it. */
export const readCard = (row: CardRow): ProductCard => ({
  productId: row.id,
  handle: row.handle,
  title: row.title,
  vendor: row.vendor,
  currency: row.currency,
  priceMinMinor: row.price_min_minor,
  priceMaxMinor: row.price_max_minor,
  ...present("compareAtMinor", row.compare_at_minor),
  availability: availabilityOfRank(row.availability_rank),
  ...present("expectedAt", row.expected_at),
  ...present("picture", parsePicture(row.picture)),
  ...present("secondPicture", parsePicture(row.second_picture)),
  variantCount: row.variant_count,
  ...(row.colour_count > 0 ? { colourCount: row.colour_count } : {}),
});

/** The stock badge of a variant; without a level nobody has counted the SKU yet. */
export const readBadge = (
  row: BadgeRow,
): Pick<VariantView, "availability" | "availableUnits" | "expectedAt"> =>
  row.counted_sku === null || row.availability_rank === null
    ? UNCOUNTED_BADGE
    : {
        availability: availabilityOfRank(row.availability_rank),
        ...present("availableUnits", row.available_units),
        ...present("expectedAt", row.expected_at),
      };

export const readVariant = (row: VariantRow): VariantView => ({
  variantId: row.id,
  sku: row.sku,
  ...present("barcode", row.barcode),
  optionValues: parseJson<string[]>(row.option_values),
  title: row.title,
  priceMinor: row.price_minor,
  ...present("compareAtMinor", row.compare_at_minor),
  ...present("lowest30DaysMinor", row.lowest_30_days_minor),
  weightGrams: row.weight_grams,
  taxClass: row.tax_class,
  requiresShipping: row.requires_shipping === 1,
  ...present("mediaId", row.media_id),
  ...readBadge(row),
});

export const readPicture = ({ id, url, alt, width, height, ...row }: PictureRow): Picture => ({
  mediaId: id,
  url,
  alt,
  width,
  height,
  ...present("focalX", row.focal_x),
  ...present("focalY", row.focal_y),
});

export const readCollection = (row: CollectionRow): CollectionView => ({
  collectionId: row.id,
  handle: row.handle,
  title: row.title,
  descriptionHtml: row.description_html,
  ...present("picture", parsePicture(row.picture)),
  productCount: row.product_count,
  ...present("seoTitle", row.seo_title),
  ...present("seoDescription", row.seo_description),
  updatedAtMs: row.updated_at_ms,
});

export type ProductRow = CardRow &
  PublicationRow & {
    readonly status: ProductStatus;
    readonly is_listed: 0 | 1;
    readonly type_key: string | null;
    readonly typed_values: string;
    /** Definitions of its type's attributes, a JSON list. */
    readonly type_attributes: string | null;
    readonly description_html: string;
    readonly product_type: string;
    readonly tags: string;
    readonly options: string;
    readonly attributes: string;
    readonly seo_title: string | null;
    readonly seo_description: string | null;
    readonly version: number;
    readonly updated_at_ms: number;
  };

type PublicationRow = {
  readonly publish_at_ms: number | null;
  readonly unpublish_at_ms: number | null;
  /** A JSON list. */
  readonly channels: string;
};

export const readPublication = (row: PublicationRow): Publication => ({
  ...present("publishAtMs", row.publish_at_ms),
  ...present("unpublishAtMs", row.unpublish_at_ms),
  channels: parseJson<string[]>(row.channels),
});

/** What a product has beyond its card and its lists. */
export const readDetails = (row: ProductRow, texts: FactTexts) => ({
  status: row.status,
  isListed: row.is_listed === 1,
  publication: readPublication(row),
  ...readFacts(row, texts),
  descriptionHtml: row.description_html,
  productType: row.product_type,
  tags: parseJson<string[]>(row.tags),
  options: parseJson<ProductOption[]>(row.options),
  ...present("seoTitle", row.seo_title),
  ...present("seoDescription", row.seo_description),
  version: row.version,
  updatedAtMs: row.updated_at_ms,
});

/** Texts of the product and of its type in the language that is wanted. */
type FactTexts = { readonly product: Translator; readonly type: Translator };

/** The facts of its type come first, with their units; then its own. */
function readFacts(row: ProductRow, texts: FactTexts) {
  const ownAttributes = parseJson<Fact[]>(row.attributes);
  const typed =
    row.type_attributes === null
      ? []
      : translateAttributes(
          typedAttributes(
            parseJson<AttributeDefinition[]>(row.type_attributes),
            parseJson<TypedValues>(row.typed_values),
          ),
          texts,
        );
  return {
    ...present("typeKey", row.type_key),
    typedAttributes: typed,
    ownAttributes,
    attributes: [...typed.map(({ label, text }): Fact => ({ name: label, value: text })), ...ownAttributes],
  };
}

/** What reading needs of D1: the database or a session on it. */
export type CatalogDb = Pick<D1Database, "prepare" | "batch">;
