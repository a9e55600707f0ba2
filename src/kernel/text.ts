/** Lower-case words joined by hyphens, from any text; letters of every script are kept, marks on Latin letters are not. */
export function slugify(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

/** Cuts text to at most `characters` code points, never inside a surrogate pair. */
export const truncate = (text: string, characters: number): string =>
  Array.from(text).slice(0, characters).join("");

/** Compares by code unit: the canonical order of keys (SKUs) everywhere, whatever the locale. */
export const compareText = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;
