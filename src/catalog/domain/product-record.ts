import type { MediaId, ProductId, VariantId } from "#kernel";
import type { Picture, PictureInput, ProductOption, ProductStatus, VariantInput } from "../contract.ts";
import type { CompleteProduct, KeptParts } from "./complete-product.ts";
import { projectListing, type ListingPrices } from "./listing.ts";
import { keepIds } from "./keep-ids.ts";
import { listingAt, type Listing } from "./publication.ts";

/** What a save needs to know of the product as it is. */
export type StoredProduct = KeptParts & {
  readonly number: number;
  readonly productId: ProductId;
  readonly handle: string;
  readonly status: ProductStatus;
  readonly version: number;
  readonly contentHash: string;
  readonly publishedAtMs: number;
  readonly variants: readonly {
    readonly variantId: VariantId;
    readonly sku: string;
    readonly optionValues: readonly string[];
  }[];
  readonly pictures: readonly { readonly mediaId: MediaId; readonly url: string }[];
};

export type VariantRecord = Omit<VariantInput, "pictureIndex"> & {
  readonly variantId: VariantId;
  readonly title: string;
  readonly mediaId?: MediaId;
};

/** A product as it is stored: rows with ids, and what lists show of it. */
export type ProductRecord = {
  readonly product: CompleteProduct;
  readonly productId: ProductId;
  readonly version: number;
  readonly publishedAtMs: number;
  readonly updatedAtMs: number;
  readonly contentHash: string;
  readonly options: readonly ProductOption[];
  readonly variants: readonly VariantRecord[];
  readonly pictures: readonly Picture[];
  readonly listing: ListingPrices;
  readonly listed: Listing;
};

/** New ids, one for each call; the shell mints them. */
export type IdSource = {
  product(): ProductId;
  variant(): VariantId;
  media(): MediaId;
};

/** Builds the rows of a product, keeping every id that it had. */
export function recordProduct(
  product: CompleteProduct,
  existing: StoredProduct | undefined,
  facts: { readonly contentHash: string; readonly nowMs: number; readonly ids: IdSource },
): ProductRecord {
  const pictures = keepMedia(product.pictures, existing, facts.ids);
  const variantIds = keepIds(product.variants, existing?.variants ?? [], facts.ids.variant);
  return {
    product,
    productId: existing?.productId ?? facts.ids.product(),
    version: (existing?.version ?? 0) + 1,
    publishedAtMs: publishedAt(product, existing, facts.nowMs),
    updatedAtMs: facts.nowMs,
    contentHash: facts.contentHash,
    options: product.options.map((name, index) => ({ name, values: valuesOf(product.variants, index) })),
    variants: product.variants.map(({ pictureIndex, ...variant }, index) => {
      const mediaId = pictureIndex === undefined ? undefined : pictures[pictureIndex]?.mediaId;
      return {
        ...variant,
        variantId: variantIds[index] ?? facts.ids.variant(),
        title: variant.optionValues.join(", "),
        ...(mediaId === undefined ? {} : { mediaId }),
      };
    }),
    pictures,
    listing: projectListing(product.variants, product.options),
    listed: listingAt(product.status, product.publication, facts.nowMs),
  };
}

/** The given day, else the day it is to be published, else the day the product first stopped being a draft. */
function publishedAt(product: CompleteProduct, existing: StoredProduct | undefined, nowMs: number): number {
  const given = product.publishedAtMs ?? product.publication.publishAtMs;
  if (given !== undefined) return given;
  return existing && existing.status !== "draft" ? existing.publishedAtMs : nowMs;
}

const valuesOf = (variants: readonly VariantInput[], option: number): string[] => [
  ...new Set(variants.map(({ optionValues }) => optionValues[option] ?? "")),
];

function keepMedia(
  pictures: readonly PictureInput[],
  existing: StoredProduct | undefined,
  ids: IdSource,
): Picture[] {
  const known = new Map(existing?.pictures.map(({ url, mediaId }) => [url, mediaId]));
  return pictures.map((picture) => {
    const mediaId = known.get(picture.url) ?? ids.media();
    // One id for one row: a picture that is listed twice gets a second id.
    known.delete(picture.url);
    return { mediaId, ...picture };
  });
}
