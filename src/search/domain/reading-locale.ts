import { isLocale, localeChain } from "#kernel";

/** In which translations a search looks as well. */
export type ReadingLocale = {
  /** Closest first: `de-CH`, `de`. */
  readonly chain: readonly string[];
  readonly language: string;
  /** The full-text expression of the tags of these locales. */
  readonly tags: string;
};

/** The word that marks a row of the index as one of a locale; a tag of letters and digits, so nothing is an operator. */
export const tagOfLocale = (locale: string): string => `xl${locale.toLowerCase().replaceAll("-", "")}`;

/** How a locale is searched; `undefined` for none. */
export function readingLocale(locale: string | undefined): ReadingLocale | undefined {
  if (locale === undefined || !isLocale(locale)) return undefined;
  const chain = localeChain(locale);
  return {
    chain,
    language: chain.at(-1) ?? locale,
    tags: chain.map((one) => `"${tagOfLocale(one)}"`).join(" OR "),
  };
}
