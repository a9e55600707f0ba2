import type { Context } from "hono";
import type { CallContext } from "#platform";
import type { WebEnv } from "#web";
import type { AdminPorts } from "../app/ports.ts";

/** Rows on one page of a list. */
export const PAGE_SIZE = 50;
/** Characters of a search that are looked at. */
export const MAX_SEARCH_CHARACTERS = 120;

/** How a route finds its surroundings: bindings belong to the request. */
export type PortsOf = (c: Context<WebEnv>) => AdminPorts;

/** Staff's own context for object calls; a name replaces the word when people have accounts. */
export const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

/** A trimmed, bounded query parameter; `undefined` when it is empty. */
export function queryText(c: Context, name: string): string | undefined {
  const text = (c.req.query(name) ?? "").trim().slice(0, MAX_SEARCH_CHARACTERS);
  return text === "" ? undefined : text;
}

/** The query parameter when it is one of the known values. */
export function queryWord<Word extends string>(
  c: Context,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = c.req.query(name);
  return words.find((word) => word === text);
}

/** The address of the same list with some parameters changed; `undefined` removes one. */
export function listHref(c: Context, change: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(c.req.url);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

type Paged<T> = {
  readonly rows: readonly T[];
  readonly nextHref: string | undefined;
  readonly firstHref: string | undefined;
};
type Answer<T> =
  | { readonly ok: true; readonly value: { readonly items: readonly T[]; readonly nextCursor?: string } }
  | { readonly ok: false };

/** Rows and links of one page; a cursor that is not ours gives the first page's place: an empty list with a way back. */
export function paged<T>(c: Context, answer: Answer<T>): Paged<T> {
  const firstHref = c.req.query("cursor") === undefined ? undefined : listHref(c, { cursor: undefined });
  if (!answer.ok) return { rows: [], nextHref: undefined, firstHref };
  const { items, nextCursor } = answer.value;
  return {
    rows: items,
    nextHref: nextCursor === undefined ? undefined : listHref(c, { cursor: nextCursor }),
    firstHref,
  };
}

/** Page size and the request's cursor. */
export function cursored(c: Context): { readonly limit: number; readonly cursor?: string } {
  const cursor = c.req.query("cursor");
  return { limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
}
