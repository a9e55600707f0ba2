import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { epochMs, toIso, type Result } from "#kernel";
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
import type {
  CatalogStaffReader,
  CatalogWriter,
  SavedCollection,
  SavedProduct,
  StaffProductRow,
} from "../app/ports.ts";
import type { CatalogRefusal } from "../contract.ts";
import { MAX_PRODUCT_BODY_BYTES } from "../domain/limits.ts";
import { addBulkSaving } from "./bulk-routes.ts";
import {
  collectionInput,
  mediaParam,
  productInput,
  savedCollectionSchema,
  savedMediaSchema,
  savedProductSchema,
  staffListQuery,
  staffPageSchema,
  staffProductSchema,
} from "./input-schemas.ts";
import { catalogProblem } from "./problems.ts";
import { saveMedia } from "./save-media.ts";
import { handleParam } from "./schemas.ts";
import { readProductInput, wireStaffProduct } from "./read-input.ts";
import { wireCard } from "./wire.ts";

export type CatalogAdminOptions = {
  /** All reached per request, because bindings belong to it. */
  readonly reader: (c: Context) => CatalogStaffReader;
  readonly writer: (c: Context) => CatalogWriter;
  readonly bucket: (c: Context) => R2Bucket;
};

const TAGS = ["Catalogue"];
const WRITE_PROBLEMS = problemAnswers(400, 401, 409, 412, 413, 415, 422);

/** Products, collections and pictures for staff and programs. Mounted under /admin/api. */
export function createCatalogAdminApi(options: CatalogAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addReading(app, options);
  addProductSaving(app, options);
  addBulkSaving(app, options);
  addCollectionSaving(app, options);
  addMediaSaving(app, options);
  return app;
}

function addReading(app: Hono<WebEnv>, { reader }: CatalogAdminOptions): void {
  app.get(
    "/products",
    describeRoute({
      summary: "Products of every status, last changed first",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", staffPageSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", staffListQuery),
    async (c) => {
      const { status, cursor, limit } = c.req.valid("query");
      const page = await reader(c).products({
        limit,
        ...(status === undefined ? {} : { status }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!page.ok) return answerProblem(c, catalogProblem(page.refusal));
      return c.json({ ...page.value, items: page.value.items.map(wireStaffRow) });
    },
  );

  app.get(
    "/products/:handle",
    describeRoute({
      summary: "One product, whatever its status",
      description: "The ETag is the version, for If-Match.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The product", staffProductSchema), ...problemAnswers(401, 404, 409) },
    }),
    validate("param", handleParam),
    async (c) => {
      const product = await reader(c).product(c.req.valid("param").handle);
      if (!product.ok) return answerProblem(c, catalogProblem(product.refusal));
      // Stock is in it too and has versions of its own, so a conditional read must not answer 304.
      c.header("etag", versionEtag(product.value.version));
      return c.json(wireStaffProduct(product.value));
    },
  );
}

function addProductSaving(app: Hono<WebEnv>, { writer }: CatalogAdminOptions): void {
  app.put(
    "/products/:handle",
    describeRoute({
      summary: "Create a product, or replace it as a whole",
      description:
        "Ids of variants are kept by SKU, then by option values. Repeating changes nothing. If-Match is optional.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("Saved", savedProductSchema),
        201: jsonAnswer("Created", savedProductSchema),
        ...WRITE_PROBLEMS,
      },
    }),
    validate("param", handleParam),
    validate("json", productInput, MAX_PRODUCT_BODY_BYTES),
    async (c) => {
      const { handle: currentHandle } = c.req.valid("param");
      const input = readProductInput(c.req.valid("json"), currentHandle);
      return answerSaved(c, await writer(c).saveProduct(input, { currentHandle, ...expectedOf(c) }));
    },
  );
}

function addCollectionSaving(app: Hono<WebEnv>, { writer }: CatalogAdminOptions): void {
  app.put(
    "/collections/:handle",
    describeRoute({
      summary: "Create a collection, or replace it as a whole",
      description:
        "With a rule its members follow: at once, or in a very large shop within a minute or two. Without one, products name it, or it picks them.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("Saved", savedCollectionSchema),
        201: jsonAnswer("Created", savedCollectionSchema),
        ...WRITE_PROBLEMS,
      },
    }),
    validate("param", handleParam),
    validate("json", collectionInput, MAX_PRODUCT_BODY_BYTES),
    async (c) => {
      const { handle: currentHandle } = c.req.valid("param");
      const input = { handle: currentHandle, ...c.req.valid("json") };
      return answerSaved(c, await writer(c).saveCollection(input, { currentHandle, ...expectedOf(c) }));
    },
  );
}

function addMediaSaving(app: Hono<WebEnv>, { bucket }: CatalogAdminOptions): void {
  app.put(
    "/media/:name",
    describeRoute({
      summary: "Store a picture",
      description: "SVG, PNG, JPEG, WebP or AVIF, at most 10 MB. A name never gets other bytes.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The same was there", savedMediaSchema),
        201: jsonAnswer("Stored", savedMediaSchema),
        ...problemAnswers(401, 409, 413, 415, 422),
      },
    }),
    validate("param", mediaParam),
    (c) => saveMedia(c, bucket(c), c.req.valid("param").name),
  );
}

function answerSaved(c: Context, result: Result<SavedProduct | SavedCollection, CatalogRefusal>): Response {
  if (!result.ok) return answerProblem(c, catalogProblem(result.refusal));
  return answerJson(
    c,
    result.value,
    versionEtag(result.value.version),
    result.value.outcome === "created" ? 201 : 200,
  );
}

const wireStaffRow = (row: StaffProductRow) => ({
  ...wireCard(row),
  status: row.status,
  version: row.version,
  updatedAt: toIso(epochMs(row.updatedAtMs)),
});
