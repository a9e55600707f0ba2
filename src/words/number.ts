import { MAX_CACHED_FORMATTERS } from "./limits.ts";

// Building a formatter costs far more than using one; bounded, and the same for every visitor.
const formatters = new Map<string, Intl.NumberFormat>();

/** A whole number as the locale writes it: `1,234`, `1.234`. */
export function formatNumber(value: number, locale: string): string {
  const known = formatters.get(locale);
  if (known) return known.format(value);
  if (formatters.size >= MAX_CACHED_FORMATTERS) formatters.clear();
  const made = new Intl.NumberFormat(locale);
  formatters.set(locale, made);
  return made.format(value);
}
