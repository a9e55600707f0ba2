import { ok, refuse, type FieldError, type Result } from "#kernel";
import type { SearchRefusal, SynonymInput } from "../contract.ts";
import { MAX_SYNONYM_CHARACTERS, MAX_SYNONYM_TERMS, MAX_SYNONYM_WORDS } from "./limits.ts";
import { wordsOf } from "./search-query.ts";

/**
 * Folds the terms of a group to the words that a query has, drops repeats and keeps their order. Refuses a group that
 * means nothing then, with one sentence per term.
 */
export function readSynonyms({ kind, terms }: SynonymInput): Result<SynonymInput, SearchRefusal> {
  const errors: FieldError[] = terms.flatMap((term, index) => {
    const detail = mistakeOf(term);
    return detail === undefined ? [] : [{ pointer: `/terms/${index}`, detail }];
  });
  const folded = [...new Set(terms.map((term) => wordsOf(term).join(" ")))].filter(Boolean);
  if (terms.length > MAX_SYNONYM_TERMS)
    errors.push({ pointer: "/terms", detail: `Give at most ${MAX_SYNONYM_TERMS} terms.` });
  if (folded.length < 2) errors.push({ pointer: "/terms", detail: "Give at least two different terms." });
  if (errors.length > 0)
    return refuse({ code: "invalid_synonyms", errors: errors.slice(0, MAX_SYNONYM_TERMS) });
  return ok({ kind, terms: folded });
}

function mistakeOf(term: string): string | undefined {
  const count = wordsOf(term).length;
  if (count === 0) return "Write a word with letters or digits.";
  if (count > MAX_SYNONYM_WORDS) return `Use at most ${MAX_SYNONYM_WORDS} words.`;
  return term.length > MAX_SYNONYM_CHARACTERS
    ? `Use at most ${MAX_SYNONYM_CHARACTERS} characters.`
    : undefined;
}
