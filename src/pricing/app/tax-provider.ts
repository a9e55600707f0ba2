import type { TaxRate } from "../domain/tax-table.ts";

/** Where goods go, as closely as it is known. */
export type TaxPlace = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Code of a state or province; empty while it is not known. */
  readonly region: string;
  /** Empty while it is not known. */
  readonly postcode: string;
};

export type TaxAnswer =
  | { readonly kind: "rates"; readonly rates: readonly TaxRate[] }
  /** No answer in time, or none that can be believed. */
  | { readonly kind: "unavailable"; readonly detail: string };

/**
 * Who says which rates hold at a place. Every provider keeps the contract of `tax-provider-contract.ts`: it never throws,
 * answers within {@link MAX_TAX_WAIT_MS}, names each class once with whole parts per million from 0 to 1,000,000 and with
 * the country that was asked for, and says the same of the same place for as long as it remembers it.
 */
export type TaxProvider = {
  readonly name: string;
  /** Whether it is asked about this country at all; others are the table's. */
  readonly covers: (country: string) => boolean;
  /** `table`: what the shop's own table says there. */
  readonly ratesAt: (place: TaxPlace, table: () => Promise<readonly TaxRate[]>) => Promise<TaxAnswer>;
};

/** The shop's own table: always there, because it is read with the prices. */
export const tableProvider: TaxProvider = {
  name: "table",
  covers: () => true,
  ratesAt: async (_place, table) => ({ kind: "rates", rates: await table() }),
};

/**
 * The rates at a place, and whose they are. **When the service is down, the shop's own table holds**: a sale is never
 * refused for the tax of it, and a total that differs for that reason from the one that was shown is told before anything
 * is charged, as every other change of a total.
 */
export async function ratesWithFallback(
  provider: TaxProvider,
  place: TaxPlace,
  table: () => Promise<readonly TaxRate[]>,
): Promise<{ readonly rates: readonly TaxRate[]; readonly from: string; readonly trouble?: string }> {
  if (!provider.covers(place.country)) return { rates: await table(), from: tableProvider.name };
  const answer = await provider.ratesAt(place, table);
  if (answer.kind === "rates") return { rates: answer.rates, from: provider.name };
  return { rates: await table(), from: tableProvider.name, trouble: answer.detail };
}
