import { MAX_SUGGESTED_PHRASES } from "./limits.ts";

/**
 * What others asked, filled up with the typed words completed by words of the shop; none twice, and not what stands in
 * the field already.
 */
export function mergePhrases(
  typed: readonly string[],
  asked: readonly string[],
  completions: readonly string[],
): string[] {
  const before = typed
    .slice(0, -1)
    .map((word) => `${word} `)
    .join("");
  const all = new Set([...asked, ...completions.map((word) => `${before}${word}`)]);
  all.delete(typed.join(" "));
  return [...all].slice(0, MAX_SUGGESTED_PHRASES);
}
