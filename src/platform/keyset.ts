import { decodeCursor, encodeCursor, type CursorPart, type Page } from "#kernel";

/** The kinds of a cursor's parts, in order, such as `["number", "string"]`. */
export type CursorKinds = readonly ("number" | "string")[];

/**
 * Reads the sort key of the last row seen. No cursor gives an empty list; a cursor that is not one of this list gives
 * `undefined`, and the caller refuses it.
 */
export function readCursor(
  cursor: string | undefined,
  kinds: CursorKinds,
): readonly CursorPart[] | undefined {
  if (cursor === undefined) return [];
  const parts = decodeCursor(cursor, kinds.length);
  return parts?.every((part, index) => typeof part === kinds[index]) === true ? parts : undefined;
}

/**
 * Makes a page of at most `limit` items from rows of which one more was asked for: that one only tells whether there is
 * a next page.
 */
export function keysetPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  map: { readonly item: (row: Row) => Item; readonly key: (row: Row) => readonly CursorPart[] },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(map.item);
  return last !== undefined && rows.length > limit
    ? { items, nextCursor: encodeCursor(map.key(last)) }
    : { items };
}
