import type { TaxSettings } from "../domain/tax-rules.ts";
import type { TaxRate } from "../domain/tax-table.ts";

/** The rates that hold at a destination, none for a country outside the shop's tax area, and what they were chosen by. */
export type DestinationTax = { readonly rates: readonly TaxRate[]; readonly settings?: TaxSettings };
