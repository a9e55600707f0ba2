import { Hono, type Context } from "hono";
import { answerProblem, notFoundProblem, type WebEnv } from "#web";
import { mediaContentType } from "../app/media-files.ts";
import {
  parseRendition,
  RENDITION_FORMATS,
  renditionKey,
  type MakeRendition,
  type WantedRendition,
} from "../app/renditions.ts";

export type MediaRoutesOptions = {
  /** Both reached per request, because bindings belong to it. */
  readonly bucket: (c: Context) => R2Bucket;
  /** Without it, and whenever it fails, a rendition is answered with the original. */
  readonly makeRendition?: (c: Context) => MakeRendition;
};

/** An SVG that is opened by itself runs nothing and reaches nothing. */
const MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/** A name never gets other bytes. */
const IMMUTABLE = "public, max-age=31536000, immutable";
/** The original in place of a rendition, until one can be made. */
const FOR_NOW = "public, max-age=300";

/**
 * `GET /media/{name}`: pictures from R2. A name never gets other bytes, so a copy is good for a year. `heron-1-800.avif` is a
 * rendition of the original `heron-1`: it is made on the first request for it, and kept.
 */
export function createMediaRoutes(options: MediaRoutesOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/media/:name", async (c) => {
    const name = c.req.param("name");
    const contentType = mediaContentType(name);
    if (contentType === undefined) return noSuchPicture(c);
    const bucket = options.bucket(c);
    const file = await bucket.get(name, conditionOf(c));
    if (file !== null) return answerFile(file, contentType, IMMUTABLE);
    const wanted = parseRendition(name);
    return wanted === undefined ? noSuchPicture(c) : answerRendition(c, options, wanted);
  });
  return app;
}

const noSuchPicture = (c: Context): Response =>
  answerProblem(c, notFoundProblem("There is no such picture."));

async function answerRendition(
  c: Context,
  options: MediaRoutesOptions,
  wanted: WantedRendition,
): Promise<Response> {
  const bucket = options.bucket(c);
  const contentType = RENDITION_FORMATS[wanted.format];
  const key = renditionKey(wanted);
  const kept = await bucket.get(key, conditionOf(c));
  if (kept !== null) return answerFile(kept, contentType, IMMUTABLE);
  const original = await findOriginal(bucket, wanted.base);
  if (original === undefined) return noSuchPicture(c);
  const bytes = new Uint8Array(await original.file.arrayBuffer());
  const made = await options.makeRendition?.(c)(bytes, wanted);
  if (made === undefined)
    return new Response(bytes, {
      headers: headersOf(original.contentType, FOR_NOW, original.file.httpEtag),
    });
  const stored = await bucket.put(key, made, { httpMetadata: { contentType } });
  return new Response(made, { headers: headersOf(contentType, IMMUTABLE, stored.httpEtag) });
}

type Original = { readonly file: R2ObjectBody; readonly contentType: string };

/** The file of this name, whatever its ending. */
async function findOriginal(bucket: R2Bucket, base: string): Promise<Original | undefined> {
  const { objects } = await bucket.list({ prefix: `${base}.`, limit: 1 });
  const key = objects[0]?.key;
  const contentType = key === undefined ? undefined : mediaContentType(key);
  const file = key === undefined || contentType === undefined ? null : await bucket.get(key);
  return file === null || contentType === undefined ? undefined : { file, contentType };
}

const headersOf = (contentType: string, cacheControl: string, etag: string): Record<string, string> => ({
  "cache-control": cacheControl,
  "content-type": contentType,
  "content-security-policy": MEDIA_POLICY,
  "x-content-type-options": "nosniff",
  etag,
});

const answerFile = (file: R2Object | R2ObjectBody, contentType: string, cacheControl: string): Response =>
  new Response(isWithBody(file) ? file.body : null, {
    status: isWithBody(file) ? 200 : 304,
    headers: headersOf(contentType, cacheControl, file.httpEtag),
  });

/** One or more entity tags, as RFC 9110 writes them. */
const ENTITY_TAGS = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/** Only tags that can be read go to R2, which fails on any others; without them the picture is sent whole. */
function conditionOf(c: Context): R2GetOptions {
  const tags = c.req.header("if-none-match")?.trim() ?? "";
  return ENTITY_TAGS.test(tags) ? { onlyIf: new Headers({ "if-none-match": tags }) } : {};
}

/** R2 answers without a body when the client has the picture already. */
const isWithBody = (file: R2Object | R2ObjectBody): file is R2ObjectBody => "body" in file;
