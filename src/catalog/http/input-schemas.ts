import * as z from "zod";
import { MAX_HANDLE_CHARACTERS, MAX_PAGE_SIZE } from "../domain/limits.ts";
import { publicationInput, relationInput, ruleInput, typedInput } from "./model-schemas.ts";
import { cardSchema, factSchema, productSchema } from "./schemas.ts";

// Shapes only: lengths, ranges and what must fit together are checked by the domain, with one message per field.

const minor = z.int().describe("In the smallest unit of the shop's currency.");

const pictureInput = z
  .strictObject({
    url: z.string().describe("https, or a path of this shop such as /media/heron-1.webp."),
    alt: z.string(),
    width: z.int(),
    height: z.int(),
    focalX: z.exactOptional(z.int().describe("What must stay in view, in per cent from the start.")),
    focalY: z.exactOptional(z.int().describe("In per cent from the top.")),
  })
  .meta({ id: "PictureInput" });

const variantInput = z
  .strictObject({
    sku: z.string().describe("Variants may share a SKU: they are then the same article and the same stock."),
    barcode: z.exactOptional(z.string()),
    optionValues: z.array(z.string()).describe("One value per option."),
    priceMinor: minor,
    compareAtMinor: z.exactOptional(minor),
    lowest30DaysMinor: z.exactOptional(minor),
    weightGrams: z.int(),
    taxClass: z.enum(["standard", "reduced", "zero"]),
    requiresShipping: z.boolean(),
    pictureIndex: z.exactOptional(z.int().describe("Place in pictures, counted from 0.")),
  })
  .meta({ id: "VariantInput" });

const status = z.enum(["draft", "active", "archived"]);

export const productInput = z
  .strictObject({
    handle: z.exactOptional(
      z.string().describe("Another one than in the path renames; the old one redirects."),
    ),
    title: z.string(),
    status,
    descriptionHtml: z.string().describe("Any HTML; it is sanitised."),
    vendor: z.string(),
    productType: z.string(),
    tags: z.array(z.string()),
    options: z.array(z.string()),
    variants: z.array(variantInput),
    pictures: z.array(pictureInput),
    attributes: z.array(factSchema).describe("Facts of its own, beside those of its product type."),
    collections: z
      .array(z.string())
      .describe("Handles of collections kept by hand; those with a rule are ignored."),
    seoTitle: z.exactOptional(z.string()),
    seoDescription: z.exactOptional(z.string()),
    publishedAtMs: z.exactOptional(z.int().describe("The day that newest first goes by.")),
    publication: z.exactOptional(publicationInput),
    typed: z.exactOptional(typedInput),
    relations: z.exactOptional(z.array(relationInput)),
  })
  .meta({ id: "ProductInput" });

export const collectionInput = z
  .strictObject({
    handle: z.exactOptional(
      z.string().describe("Another one than in the path renames; the old one redirects."),
    ),
    title: z.string(),
    descriptionHtml: z.string(),
    picture: z.exactOptional(pictureInput),
    position: z.int(),
    seoTitle: z.exactOptional(z.string()),
    seoDescription: z.exactOptional(z.string()),
    rule: z.exactOptional(ruleInput),
    picks: z.exactOptional(
      z.array(z.string()).describe("Handles of products that are in it whatever the rule says, in order."),
    ),
    exclusions: z.exactOptional(
      z.array(z.string()).describe("Handles of products that the rule would take and that are left out."),
    ),
  })
  .meta({ id: "CollectionInput" });

const outcome = z.enum(["created", "changed", "same"]);
export const savedProductSchema = z
  .object({ outcome, productId: z.string(), handle: z.string(), version: z.int() })
  .meta({ id: "SavedProduct" });
export const savedCollectionSchema = z
  .object({ outcome, collectionId: z.string(), handle: z.string(), version: z.int() })
  .meta({ id: "SavedCollection" });
export const savedMediaSchema = z
  .object({ outcome, url: z.string(), contentType: z.string(), bytes: z.int() })
  .meta({ id: "SavedMedia" });

export const staffProductSchema = productSchema
  .extend({
    status,
    version: z.int(),
    isListed: z.boolean().describe("The shop shows it now."),
    publication: publicationInput,
    typed: typedInput,
    ownAttributes: z.array(factSchema),
  })
  .meta({ id: "StaffProduct" });
export const staffPageSchema = z
  .object({
    items: z.array(cardSchema.extend({ status, version: z.int(), updatedAt: z.iso.datetime() })),
    nextCursor: z.string().optional(),
  })
  .meta({ id: "StaffProductPage" });

export const staffListQuery = z.object({
  status: status.optional(),
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
});
export const mediaParam = z.object({ name: z.string().min(1).max(MAX_HANDLE_CHARACTERS) });
