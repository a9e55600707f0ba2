import type { CollectionInput, ProductInput, VariantInput } from "../contract.ts";

/** A variant that every rule accepts. */
export const sampleVariant = (sku: string, changes: Partial<VariantInput> = {}): VariantInput => ({
  sku,
  optionValues: [],
  priceMinor: 2200,
  weightGrams: 300,
  taxClass: "standard",
  requiresShipping: true,
  ...changes,
});

/** A product that every rule accepts, with one variant whose SKU is the handle in capitals. */
export const sampleProduct = (handle: string, changes: Partial<ProductInput> = {}): ProductInput => ({
  handle,
  title: handle,
  status: "active",
  descriptionHtml: "<p>Drawn by a rule.</p>",
  vendor: "Kerbside",
  productType: "Print",
  tags: [],
  options: [],
  variants: [sampleVariant(handle.toUpperCase())],
  pictures: [],
  attributes: [],
  collections: [],
  ...changes,
});

/** A collection that is kept by hand. */
export const sampleCollection = (
  handle: string,
  changes: Partial<CollectionInput> = {},
): CollectionInput => ({
  handle,
  title: handle,
  descriptionHtml: "",
  position: 1,
  ...changes,
});
