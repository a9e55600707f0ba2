import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { ok, refuse, type Result } from "#kernel";
import {
  answerJson,
  answerProblem,
  expectedOf,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { FacetDefinition, FacetDesk, FacetMistakes, StoredFacets } from "../contract.ts";
import {
  MAX_FACET_KEY_CHARACTERS,
  MAX_FACET_LABEL_CHARACTERS,
  MAX_FACETS,
  MAX_FACET_SOURCES,
} from "../domain/limits.ts";
import { facetConflict } from "./problems.ts";

export type FacetAdminOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => FacetDesk;
};

const MAX_NAME_CHARACTERS = 255;
const MAX_POSITION = 1000;

const name = z.string().trim().min(1).max(MAX_NAME_CHARACTERS);
const source = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("vendor") }),
    z.strictObject({ kind: z.literal("product_type") }),
    z.strictObject({ kind: z.literal("availability") }),
    z.strictObject({ kind: z.literal("sale") }),
    z.strictObject({ kind: z.literal("option"), name }),
    z.strictObject({ kind: z.literal("attribute"), name }),
    z.strictObject({ kind: z.literal("tag"), prefix: name }),
  ])
  .meta({
    id: "FacetSource",
    description: "An option or attribute by its name or key, or tags that begin with a prefix.",
  });
const facet = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, "Use lower-case letters, digits and hyphens.")
      .max(MAX_FACET_KEY_CHARACTERS)
      .refine((key) => key !== "price", "Prices are always a range; choose another key."),
    label: z.string().trim().min(1).max(MAX_FACET_LABEL_CHARACTERS),
    sources: z.array(source).min(1).max(MAX_FACET_SOURCES),
    position: z.int().min(0).max(MAX_POSITION),
    isActive: z.boolean(),
    valueOrder: z.enum(["count", "natural"]),
  })
  .meta({ id: "FacetDefinition" });
const facetList = z.array(facet).max(MAX_FACETS);
const input = z.strictObject({
  items: facetList.refine((items) => new Set(items.map(({ key }) => key)).size === items.length, {
    message: "Give every facet a key of its own.",
  }),
});
const reply = z.object({
  items: facetList,
  isDerived: z.boolean().describe("True when the catalogue decides: stock, offers, options, kind and maker."),
  version: z.int().describe("Goes up with every save; the ETag."),
});

const render = ({ facets, version }: StoredFacets) => ({
  items: facets ?? [],
  isDerived: facets === undefined,
  version,
});

/** Reads facets that a form holds by the rules of the API; mistakes name the fields of the API's body. */
export function readFacetInput(value: unknown): Result<readonly FacetDefinition[], FacetMistakes> {
  const read = input.safeParse({ items: value });
  if (read.success) return ok(read.data.items);
  return refuse({
    code: "invalid_facets",
    mistakes: read.error.issues.map(({ path, message }) => ({ field: path.join("/"), detail: message })),
  });
}

/** The facets that lists are filtered by, for staff. Mounted under /admin/api. */
export function createFacetAdminApi({ desk }: FacetAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const answer = (c: Context, stored: StoredFacets): Response =>
    answerJson(c, render(stored), versionEtag(stored.version));
  app.get(
    "/facets",
    describeRoute({
      summary: "Facets that staff have defined",
      tags: ["Catalogue"],
      responses: { 200: jsonAnswer("In their order", reply), ...problemAnswers(401) },
    }),
    async (c) => answer(c, await desk(c).read()),
  );
  app.put(
    "/facets",
    describeRoute({
      summary: "Replace the facets",
      description:
        "The whole list as one; an empty one gives the choice back to the catalogue. Lists follow within seconds, when the catalogue has been filed anew; until then they show the former facets. `If-Match` guards against overwriting.",
      tags: ["Catalogue"],
      responses: { 200: jsonAnswer("As stored", reply), ...problemAnswers(400, 401, 412, 413, 415, 422) },
    }),
    validate("json", input),
    async (c) => {
      const saved = await desk(c).save(c.req.valid("json").items, expectedOf(c).expectedVersion);
      return saved.ok ? answer(c, saved.value) : answerProblem(c, facetConflict(saved.refusal.version));
    },
  );
  return app;
}
