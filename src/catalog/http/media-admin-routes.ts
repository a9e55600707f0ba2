import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { epochMs, toIso, type Problem } from "#kernel";
import {
  answerProblem,
  jsonAnswer,
  problemAnswers,
  readBytes,
  validate,
  wrongContentTypeProblem,
  type WebEnv,
} from "#web";
import { MEDIA_CONTENT_TYPES } from "../app/media-files.ts";
import {
  addMedia,
  describeMedia,
  type MediaFile,
  type MediaPorts,
  type MediaRefusal,
} from "../app/media-library.ts";
import { MAX_ALT_CHARACTERS, MAX_MEDIA_BYTES, MAX_PAGE_SIZE } from "../domain/limits.ts";
import { mediaParam } from "./input-schemas.ts";
import { catalogProblem } from "./problems.ts";

export type MediaAdminOptions = { readonly media: (c: Context) => MediaPorts };

const TAGS = ["Catalogue"];
const perCent = z.int().min(0).max(100);
const fileSchema = z
  .object({
    name: z.string(),
    url: z.string(),
    contentType: z.string(),
    bytes: z.int(),
    width: z.int(),
    height: z.int(),
    alt: z.string(),
    focalX: perCent,
    focalY: perCent,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "MediaFile" });
const wordsSchema = z.strictObject({
  alt: z.string().trim().max(MAX_ALT_CHARACTERS).describe("Empty for a decorative picture."),
  focalX: perCent.describe("What must stay in view when the picture is cut, in per cent from the start."),
  focalY: perCent.describe("In per cent from the top."),
});
const listQuery = z.object({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
});

/** The library of pictures for staff and programs. Mounted under /admin/api. */
export function createMediaAdminApi({ media }: MediaAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/media",
    describeRoute({
      summary: "Uploaded pictures, newest first",
      tags: TAGS,
      responses: {
        200: jsonAnswer(
          "One page",
          z.object({ items: z.array(fileSchema), nextCursor: z.string().optional() }),
        ),
        ...problemAnswers(401, 422),
      },
    }),
    validate("query", listQuery),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const page = await media(c).library.list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok) return answerProblem(c, mediaProblem(page.refusal));
      return c.json({ ...page.value, items: page.value.items.map(wireFile) });
    },
  );
  app.post(
    "/media",
    describeRoute({
      summary: "Upload a picture",
      description:
        "The body is the file: SVG, PNG, JPEG, WebP or AVIF, at most 10 MB. It gets a name made of its bytes, so uploading it again changes nothing.",
      tags: TAGS,
      responses: { 201: jsonAnswer("As stored", fileSchema), ...problemAnswers(401, 413, 415, 422) },
    }),
    async (c) => {
      const sent = (c.req.header("content-type")?.split(";", 1)[0] ?? "").trim().toLowerCase();
      if (!MEDIA_CONTENT_TYPES.includes(sent)) return answerProblem(c, wrongContentTypeProblem("image/jpeg"));
      const bytes = await readBytes(c, MAX_MEDIA_BYTES);
      if (!bytes.ok) return answerProblem(c, bytes.refusal.problem);
      const added = await addMedia(media(c), bytes.value);
      return added.ok ? c.json(wireFile(added.value), 201) : answerProblem(c, mediaProblem(added.refusal));
    },
  );
  app.patch(
    "/media/:name",
    describeRoute({
      summary: "Say what a picture shows and what must stay in view",
      description: "Changes every product and collection that shows it.",
      tags: TAGS,
      responses: { 204: { description: "Changed" }, ...problemAnswers(400, 401, 404, 413, 415, 422) },
    }),
    validate("param", mediaParam),
    validate("json", wordsSchema),
    async (c) => {
      const described = await describeMedia(media(c), c.req.valid("param").name, c.req.valid("json"));
      return described.ok ? c.body(null, 204) : answerProblem(c, mediaProblem(described.refusal));
    },
  );
  return app;
}

const wireFile = ({ createdAtMs, ...file }: MediaFile) => ({
  ...file,
  createdAt: toIso(epochMs(createdAtMs)),
});

function mediaProblem(refusal: MediaRefusal): Problem {
  switch (refusal.code) {
    case "media_refused":
      return {
        type: "/problems/catalog/media-refused",
        title: "The file cannot be taken",
        status: 422,
        detail: refusal.detail,
      };
    case "media_unknown":
      return {
        type: "/problems/catalog/media-unknown",
        title: "There is no such picture",
        status: 404,
        detail: "No uploaded picture has this name.",
        facts: { name: refusal.name },
      };
    case "invalid_cursor":
      return catalogProblem(refusal);
  }
}
