import type { Context } from "hono";
import { parseVersionEtag } from "#web";

/** A version that nothing has stands for an If-Match that is not one of ours: it can never fit. */
const NO_VERSION = -1;

/** The version that the client wants to save over, from `If-Match`. */
export function expected(c: Context): { readonly expectedVersion?: number } {
  const header = c.req.header("if-match");
  return header === undefined ? {} : { expectedVersion: parseVersionEtag(header) ?? NO_VERSION };
}
