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

/** Countries that English names with an article inside a sentence. */
const WITH_ARTICLE = new Set(
  "AE BS CF CK DO FK FO GB GM IM KM KY MH MP MV NL PH SB SC TC UM US VG VI".split(" "),
);

/** The same inside a sentence: `the United States`. The other languages' sentences name it without a preposition. */
export function countryInSentence(code: string, locale: string): string {
  const name = countryName(code, locale);
  return locale.startsWith("en") && WITH_ARTICLE.has(code) ? `the ${name}` : name;
}

/** What a language calls itself: `Deutsch`. */
export function languageName(locale: string): string {
  const [language = locale] = locale.split("-", 1);
  return tableFor(language, "language").of(language) ?? language;
}
