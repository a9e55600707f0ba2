import { currency, epochMs, money, toIso, type Money } from "#kernel";
import type {
  CollectionView,
  Picture,
  ProductCard,
  ProductPage,
  ProductView,
  VariantView,
} from "../contract.ts";

// From view models to what travels: amounts become Money, instants RFC 3339. Absent members stay absent in JSON.

const amount = (code: string, minor: number): Money => money(currency(code), minor);
const optionalAmount = (code: string, minor: number | undefined): Money | undefined =>
  minor === undefined ? undefined : amount(code, minor);

const wirePicture = ({ mediaId, url, alt, width, height, focalX, focalY }: Picture) => ({
  id: mediaId,
  url,
  alt,
  width,
  height,
  focalX,
  focalY,
});

/** A product of a list. */
export const wireCard = (card: ProductCard) => ({
  id: card.productId,
  handle: card.handle,
  title: card.title,
  vendor: card.vendor,
  priceMin: amount(card.currency, card.priceMinMinor),
  priceMax: amount(card.currency, card.priceMaxMinor),
  compareAt: optionalAmount(card.currency, card.compareAtMinor),
  availability: card.availability,
  expectedAt: card.expectedAt,
  picture: card.picture && wirePicture(card.picture),
  variantCount: card.variantCount,
  colourCount: card.colourCount,
});

const wireVariant = (variant: VariantView, code: string) => ({
  id: variant.variantId,
  sku: variant.sku,
  barcode: variant.barcode,
  title: variant.title,
  optionValues: variant.optionValues,
  price: amount(code, variant.priceMinor),
  compareAt: optionalAmount(code, variant.compareAtMinor),
  lowest30Days: optionalAmount(code, variant.lowest30DaysMinor),
  priceSteps: variant.priceSteps?.map(({ minQuantity, priceMinor }) => ({
    minQuantity,
    price: amount(code, priceMinor),
  })),
  weightGrams: variant.weightGrams,
  taxClass: variant.taxClass,
  requiresShipping: variant.requiresShipping,
  pictureId: variant.mediaId,
  availability: variant.availability,
  availableUnits: variant.availableUnits,
  expectedAt: variant.expectedAt,
});

/** A whole product. */
export const wireProduct = (product: ProductView) => ({
  ...wireCard(product),
  descriptionHtml: product.descriptionHtml,
  productType: product.productType,
  tags: product.tags,
  options: product.options.map(({ name, values }) => ({ name, values })),
  variants: product.variants.map((variant) => wireVariant(variant, product.currency)),
  pictures: product.pictures.map(wirePicture),
  attributes: product.attributes,
  typeKey: product.typeKey,
  typedAttributes: product.typedAttributes.map(({ key, label, value, unit, text }) => ({
    key,
    label,
    value,
    unit,
    text,
  })),
  relations: product.relations.map((relation) => ({
    kind: relation.kind,
    product: wireCard(relation.product),
  })),
  bundles: product.bundles.map(({ sku, parts }) => ({
    sku,
    parts: parts.map((part) => ({ ...part, picture: part.picture && wirePicture(part.picture) })),
  })),
  collections: product.collections,
  seoTitle: product.seoTitle,
  seoDescription: product.seoDescription,
  updatedAt: toIso(epochMs(product.updatedAtMs)),
});

export const wireCollection = (collection: CollectionView) => ({
  id: collection.collectionId,
  handle: collection.handle,
  title: collection.title,
  descriptionHtml: collection.descriptionHtml,
  picture: collection.picture && wirePicture(collection.picture),
  productCount: collection.productCount,
  seoTitle: collection.seoTitle,
  seoDescription: collection.seoDescription,
  updatedAt: toIso(epochMs(collection.updatedAtMs)),
});

export const wirePage = ({ items, nextCursor }: ProductPage) => ({ items: items.map(wireCard), nextCursor });
