import * as z from "zod";
import { ATTRIBUTE_KINDS, RELATION_KINDS } from "../contract-model.ts";

// Shapes of what describes and sorts products. Lengths and what must fit together are checked by the domain.

const instant = z.iso.datetime({ offset: true }).describe("RFC 3339.");

export const publicationInput = z
  .strictObject({
    publishAt: z.exactOptional(instant),
    unpublishAt: z.exactOptional(instant),
    channels: z.array(z.string()).describe("The shop itself is web."),
  })
  .meta({ id: "Publication" });

const typedValue = z.union([z.string(), z.number(), z.boolean()]);

export const typedInput = z
  .strictObject({
    typeKey: z.string().describe("Key of a product type; empty for none."),
    values: z.record(z.string(), typedValue).describe("By attribute key; a date is YYYY-MM-DD."),
  })
  .meta({ id: "TypedFacts" });

export const relationInput = z
  .strictObject({ kind: z.enum(RELATION_KINDS), handle: z.string() })
  .meta({ id: "RelationInput" });

const minor = z.int().describe("In the smallest unit of the shop's currency.");

const conditionInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tag"), tag: z.string() }),
  z.strictObject({
    kind: z.literal("type"),
    type: z.string().describe("Key of a product type, or the words it is filed under."),
  }),
  z.strictObject({ kind: z.literal("vendor"), vendor: z.string() }),
  z.strictObject({
    kind: z.literal("attribute"),
    key: z.string(),
    value: z.exactOptional(typedValue),
    minimum: z.exactOptional(z.number()),
    maximum: z.exactOptional(z.number()),
  }),
  z.strictObject({
    kind: z.literal("price"),
    minimumMinor: z.exactOptional(minor),
    maximumMinor: z.exactOptional(minor),
  }),
  z.strictObject({ kind: z.literal("sale") }),
  z.strictObject({ kind: z.literal("in_stock") }),
  z.strictObject({ kind: z.literal("new"), days: z.int() }),
  z.strictObject({ kind: z.literal("title"), contains: z.string() }),
]);

export const ruleInput = z
  .strictObject({ match: z.enum(["all", "any"]), conditions: z.array(conditionInput) })
  .meta({ id: "CollectionRule" });

const attributeInput = z
  .strictObject({
    key: z.string().describe("Small letters, digits and _; the same key in two types is one facet."),
    label: z.string(),
    kind: z.enum(ATTRIBUTE_KINDS),
    unit: z.exactOptional(z.string().describe("Of a number.")),
    choices: z.exactOptional(z.array(z.string()).describe("Of a choice.")),
    isRequired: z.boolean(),
    isFacet: z.boolean(),
  })
  .meta({ id: "AttributeDefinition" });

export const productTypeInput = z
  .strictObject({ name: z.string(), attributes: z.array(attributeInput) })
  .meta({ id: "ProductTypeInput" });

export const productTypeSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    attributes: z.array(attributeInput),
    version: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "ProductType" });
