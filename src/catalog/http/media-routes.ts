import { Hono, type Context } from "hono";
import { answerProblem, notFoundProblem, type WebEnv } from "#web";
import { mediaContentType } from "../app/media-files.ts";

export type MediaRoutesOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly bucket: (c: Context) => R2Bucket;
};

/** An SVG that is opened by itself runs nothing and reaches nothing. */
const MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** `GET /media/{name}`: pictures from R2. A name never gets other bytes, so a copy is good for a year. */
export function createMediaRoutes({ bucket }: MediaRoutesOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/media/:name", async (c) => {
    const name = c.req.param("name");
    const contentType = mediaContentType(name);
    const file = contentType === undefined ? null : await bucket(c).get(name, conditionOf(c));
    if (file === null || contentType === undefined)
      return answerProblem(c, notFoundProblem("There is no such picture."));
    const headers = {
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": contentType,
      "content-security-policy": MEDIA_POLICY,
      "x-content-type-options": "nosniff",
      etag: file.httpEtag,
    };
    return new Response(isWithBody(file) ? file.body : null, {
      status: isWithBody(file) ? 200 : 304,
      headers,
    });
  });
  return app;
}

/** One or more entity tags, as RFC 9110 writes them. */
const ENTITY_TAGS = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/** Only tags that can be read go to R2, which fails on any others; without them the picture is sent whole. */
function conditionOf(c: Context): R2GetOptions {
  const tags = c.req.header("if-none-match")?.trim() ?? "";
  return ENTITY_TAGS.test(tags) ? { onlyIf: new Headers({ "if-none-match": tags }) } : {};
}

/** R2 answers without a body when the client has the picture already. */
const isWithBody = (file: R2Object | R2ObjectBody): file is R2ObjectBody => "body" in file;
