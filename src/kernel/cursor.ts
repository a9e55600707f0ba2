/**
 * Keyset cursors: the sort key of the last row seen, as opaque base64url text.
 * A cursor is input like any other: decode it, check its parts, never trust it.
 */
export type CursorPart = string | number | null;

const MAX_CURSOR_CHARACTERS = 512;

/** Encodes the sort key of the last row of a page. */
export function encodeCursor(parts: readonly CursorPart[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Decodes a cursor with exactly `length` parts; `undefined` when it is not one of ours. */
export function decodeCursor(text: string, length: number): CursorPart[] | undefined {
  if (text.length > MAX_CURSOR_CHARACTERS || !/^[\w-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const value: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))),
    );
    if (!Array.isArray(value) || value.length !== length) return undefined;
    return value.every(isPart) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isPart = (part: unknown): part is CursorPart =>
  part === null || typeof part === "string" || (typeof part === "number" && Number.isFinite(part));

/** One page of a keyset list. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string };
