/** Members of the EU as their VAT ids begin: Greece writes EL, and Northern Ireland XI. */
const PREFIXES = "AT BE BG HR CY CZ DK EE FI FR DE EL HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE XI";
const VAT_ID = new RegExp(`^(?:${PREFIXES.split(" ").join("|")})[A-Z0-9+*]{2,12}$`);

/**
 * A VAT id of the EU without spaces, dots and dashes, in capital letters; `undefined` when it cannot be one. Whether it is
 * in force is for staff to check where its country says so.
 */
export function parseVatId(text: string): string | undefined {
  const id = text.toUpperCase().replace(/[\s.-]/g, "");
  return VAT_ID.test(id) ? id : undefined;
}
