import { isLocale, ok, refuse, type Result } from "#kernel";
import type { CatalogRefusal } from "../contract.ts";
import { checkCount, cleanText, collectErrors, readText } from "./field-errors.ts";
import { MAX_SHARED_WORD_CHARACTERS, MAX_SHARED_WORDS } from "./limits.ts";

/**
 * Checks the shared words of a language, by what they are in the shop's own; empty ones are left out. Refuses
 * `invalid_product` with one entry per word to mend.
 */
export function validateWords(
  locale: string,
  words: Readonly<Record<string, string>>,
): Result<Readonly<Record<string, string>>, CatalogRefusal> {
  const { root, list } = collectErrors();
  if (!isLocale(locale))
    root.at("/locale").refuse("Use a language, such as de, or with a region, such as de-CH.");
  const entries = Object.entries(words);
  checkCount(root.at("/words"), entries.length, MAX_SHARED_WORDS);
  const clean = entries.slice(0, MAX_SHARED_WORDS).flatMap(([name, text]): [string, string][] => {
    const field = root.at(`/words/${name.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 200)}`);
    const own = cleanText(name);
    if (own === "" || own.length > MAX_SHARED_WORD_CHARACTERS) {
      field.refuse(`Name a word of 1 to ${MAX_SHARED_WORD_CHARACTERS} characters.`);
      return [];
    }
    const read = readText(field, text, { minimum: 0, maximum: MAX_SHARED_WORD_CHARACTERS });
    return read === "" ? [] : [[own, read]];
  });
  return list.length === 0
    ? ok(Object.fromEntries(clean))
    : refuse({ code: "invalid_product", errors: list });
}
