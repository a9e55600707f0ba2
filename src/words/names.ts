import { MAX_CACHED_FORMATTERS } from "./limits.ts";

// Building a table of names costs far more than reading it; bounded, and the same for every visitor.
const tables = new Map<string, Intl.DisplayNames>();

function tableFor(locale: string, type: "region" | "language"): Intl.DisplayNames {
  const key = `${locale} ${type}`;
  const known = tables.get(key);
  if (known) return known;
  if (tables.size >= MAX_CACHED_FORMATTERS) tables.clear();
  const made = new Intl.DisplayNames([locale], { type });
  tables.set(key, made);
  return made;
}

/** A country's name in a language, by its ISO 3166-1 code; the code where there is none. */
export function countryName(code: string, locale: string): string {
  try {
    return tableFor(locale, "region").of(code) ?? code;
  } catch {
    // What is no code at all is said back as it is.
    return code;
  }
}

/** What a language calls itself: `Deutsch`. */
export function languageName(locale: string): string {
  const [language = locale] = locale.split("-", 1);
  return tableFor(language, "language").of(language) ?? language;
}
