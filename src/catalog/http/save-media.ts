import type { Context } from "hono";
import type { Problem } from "#kernel";
import { answerProblem, readBytes, wrongContentTypeProblem } from "#web";
import { MAX_MEDIA_BYTES } from "../domain/limits.ts";
import { looksLike, MEDIA_CONTENT_TYPES, mediaContentType } from "../app/media-files.ts";

const mediaRefused = (detail: string): Problem => ({
  type: "/problems/catalog/media-refused",
  title: "The file cannot be taken",
  status: 422,
  detail,
});

const mediaExists = (name: string): Problem => ({
  type: "/problems/catalog/media-exists",
  title: "Another file has this name",
  status: 409,
  detail: "Copies of a picture are kept for a year, so a name never gets other bytes. Choose another name.",
  facts: { name },
});

/**
 * Stores the body under a name. The same bytes again are `same`; other bytes under a name that is taken are refused,
 * because every cache keeps the first ones.
 */
export async function saveMedia(c: Context, bucket: R2Bucket, name: string): Promise<Response> {
  const contentType = mediaContentType(name);
  if (contentType === undefined) {
    return answerProblem(
      c,
      mediaRefused("Name it with small letters, digits and hyphens, such as heron-1.webp."),
    );
  }
  const sent = (c.req.header("content-type")?.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (!MEDIA_CONTENT_TYPES.includes(sent)) return answerProblem(c, wrongContentTypeProblem(contentType));
  const bytes = await readBytes(c, MAX_MEDIA_BYTES);
  if (!bytes.ok) return answerProblem(c, bytes.refusal.problem);
  if (sent !== contentType || !looksLike(contentType, bytes.value)) {
    return answerProblem(c, mediaRefused(`Send a file of the type that its name says, ${contentType}.`));
  }
  const answer = { url: `/media/${name}`, contentType, bytes: bytes.value.byteLength };
  const stored = await bucket.put(name, bytes.value, {
    onlyIf: { etagDoesNotMatch: "*" },
    httpMetadata: { contentType },
  });
  if (stored) return c.json({ outcome: "created", ...answer }, 201);
  const md5 = (await bucket.head(name))?.checksums.toJSON().md5;
  return md5 === (await md5Hex(bytes.value))
    ? c.json({ outcome: "same", ...answer })
    : answerProblem(c, mediaExists(name));
}

/** R2 keeps the MD5 of each file; here it only tells equal bytes from other ones, sent by staff. */
async function md5Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("MD5", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
