import * as z from "zod";
import { ATTRIBUTE_KINDS, RELATION_KINDS, TRANSLATED_ENTITIES } from "../contract-model.ts";
import { MAX_HANDLE_CHARACTERS, MAX_KEY_CHARACTERS, MAX_LOCALE_CHARACTERS } from "../domain/limits.ts";
import { cardSchema, collectionSchema } from "./schemas.ts";

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

const outcome = z.enum(["created", "changed", "same"]);
export const savedTypeSchema = z
  .object({ outcome, key: z.string(), version: z.int() })
  .meta({ id: "SavedProductType" });

export const keyParam = z.object({ key: z.string().min(1).max(MAX_KEY_CHARACTERS) });

export const staffCollectionSchema = collectionSchema
  .extend({
    position: z.int(),
    rule: ruleInput.optional(),
    picks: z.array(z.string()),
    exclusions: z.array(z.string()),
    isRuleRunning: z.boolean().describe("A changed rule has not gone through all products yet."),
    version: z.int(),
  })
  .meta({ id: "StaffCollection" });

export const previewSchema = z
  .object({
    count: z.int(),
    isCountExact: z.boolean().describe("False when there are more products than are looked at."),
    first: z.array(cardSchema),
  })
  .meta({ id: "RulePreview" });

const entity = z.enum(TRANSLATED_ENTITIES);
const thingKey = z
  .string()
  .min(1)
  .max(MAX_HANDLE_CHARACTERS)
  .describe("Handle of a product or collection, key of a product type.");
export const thingParam = z.object({ entity, key: thingKey });
export const translationParam = z.object({
  entity,
  key: thingKey,
  locale: z.string().min(2).max(MAX_LOCALE_CHARACTERS).describe("Such as de or de-CH."),
});

const fields = z.record(z.string(), z.string());
export const translationInput = z
  .strictObject({
    fields: fields.describe(
      "By field: title, descriptionHtml, seoTitle, seoDescription; option/{name} and option/{name}/{value}; name, attribute/{key} and attribute/{key}/{choice} of a type.",
    ),
  })
  .meta({ id: "TranslationInput" });
export const translationSheetSchema = z
  .object({
    entity,
    key: z.string(),
    own: fields,
    translations: z.array(z.object({ locale: z.string(), fields, version: z.int() })),
  })
  .meta({ id: "TranslationSheet" });
export const savedTranslationSchema = z
  .object({ outcome: z.enum(["changed", "same"]), version: z.int() })
  .meta({ id: "SavedTranslation" });
