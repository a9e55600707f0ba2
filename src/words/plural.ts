import { MAX_CACHED_FORMATTERS } from "./limits.ts";
import { DEFAULT_LOCALE } from "./money.ts";

// Building rules costs more than asking them; bounded, and the same for every visitor.
const rules = new Map<string, Intl.PluralRules>();

function rulesFor(locale: string): Intl.PluralRules {
  const known = rules.get(locale);
  if (known) return known;
  if (rules.size >= MAX_CACHED_FORMATTERS) rules.clear();
  const made = new Intl.PluralRules(locale);
  rules.set(locale, made);
  return made;
}

/** The CLDR plural category of a count: `one` for 1 in English, `few` for 3 in Arabic. */
export const pluralCategory = (count: number, locale: string): Intl.LDMLPluralRule =>
  rulesFor(locale).select(count);

/** The words of one noun by CLDR plural category; `other` is always there. */
export type PluralWords = { readonly [category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};

/**
 * A count with its noun, for words that are not in the catalogue, such as the back office's: `1 print`, `24 prints`; zero reads `No prints`.
 *
 * @example plural(24, { one: "print", other: "prints" }) // "24 prints"
 */
export function plural(count: number, words: PluralWords, locale = DEFAULT_LOCALE): string {
  if (count === 0) return `No ${words.other}`;
  return `${count} ${words[pluralCategory(count, locale)] ?? words.other}`;
}
