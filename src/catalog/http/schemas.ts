import * as z from "zod";
import { moneySchema } from "#web";
import { RELATION_KINDS } from "../contract-model.ts";
import { PRODUCT_SORTS } from "../contract.ts";
import { DEFAULT_PAGE_SIZE, MAX_HANDLE_CHARACTERS, MAX_PAGE_SIZE } from "../domain/limits.ts";

// What travels. Replies have no defaults, so that the document says exactly what is there.

const availability = z
  .enum(["in_stock", "low", "backorder", "preorder", "sold_out"])
  .describe("At most seconds old; placing an order asks the stock itself.");
const day = z.string().describe("YYYY-MM-DD");

export const pictureSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    alt: z.string(),
    width: z.int(),
    height: z.int(),
    focalX: z.int().optional().describe("What must stay in view when it is cut, in per cent from the start."),
    focalY: z.int().optional(),
  })
  .meta({ id: "Picture" });

const card = {
  id: z.string(),
  handle: z.string(),
  title: z.string(),
  vendor: z.string(),
  priceMin: moneySchema,
  priceMax: moneySchema,
  compareAt: moneySchema.optional(),
  availability,
  expectedAt: day.optional(),
  picture: pictureSchema.optional(),
  variantCount: z.int(),
  colourCount: z.int().optional().describe("Colours that can be chosen; absent without such an option."),
};
export const cardSchema = z.object(card).meta({ id: "ProductCard" });

export const factSchema = z.strictObject({ name: z.string(), value: z.string() }).meta({ id: "Fact" });

const typedAttributeSchema = z
  .object({
    key: z.string(),
    label: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]),
    unit: z.string().optional(),
    text: z.string().describe("The value as it is shown."),
  })
  .meta({ id: "TypedAttribute" });

const bundleSchema = z
  .object({
    sku: z.string(),
    parts: z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        handle: z.string().optional().describe("Absent when no listed product sells it."),
        title: z.string().optional(),
        variantTitle: z.string().optional(),
        picture: pictureSchema.optional(),
      }),
    ),
  })
  .meta({ id: "Bundle" });

const variantSchema = z
  .object({
    id: z.string(),
    sku: z.string(),
    barcode: z.string().optional(),
    title: z.string(),
    optionValues: z.array(z.string()).describe("One value per option, in the options' order."),
    price: moneySchema,
    compareAt: moneySchema.optional(),
    lowest30Days: moneySchema.optional().describe("Lowest price of the 30 days before a reduction."),
    priceSteps: z
      .array(z.object({ minQuantity: z.int(), price: moneySchema }))
      .optional()
      .describe("What one unit costs from a quantity on; absent when the quantity changes nothing."),
    weightGrams: z.int(),
    taxClass: z.enum(["standard", "reduced", "zero"]),
    requiresShipping: z.boolean(),
    pictureId: z.string().optional(),
    availability,
    availableUnits: z
      .int()
      .optional()
      .describe("Units that an order may take; absent when stock is not counted."),
    expectedAt: day.optional(),
  })
  .meta({ id: "Variant" });

export const productSchema = z
  .object({
    ...card,
    descriptionHtml: z.string().describe("Sanitised."),
    productType: z.string(),
    tags: z.array(z.string()),
    options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    variants: z.array(variantSchema),
    pictures: z.array(pictureSchema),
    attributes: z.array(factSchema).describe("Facts of its type, then its own."),
    typeKey: z.string().optional(),
    typedAttributes: z.array(typedAttributeSchema),
    relations: z.array(z.object({ kind: z.enum(RELATION_KINDS), product: cardSchema })),
    bundles: z.array(bundleSchema).describe("Variants that are made of other articles."),
    collections: z.array(z.object({ handle: z.string(), title: z.string() })),
    seoTitle: z.string().optional(),
    seoDescription: z.string().optional(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Product" });

export const collectionSchema = z
  .object({
    id: z.string(),
    handle: z.string(),
    title: z.string(),
    descriptionHtml: z.string(),
    picture: pictureSchema.optional(),
    productCount: z.int(),
    seoTitle: z.string().optional(),
    seoDescription: z.string().optional(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Collection" });

const nextCursor = z.string().optional().describe("Absent on the last page.");
export const productPageSchema = z
  .object({ items: z.array(cardSchema), nextCursor })
  .meta({ id: "ProductPage" });
export const collectionsPageSchema = z
  .object({ items: z.array(collectionSchema), nextCursor })
  .meta({ id: "CollectionPage" });
export const handleParam = z.object({ handle: z.string().min(1).max(MAX_HANDLE_CHARACTERS) });

const cursor = z.string().max(512).optional().describe("nextCursor of the page before.");
const limit = z.coerce
  .number(`Use a whole number from 1 to ${MAX_PAGE_SIZE}.`)
  .int(`Use a whole number from 1 to ${MAX_PAGE_SIZE}.`)
  .min(1, `Use a whole number from 1 to ${MAX_PAGE_SIZE}.`)
  .max(MAX_PAGE_SIZE, `Use a whole number from 1 to ${MAX_PAGE_SIZE}.`)
  .default(DEFAULT_PAGE_SIZE);

export const pageQuery = z.object({ cursor, limit });
export const listQuery = z.object({
  collection: z.string().min(1).max(MAX_HANDLE_CHARACTERS).optional().describe("Handle of a collection."),
  sort: z.enum(PRODUCT_SORTS, `Use one of ${PRODUCT_SORTS.join(", ")}.`).optional(),
  cursor,
  limit,
});
