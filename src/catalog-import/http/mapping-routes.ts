import type { Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import {
  answerJson,
  answerProblem,
  fieldErrors,
  invalidFieldsProblem,
  jsonAnswer,
  parseVersionEtag,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { ImportDesk } from "../app/desk.ts";
import type { PreviewSource } from "../app/preview-file.ts";
import {
  mappingInput,
  mappingListSchema,
  mappingName,
  parseMapping,
  previewSchema,
  savedMappingSchema,
  savedMappingView,
} from "./mapping-schemas.ts";
import { importProblem } from "./problems.ts";
import { readUpload } from "./read-upload.ts";

type Options = { readonly desk: (c: Context) => ImportDesk };
const tags = ["Imports"];
const nameParam = z.object({ mapping: mappingName });
const previewQuery = z.object({
  mapping: mappingName.optional(),
  source: z.enum(["guess", "shopify"]).optional(),
});

/** Column mappings, and a look at what a file would become. */
export function addMappings(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/import-mappings",
    describeRoute({
      summary: "Column mappings by name",
      tags,
      responses: { 200: jsonAnswer("All of them", mappingListSchema), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: (await desk(c).mappings.list()).map(savedMappingView) }),
  );
  app.get(
    "/import-mappings/:mapping",
    describeRoute({
      summary: "One column mapping",
      tags,
      responses: { 200: jsonAnswer("The mapping", savedMappingSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", nameParam),
    async (c) => {
      const found = await desk(c).mappings.find(c.req.valid("param").mapping);
      if (!found.ok) return answerProblem(c, importProblem(found.refusal));
      return answerJson(c, savedMappingView(found.value), versionEtag(found.value.version));
    },
  );
  addMappingWrites(app, desk);
  addPreview(app, desk);
}

function addMappingWrites(app: Hono<WebEnv>, desk: Options["desk"]): void {
  app.put(
    "/import-mappings/:mapping",
    describeRoute({
      summary: "Save a column mapping",
      description:
        "Saving the same again changes nothing; imports keep the version that they began with. If-Match is optional.",
      tags,
      responses: {
        200: jsonAnswer("Saved", savedMappingSchema),
        ...problemAnswers(400, 401, 412, 413, 415, 422),
      },
    }),
    validate("param", nameParam),
    validate("json", mappingInput),
    async (c) => {
      const expected = parseVersionEtag(c.req.header("if-match"));
      const saved = await desk(c).mappings.save(c.req.valid("param").mapping, c.req.valid("json"), expected);
      if (!saved.ok) return answerProblem(c, importProblem(saved.refusal));
      return answerJson(c, savedMappingView(saved.value), versionEtag(saved.value.version));
    },
  );
  app.delete(
    "/import-mappings/:mapping",
    describeRoute({
      summary: "Forget a column mapping",
      description: "Imports that have begun keep their copy.",
      tags,
      responses: { 204: { description: "Forgotten" }, ...problemAnswers(401, 404, 422) },
    }),
    validate("param", nameParam),
    async (c) => {
      const name = c.req.valid("param").mapping;
      if (await desk(c).mappings.remove(name)) return c.body(null, 204);
      return answerProblem(c, importProblem({ code: "mapping_unknown", name }));
    },
  );
}

function addPreview(app: Hono<WebEnv>, desk: Options["desk"]): void {
  app.post(
    "/imports/preview",
    describeRoute({
      summary: "What the first twenty rows of a file would become",
      description:
        "Writes nothing. The body is the file, gzipped or not, or a form with the fields `file` and, if wanted, `mapping` (the document as JSON). `?mapping=` names a saved mapping, `?source=shopify` reads a Shopify export; otherwise a mapping is guessed from the header and answered with the rest.",
      tags,
      responses: {
        200: jsonAnswer("The preview", previewSchema),
        ...problemAnswers(400, 401, 404, 413, 415, 422),
      },
    }),
    async (c) => {
      const query = previewQuery.safeParse(c.req.query());
      if (!query.success)
        return answerProblem(c, invalidFieldsProblem(fieldErrors(query.error.issues, "/query")));
      const upload = await readUpload(c);
      if (!upload.ok) return answerProblem(c, upload.refusal.problem);
      const source = await sourceOf(desk(c), query.data, upload.value.fields["mapping"]);
      if ("problem" in source) return answerProblem(c, source.problem);
      return c.json(await desk(c).preview(upload.value.bytes, source.source));
    },
  );
}

async function sourceOf(
  desk: ImportDesk,
  { mapping: name, source }: z.infer<typeof previewQuery>,
  document: string | undefined,
): Promise<{ readonly source: PreviewSource } | { readonly problem: Parameters<typeof answerProblem>[1] }> {
  if (name !== undefined) {
    const found = await desk.mappings.find(name);
    if (!found.ok) return { problem: importProblem(found.refusal) };
    return { source: { kind: "mapped", mapping: found.value.mapping } };
  }
  if (document !== undefined && document.trim() !== "") {
    const read = parseMapping(document);
    if ("problem" in read)
      return { problem: invalidFieldsProblem([{ pointer: "/mapping", detail: read.problem }]) };
    return { source: { kind: "mapped", mapping: read.mapping } };
  }
  return { source: { kind: source ?? "guess" } };
}
