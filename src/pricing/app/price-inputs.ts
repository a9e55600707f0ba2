import type { Result } from "#kernel";
import type { Market } from "../domain/market.ts";
import type { PriceList } from "../domain/price-list.ts";
import type { EntryInput, FieldMistake } from "./price-desk.ts";

type Read<T> = Result<T, { readonly code: "invalid_terms"; readonly mistakes: readonly FieldMistake[] }>;

/**
 * Reads what a person or program sent by the rules of the API, so that a page accepts exactly what the API accepts.
 * Mistakes name the fields of the API's bodies.
 */
export type PriceInputs = {
  market(marketId: string, input: unknown): Read<Market>;
  list(listId: string, input: unknown): Read<PriceList>;
  entry(input: unknown): Read<EntryInput>;
};
