import { truncate } from "#kernel";
import { MAX_QUERY_CHARACTERS, MAX_QUERY_WORDS } from "./limits.ts";

const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** A query made safe for the full-text index, whatever was typed. */
export type SearchQuery = {
  /** As typed, trimmed and cut: what is said back, and compared with SKUs and barcodes. */
  readonly text: string;
  readonly words: readonly string[];
  /** Full-text expression: every word quoted, so that no operator of the index can be typed; the last is a beginning. */
  readonly match: string;
};

/** Reads what was typed; `undefined` when there is no word in it. */
export function readSearchQuery(typed: string): SearchQuery | undefined {
  const text = readQueryText(typed);
  const words = (text.match(WORD) ?? []).slice(0, MAX_QUERY_WORDS);
  if (words.length === 0) return undefined;
  return { text, words, match: `${words.map((word) => `"${word}"`).join(" ")}*` };
}

/** The part of a typed text that is searched and said back. */
export const readQueryText = (typed: string): string =>
  truncate(typed.toWellFormed().normalize("NFC").trim(), MAX_QUERY_CHARACTERS);
