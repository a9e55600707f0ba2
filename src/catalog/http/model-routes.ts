import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { epochMs, toIso } from "#kernel";
import {
  answerJson,
  answerProblem,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
  expectedOf,
} from "#web";
import type { CatalogModelDesk, StaffCollection } from "../app/model-ports.ts";
import type { ProductTypeView } from "../contract-model.ts";
import {
  keyParam,
  previewSchema,
  productTypeInput,
  productTypeSchema,
  ruleInput,
  savedTypeSchema,
  savedTranslationSchema,
  staffCollectionSchema,
  translationInput,
  translationParam,
  translationSheetSchema,
  thingParam,
} from "./model-schemas.ts";
import { catalogProblem } from "./problems.ts";
import { handleParam } from "./schemas.ts";
import { addSharedWords } from "./word-routes.ts";
import { wireCard, wireCollection } from "./wire.ts";
import * as z from "zod";

export type ModelRoutesOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => CatalogModelDesk;
};

const TAGS = ["Catalogue"];

/** Product types, rules and translations for staff and programs. Mounted under /admin/api. */
export function createModelAdminApi(options: ModelRoutesOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addTypeReading(app, options);
  addTypeWriting(app, options);
  addCollectionReading(app, options);
  addTranslations(app, options);
  addSharedWords(app, options);
  return app;
}

function addTypeReading(app: Hono<WebEnv>, { desk }: ModelRoutesOptions): void {
  app.get(
    "/product-types",
    describeRoute({
      summary: "All product types, by key",
      tags: TAGS,
      responses: {
        200: jsonAnswer("Product types", z.object({ items: z.array(productTypeSchema) })),
        ...problemAnswers(401),
      },
    }),
    async (c) => c.json({ items: (await desk(c).productTypes()).map(wireType) }),
  );

  app.get(
    "/product-types/:key",
    describeRoute({
      summary: "One product type",
      description: "The ETag is the version, for If-Match.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The type", productTypeSchema), ...problemAnswers(401, 404) },
    }),
    validate("param", keyParam),
    async (c) => {
      const type = await desk(c).productType(c.req.valid("param").key);
      if (!type.ok) return answerProblem(c, catalogProblem(type.refusal));
      return answerJson(c, wireType(type.value), versionEtag(type.value.version));
    },
  );
}

function addTypeWriting(app: Hono<WebEnv>, { desk }: ModelRoutesOptions): void {
  app.put(
    "/product-types/:key",
    describeRoute({
      summary: "Create a product type, or replace it as a whole",
      description: "Products keep their values; those that fit no more are not shown. If-Match is optional.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("Saved", savedTypeSchema),
        201: jsonAnswer("Created", savedTypeSchema),
        ...problemAnswers(400, 401, 412, 413, 415, 422),
      },
    }),
    validate("param", keyParam),
    validate("json", productTypeInput),
    async (c) => {
      const input = { key: c.req.valid("param").key, ...c.req.valid("json") };
      const saved = await desk(c).saveProductType(input, expectedOf(c));
      if (!saved.ok) return answerProblem(c, catalogProblem(saved.refusal));
      const status = saved.value.outcome === "created" ? 201 : 200;
      return answerJson(c, saved.value, versionEtag(saved.value.version), status);
    },
  );

  app.delete(
    "/product-types/:key",
    describeRoute({
      summary: "Take a product type away that no product has",
      tags: TAGS,
      responses: { 204: { description: "Gone" }, ...problemAnswers(401, 404, 409) },
    }),
    validate("param", keyParam),
    async (c) => {
      const gone = await desk(c).deleteProductType(c.req.valid("param").key);
      return gone.ok ? c.body(null, 204) : answerProblem(c, catalogProblem(gone.refusal));
    },
  );
}

function addCollectionReading(app: Hono<WebEnv>, { desk }: ModelRoutesOptions): void {
  app.get(
    "/collections/:handle",
    describeRoute({
      summary: "One collection with its rule, picks and exclusions",
      description: "The ETag is the version, for If-Match.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The collection", staffCollectionSchema),
        ...problemAnswers(401, 404, 409),
      },
    }),
    validate("param", handleParam),
    async (c) => {
      const found = await desk(c).collection(c.req.valid("param").handle);
      if (!found.ok) return answerProblem(c, catalogProblem(found.refusal));
      return answerJson(c, wireStaffCollection(found.value), versionEtag(found.value.version));
    },
  );

  app.post(
    "/collection-rules/preview",
    describeRoute({
      summary: "What a rule would take now",
      description: "Saves nothing: how many products of any status, and the first ten.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The preview", previewSchema),
        ...problemAnswers(400, 401, 413, 415, 422),
      },
    }),
    validate("json", ruleInput),
    async (c) => {
      const preview = await desk(c).previewRule(c.req.valid("json"));
      if (!preview.ok) return answerProblem(c, catalogProblem(preview.refusal));
      return c.json({ ...preview.value, first: preview.value.first.map(wireCard) });
    },
  );
}

function addTranslations(app: Hono<WebEnv>, { desk }: ModelRoutesOptions): void {
  app.get(
    "/translations/:entity/:key",
    describeRoute({
      summary: "The texts of a product, collection or product type in every language",
      description: "`own` has every field that can be translated, in the shop's own language.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The texts", translationSheetSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", thingParam),
    async (c) => {
      const sheet = await desk(c).translations(c.req.valid("param"));
      return sheet.ok ? c.json(sheet.value) : answerProblem(c, catalogProblem(sheet.refusal));
    },
  );

  app.put(
    "/translations/:entity/:key/:locale",
    describeRoute({
      summary: "Replace the texts of a thing in one language",
      description: "A field that is left out or empty falls back. Without any field the language goes.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("Saved", savedTranslationSchema),
        ...problemAnswers(400, 401, 404, 412, 413, 415, 422),
      },
    }),
    validate("param", translationParam),
    validate("json", translationInput),
    async (c) => {
      const thing = { ...c.req.valid("param"), ...c.req.valid("json") };
      const saved = await desk(c).saveTranslation(thing, expectedOf(c));
      if (!saved.ok) return answerProblem(c, catalogProblem(saved.refusal));
      return answerJson(c, saved.value, versionEtag(saved.value.version));
    },
  );
}

const wireType = ({ updatedAtMs, ...type }: ProductTypeView) => ({
  ...type,
  updatedAt: toIso(epochMs(updatedAtMs)),
});

const wireStaffCollection = (collection: StaffCollection) => ({
  ...wireCollection(collection),
  position: collection.position,
  rule: collection.rule,
  picks: collection.picks,
  exclusions: collection.exclusions,
  isRuleRunning: collection.isRuleRunning,
  version: collection.version,
});
