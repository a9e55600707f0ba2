/**
 * A collection's title inside a sentence. English writes common nouns small there; other languages have rules of their
 * own (German never does), so their titles stay as the merchant wrote them.
 */
export const inSentence = (title: string, locale: string): string =>
  locale.toLowerCase().startsWith("en") ? title.toLowerCase() : title;
