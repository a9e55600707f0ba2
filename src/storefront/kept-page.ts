import { EDGE_CACHE_HEADER, etagMatches, isPublicAnswer, publicSecurityHeaders } from "#web";
import { MAX_CACHED_PAGE_BYTES } from "./limits.ts";

/** Set by a page's handler: the names of the parameters that mean something for it, parted by spaces. Never sent out. */
export const KNOWN_PARAMETERS_HEADER = "x-page-parameters";

/** One way to send a page, ready to go. */
type Form = {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  readonly init: ResponseInit;
  readonly unchanged: ResponseInit;
};

export type KeptPage = {
  readonly plain: Form;
  readonly packed: Form;
  readonly parameters: readonly string[];
  readonly bytes: number;
  readonly madeAtMs: number;
  /** While this lies ahead, somebody is making the page anew. */
  refreshUntilMs: number;
  /** Since pages were last thrown out. */
  wasAskedFor: boolean;
};

/** Between the maker of an answer and the caches; a visitor never sees them. */
const INNER_HEADERS = [KNOWN_PARAMETERS_HEADER, EDGE_CACHE_HEADER];

/** Of the maker's headers, what a browser needs. Tags are for the cache behind this one, which has read them already. */
const KEPT_HEADERS = ["content-type", "cache-control", "speculation-rules"];

/**
 * True for answers that may be kept for everybody: 200, marked public, setting no cookie. What brings a tag of its own
 * (the API, pictures) is left to the edge and the browser.
 */
export const isKeepable = ({ status, headers }: Response): boolean =>
  status === 200 && isPublicAnswer(headers) && !headers.has("set-cookie") && !headers.has("etag");

/** Sends an answer that is not kept to one visitor: 304 when they have it. Its inner marks stay inside. */
export function answerPassed(made: Response, request: Request): Response {
  const headers = new Headers(made.headers);
  for (const name of INNER_HEADERS) headers.delete(name);
  const etag = headers.get("etag");
  if (made.status !== 200 || etag === null || !etagMatches(request.headers.get("if-none-match"), etag))
    return new Response(made.body, { status: made.status, headers });
  for (const name of ["content-type", "content-length"]) headers.delete(name);
  return new Response(null, { status: 304, headers });
}

/**
 * Makes the page of an address ready to be sent many times: packed once, hashed once, headers built once. `undefined` when
 * it is too large to keep; the body of `response` is left unread then.
 */
export async function keepPage(
  response: Response,
  { url, madeAtMs }: { readonly url: string; readonly madeAtMs: number },
): Promise<KeptPage | undefined> {
  const body = new Uint8Array(await response.clone().arrayBuffer());
  if (body.byteLength > MAX_CACHED_PAGE_BYTES) return undefined;
  const [packed, hash] = await Promise.all([gzip(body), hashOf(body)]);
  const headers = baseHeaders(response, url);
  return {
    plain: form(body, `"${hash}"`, headers),
    packed: form(packed, `"${hash}-gz"`, [...headers, ["content-encoding", "gzip"]]),
    parameters: (response.headers.get(KNOWN_PARAMETERS_HEADER) ?? "").split(" ").filter(Boolean),
    bytes: body.byteLength + packed.byteLength,
    madeAtMs,
    refreshUntilMs: 0,
    wasAskedFor: false,
  };
}

/** Sends a kept page to one visitor: packed when they take it, 304 when they have it. No work beyond that. */
export function answerKept(page: KeptPage, request: Request): Response {
  const { body, etag, init, unchanged } = takesGzip(acceptedEncodings(request)) ? page.packed : page.plain;
  const present = request.headers.get("if-none-match");
  return present !== null && etagMatches(present, etag)
    ? new Response(null, unchanged)
    : new Response(body, init);
}

/**
 * What the visitor takes. The platform in front may write its own Accept-Encoding and keep the visitor's in `cf`
 * (Cloudflare's page on request.cf); a visitor who named none gets the page as it is, because many tools never unpack.
 */
function acceptedEncodings(request: Request): string | null {
  const original = request.cf?.["clientAcceptEncoding"];
  return typeof original === "string" ? original : request.headers.get("accept-encoding");
}

/** True when the client takes gzip; `gzip;q=0` says that it does not. */
export const takesGzip = (acceptEncoding: string | null): boolean =>
  acceptEncoding !== null &&
  acceptEncoding.includes("gzip") &&
  !/\bgzip\s*;\s*q=0(?:\.0{0,3})?\s*(?:,|$)/.test(acceptEncoding);

type HeaderEntries = [string, string][];

function baseHeaders(response: Response, url: string): HeaderEntries {
  const kept = KEPT_HEADERS.flatMap((name): HeaderEntries => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return [
    ...kept,
    ["vary", "Accept-Encoding"],
    ...publicSecurityHeaders(url).map(([name, value]): [string, string] => [name, value]),
  ];
}

function form(body: Uint8Array<ArrayBuffer>, etag: string, entries: HeaderEntries): Form {
  const headers = new Headers([...entries, ["etag", etag]]);
  const unchanged = new Headers([
    ...entries.filter(([name]) => name === "cache-control" || name === "vary"),
    ["etag", etag],
  ]);
  return {
    body,
    etag,
    init: { headers, encodeBody: headers.has("content-encoding") ? "manual" : "automatic" },
    unchanged: { status: 304, headers: unchanged },
  };
}

async function gzip(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function hashOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).subarray(0, 16);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
