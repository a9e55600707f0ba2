import { ok, refuse, type Result } from "#kernel";
import type { CatalogRefusal, ProductInput, ProductStatus } from "../contract.ts";
import {
  checkCount,
  checkWhole,
  cleanText,
  collectErrors,
  readHandle,
  readText,
  type FieldErrors,
} from "./field-errors.ts";
import {
  MAX_ATTRIBUTE_CHARACTERS,
  MAX_ATTRIBUTES,
  MAX_COLLECTIONS,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_HANDLE_CHARACTERS,
  MAX_INSTANT_MS,
  MAX_PICTURES,
  MAX_PRODUCT_TYPE_CHARACTERS,
  MAX_SEO_DESCRIPTION_CHARACTERS,
  MAX_SEO_TITLE_CHARACTERS,
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
  MAX_TITLE_CHARACTERS,
  MAX_VENDOR_CHARACTERS,
} from "./limits.ts";
import { readPicture } from "./validate-picture.ts";
import { readOptions, readVariants } from "./validate-variants.ts";

const STATUSES: readonly ProductStatus[] = ["draft", "active", "archived"];

/** A product that keeps every bound of `limits.ts`; its HTML is not clean yet. */
export type ValidProduct = ProductInput & { readonly __brand: "ValidProduct" };

/**
 * Checks a whole product and cleans its texts (composed form, no spaces around). Refuses `invalid_product` with one
 * entry per field, each saying how to mend it. A valid product passes again unchanged.
 */
export function validateProduct(input: ProductInput): Result<ValidProduct, CatalogRefusal> {
  const errors = collectErrors();
  const options = readOptions(errors, input.options);
  const product: ProductInput = {
    handle: readHandle(errors, "/handle", input.handle, MAX_HANDLE_CHARACTERS),
    ...readTexts(errors, input),
    status: input.status,
    tags: readTags(errors, input.tags),
    options,
    variants: readVariants(errors, input, options),
    pictures: readPictures(errors, input),
    attributes: readAttributes(errors, input),
    collections: readCollections(errors, input.collections),
    ...readSeo(errors, input),
    ...(input.publishedAtMs === undefined ? {} : { publishedAtMs: input.publishedAtMs }),
  };
  if (!STATUSES.includes(input.status)) errors.add("/status", `Use one of ${STATUSES.join(", ")}.`);
  if (input.publishedAtMs !== undefined) {
    checkWhole(errors, "/publishedAtMs", input.publishedAtMs, { minimum: 0, maximum: MAX_INSTANT_MS });
  }
  return errors.list.length === 0
    ? ok(product as ValidProduct)
    : refuse({ code: "invalid_product", errors: errors.list });
}

function readTexts(errors: FieldErrors, input: ProductInput) {
  const optional = (pointer: string, text: string, maximum: number): string =>
    readText(errors, pointer, text, { minimum: 0, maximum });
  return {
    title: readText(errors, "/title", input.title, { minimum: 1, maximum: MAX_TITLE_CHARACTERS }),
    descriptionHtml: optional("/descriptionHtml", input.descriptionHtml, MAX_DESCRIPTION_CHARACTERS),
    vendor: optional("/vendor", input.vendor, MAX_VENDOR_CHARACTERS),
    productType: optional("/productType", input.productType, MAX_PRODUCT_TYPE_CHARACTERS),
  };
}

function readSeo(errors: FieldErrors, { seoTitle = "", seoDescription = "" }: ProductInput) {
  const title = readText(errors, "/seoTitle", seoTitle, { minimum: 0, maximum: MAX_SEO_TITLE_CHARACTERS });
  const description = readText(errors, "/seoDescription", seoDescription, {
    minimum: 0,
    maximum: MAX_SEO_DESCRIPTION_CHARACTERS,
  });
  return {
    ...(title === "" ? {} : { seoTitle: title }),
    ...(description === "" ? {} : { seoDescription: description }),
  };
}

/** Empty tags and repeats (whatever their case) are left out: they say nothing. */
function readTags(errors: FieldErrors, tags: readonly string[]): string[] {
  const kept = new Map<string, string>();
  tags.forEach((tag, index) => {
    const clean = readText(errors, `/tags/${index}`, tag, { minimum: 0, maximum: MAX_TAG_CHARACTERS });
    if (clean !== "" && !kept.has(clean.toLowerCase())) kept.set(clean.toLowerCase(), clean);
  });
  checkCount(errors, "/tags", kept.size, MAX_TAGS);
  return [...kept.values()];
}

function readPictures(errors: FieldErrors, input: ProductInput) {
  checkCount(errors, "/pictures", input.pictures.length, MAX_PICTURES);
  return input.pictures
    .slice(0, MAX_PICTURES)
    .map((picture, index) => readPicture(errors, `/pictures/${index}`, picture));
}

function readAttributes(errors: FieldErrors, input: ProductInput) {
  checkCount(errors, "/attributes", input.attributes.length, MAX_ATTRIBUTES);
  const bounds = { minimum: 1, maximum: MAX_ATTRIBUTE_CHARACTERS } as const;
  return input.attributes.slice(0, MAX_ATTRIBUTES).map(({ name, value }, index) => ({
    name: readText(errors, `/attributes/${index}/name`, name, bounds),
    value: readText(errors, `/attributes/${index}/value`, value, bounds),
  }));
}

function readCollections(errors: FieldErrors, handles: readonly string[]): string[] {
  checkCount(errors, "/collections", handles.length, MAX_COLLECTIONS);
  return [...new Set(handles.slice(0, MAX_COLLECTIONS).map(cleanText))];
}
