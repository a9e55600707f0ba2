import type { Context } from "hono";

/** A strong entity tag for a thing with a version: `"v12"`. */
export const versionEtag = (version: number): string => `"v${version}"`;

/** The version in an If-Match header made by {@link versionEtag}; `undefined` when it is something else. */
export function parseVersionEtag(header: string | undefined): number | undefined {
  const digits = /^(?:W\/)?"v(\d{1,15})(?:-gz)?"$/.exec(header?.trim() ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A version that nothing has stands for an If-Match that is not one of ours: it can never fit. */
const NO_VERSION = -1;

/** The version that the caller has seen, from If-Match; nothing when it says none, or any (`*`). */
export function expectedOf(c: Context): { readonly expectedVersion?: number } {
  const header = c.req.header("if-match")?.trim();
  if (header === undefined || header === "*") return {};
  return { expectedVersion: parseVersionEtag(header) ?? NO_VERSION };
}

/** Weak comparison of If-None-Match with one tag (RFC 9110, 13.1.2). */
export function etagMatches(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((entry) => entry.trim().replace(/^W\//, "") === etag);
}

/** Answers JSON with an ETag, or 304 when the client has it already; a created thing is answered 201. */
// eslint-disable-next-line no-restricted-syntax -- the status is almost never given; an object would burden every read
export function answerJson(c: Context, body: object, etag: string, status: 200 | 201 = 200): Response {
  c.header("etag", etag);
  if (c.req.method === "GET" && etagMatches(c.req.header("if-none-match"), etag)) return c.body(null, 304);
  return c.json(body, status);
}
