import { RELATION_KINDS, type ProductTypeView, type ProductView, type TypedValue } from "#catalog";
import { currency, toDecimal } from "#kernel";
import { writeRows, type Values } from "./form-rows.ts";
import { showLocal } from "./shop-instant.ts";

/** What a product's form needs to know of the shop. */
export type ProductFormShop = {
  /** ISO 4217 of every price. */
  readonly currency: string;
  readonly timeZone: string;
};

export const VARIANT_PARTS = [
  "sku",
  "barcode",
  "value0",
  "value1",
  "value2",
  "price",
  "compareAt",
  "lowest",
  "weight",
  "taxClass",
  "ships",
  "picture",
] as const;
export const PICTURE_PARTS = ["place", "url", "alt", "width", "height", "focalX", "focalY"] as const;
export const FACT_PARTS = ["name", "value"] as const;

/** A new product: active in nothing yet, on the shop's own channel. */
export const blankProductForm = (): Values => ({ status: "draft", channels: "web", version: "0" });

/** The form of a product that exists. */
export function productFormOf(product: ProductView, shop: ProductFormShop): Values {
  const { publication } = product;
  const at = (atMs: number | undefined): string => (atMs === undefined ? "" : showLocal(atMs, shop.timeZone));
  return {
    title: product.title,
    handle: product.handle,
    status: product.status,
    descriptionHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags.join("\n"),
    seoTitle: product.seoTitle ?? "",
    seoDescription: product.seoDescription ?? "",
    publishAt: at(publication.publishAtMs),
    unpublishAt: at(publication.unpublishAtMs),
    channels: publication.channels.join(", "),
    typeKey: product.typeKey ?? "",
    collections: product.collections.flatMap(({ handle, isByRule }) => (isByRule ? [] : [handle])).join("\n"),
    version: String(product.version),
    ...Object.fromEntries(
      product.typedAttributes.map(({ key, value }) => [`typed.${key}`, showTyped(value)]),
    ),
    ...Object.fromEntries(product.options.map(({ name }, index) => [`option.${index}`, name])),
    ...writeRows("variant", variantRows(product, shop)),
    ...writeRows("picture", pictureRows(product)),
    ...writeRows("fact", product.ownAttributes),
    ...relationFields(product),
  };
}

const showTyped = (value: TypedValue): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : String(value);

function variantRows(product: ProductView, shop: ProductFormShop): readonly Values[] {
  const money = (minor: number | undefined): string =>
    minor === undefined ? "" : toDecimal({ currency: currency(shop.currency), amountMinor: minor });
  return product.variants.map((variant) => ({
    sku: variant.sku,
    barcode: variant.barcode ?? "",
    value0: variant.optionValues[0] ?? "",
    value1: variant.optionValues[1] ?? "",
    value2: variant.optionValues[2] ?? "",
    price: money(variant.priceMinor),
    compareAt: money(variant.compareAtMinor),
    lowest: money(variant.lowest30DaysMinor),
    weight: String(variant.weightGrams),
    taxClass: variant.taxClass,
    ships: variant.requiresShipping ? "yes" : "",
    picture: pictureNumber(product, variant.mediaId),
  }));
}

/** Pictures are counted from 1, as people count. */
function pictureNumber(product: ProductView, mediaId: string | undefined): string {
  const index = product.pictures.findIndex((picture) => picture.mediaId === mediaId);
  return index < 0 ? "" : String(index + 1);
}

const pictureRows = (product: ProductView): readonly Values[] =>
  product.pictures.map((picture, index) => ({
    place: String(index + 1),
    url: picture.url,
    alt: picture.alt,
    width: String(picture.width),
    height: String(picture.height),
    focalX: picture.focalX === undefined ? "" : String(picture.focalX),
    focalY: picture.focalY === undefined ? "" : String(picture.focalY),
  }));

const relationFields = (product: ProductView): Values =>
  Object.fromEntries(
    RELATION_KINDS.map((kind) => [
      `relation.${kind}`,
      product.relations
        .filter((relation) => relation.kind === kind)
        .map((relation) => relation.product.handle)
        .join("\n"),
    ]),
  );

/** The attributes that the chosen type has; none without a type. */
export const attributesOf = (
  types: readonly ProductTypeView[],
  typeKey: string | undefined,
): ProductTypeView["attributes"] => types.find(({ key }) => key === typeKey)?.attributes ?? [];
