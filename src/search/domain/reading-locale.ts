import { isLocale, localeChain } from "#kernel";

/** In which translations a search looks as well. */
export type ReadingLocale = {
  /** Closest first: `de-CH`, `de`. */
  readonly chain: readonly string[];
  readonly language: string;
};

/** How a locale is searched; `undefined` for none. */
export function readingLocale(locale: string | undefined): ReadingLocale | undefined {
  if (locale === undefined || !isLocale(locale)) return undefined;
  const chain = localeChain(locale);
  return { chain, language: chain.at(-1) ?? locale };
}
