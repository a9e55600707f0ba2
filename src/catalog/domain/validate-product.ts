import { ok, refuse, type Result } from "#kernel";
import type { CatalogRefusal, ProductInput, ProductStatus } from "../contract.ts";
import {
  checkCount,
  checkWhole,
  cleanText,
  collectErrors,
  readHandle,
  readText,
  type Field,
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
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
  MAX_TITLE_CHARACTERS,
  MAX_VENDOR_CHARACTERS,
} from "./limits.ts";
import { readSeo } from "./validate-seo.ts";
import { readPicture } from "./validate-picture.ts";
import { readTypedFacts } from "./typed-values.ts";
import { readPublication, readRelations } from "./validate-publication.ts";
import { readOptions, readVariants } from "./validate-variants.ts";

const STATUSES: readonly ProductStatus[] = ["draft", "active", "archived"];

/** A product that keeps every bound of `limits.ts`; its HTML is not clean yet. */
export type ValidProduct = ProductInput & { readonly __brand: "ValidProduct" };

/**
 * Checks a whole product and cleans its texts (composed form, no spaces around). Refuses `invalid_product` with one
 * entry per field, each saying how to mend it. A valid product passes again unchanged.
 */
export function validateProduct(input: ProductInput): Result<ValidProduct, CatalogRefusal> {
  const { root, list } = collectErrors();
  const options = readOptions(root, input.options);
  const handle = readHandle(root.at("/handle"), input.handle, MAX_HANDLE_CHARACTERS);
  const product: ProductInput = {
    handle,
    ...readTexts(root, input),
    status: input.status,
    tags: readTags(root, input.tags),
    options,
    variants: readVariants(root, input, options),
    pictures: readPictures(root, input),
    attributes: readAttributes(root, input),
    collections: readCollections(root, input.collections),
    ...readSeo(root, input),
    ...(input.publishedAtMs === undefined ? {} : { publishedAtMs: input.publishedAtMs }),
    ...readKeptParts(root, input, handle),
  };
  if (!STATUSES.includes(input.status)) root.at("/status").refuse(`Use one of ${STATUSES.join(", ")}.`);
  if (input.publishedAtMs !== undefined) {
    checkWhole(root.at("/publishedAtMs"), input.publishedAtMs, { minimum: 0, maximum: MAX_INSTANT_MS });
  }
  return list.length === 0 ? ok(product as ValidProduct) : refuse({ code: "invalid_product", errors: list });
}

/** What may be left out, and then stays as it is. */
function readKeptParts(root: Field, { publication, typed, relations }: ProductInput, handle: string) {
  return {
    ...(publication ? { publication: readPublication(root.at("/publication"), publication) } : {}),
    ...(typed ? { typed: readTypedFacts(root.at("/typed"), typed) } : {}),
    ...(relations ? { relations: readRelations(root.at("/relations"), relations, handle) } : {}),
  };
}

function readTexts(root: Field, input: ProductInput) {
  const optional = (field: Field, text: string, maximum: number): string =>
    readText(field, text, { minimum: 0, maximum });
  return {
    title: readText(root.at("/title"), input.title, { minimum: 1, maximum: MAX_TITLE_CHARACTERS }),
    descriptionHtml: optional(root.at("/descriptionHtml"), input.descriptionHtml, MAX_DESCRIPTION_CHARACTERS),
    vendor: optional(root.at("/vendor"), input.vendor, MAX_VENDOR_CHARACTERS),
    productType: optional(root.at("/productType"), input.productType, MAX_PRODUCT_TYPE_CHARACTERS),
  };
}

/** Empty tags and repeats (whatever their case) are left out: they say nothing. */
function readTags(root: Field, tags: readonly string[]): string[] {
  const kept = new Map<string, string>();
  tags.forEach((tag, index) => {
    const clean = readText(root.at(`/tags/${index}`), tag, { minimum: 0, maximum: MAX_TAG_CHARACTERS });
    if (clean !== "" && !kept.has(clean.toLowerCase())) kept.set(clean.toLowerCase(), clean);
  });
  checkCount(root.at("/tags"), kept.size, MAX_TAGS);
  return [...kept.values()];
}

function readPictures(root: Field, input: ProductInput) {
  checkCount(root.at("/pictures"), input.pictures.length, MAX_PICTURES);
  return input.pictures
    .slice(0, MAX_PICTURES)
    .map((picture, index) => readPicture(root.at(`/pictures/${index}`), picture));
}

function readAttributes(root: Field, input: ProductInput) {
  checkCount(root.at("/attributes"), input.attributes.length, MAX_ATTRIBUTES);
  const bounds = { minimum: 1, maximum: MAX_ATTRIBUTE_CHARACTERS } as const;
  return input.attributes.slice(0, MAX_ATTRIBUTES).map(({ name, value }, index) => ({
    name: readText(root.at(`/attributes/${index}/name`), name, bounds),
    value: readText(root.at(`/attributes/${index}/value`), value, bounds),
  }));
}

function readCollections(root: Field, handles: readonly string[]): string[] {
  checkCount(root.at("/collections"), handles.length, MAX_COLLECTIONS);
  return [...new Set(handles.slice(0, MAX_COLLECTIONS).map(cleanText))];
}
