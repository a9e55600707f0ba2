import type { Result } from "#kernel";
import type { ColumnMapping } from "../contract.ts";

/** What is wrong with a mapping that somebody typed; `field` is the path in the API's document, with slashes. */
export type MappingMistakes = {
  readonly code: "invalid_mapping";
  readonly mistakes: readonly { readonly field: string; readonly detail: string }[];
};

/** Reads what a person or program sent by the rules of the API, so that a page accepts exactly what the API accepts. */
export type MappingInput = {
  name(text: string): Result<string, MappingMistakes>;
  mapping(document: unknown): Result<ColumnMapping, MappingMistakes>;
};
