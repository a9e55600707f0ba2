import { truncate } from "#kernel";
import { foldText } from "./fold.ts";
import { MAX_QUERY_CHARACTERS, MAX_QUERY_WORDS, MIN_COMPLETED_LETTERS } from "./limits.ts";
import { STOP_WORDS } from "./stop-words.ts";

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** One word that must match, in any of its forms. */
export type QueryWord = {
  /** Folded, as the shop's words are kept. */
  readonly word: string;
  /** Full-text expression of its forms, every one quoted, so that no operator of the index can be typed. */
  readonly match: string;
  /** With it the word may be unfinished: known words from `word` up to here count as well. */
  readonly completeTo?: string;
};

/** A phrase of the query that may have synonyms, and the expression of the words before and after it. */
export type QueryPhrase = { readonly term: string; readonly before: string; readonly after: string };

/** A query made safe for the full-text index, whatever was typed. */
export type SearchQuery = {
  /** As typed, trimmed and cut: what is said back, and compared with SKUs and barcodes. */
  readonly text: string;
  /** All words, folded. */
  readonly typed: readonly string[];
  readonly words: readonly QueryWord[];
  readonly phrases: readonly QueryPhrase[];
};

/** Reads what was typed; `undefined` when there is no word in it. Words without meaning are left out beside others. */
export function readSearchQuery(input: string): SearchQuery | undefined {
  const text = readQueryText(input);
  const typed = wordsOf(text).slice(0, MAX_QUERY_WORDS);
  if (typed.length === 0) return undefined;
  const telling = typed.filter((word) => !STOP_WORDS.has(word));
  const kept = telling.length > 0 ? telling : typed;
  // A word that is followed by another one has been typed to its end.
  const isLastOpen = kept.at(-1) === typed.at(-1);
  const words = kept.map((word, index) => queryWord(word, isLastOpen && index === kept.length - 1));
  return { text, typed, words, phrases: phrasesOf(words) };
}

/** The part of a typed text that is searched and said back. */
export const readQueryText = (typed: string): string =>
  truncate(typed.toWellFormed().normalize("NFC").trim(), MAX_QUERY_CHARACTERS);

/** The words of a text, folded. */
export const wordsOf = (text: string): string[] => foldText(text.toWellFormed()).match(WORD) ?? [];

function queryWord(word: string, isOpen: boolean): QueryWord {
  const letters = Array.from(word).length;
  const forms = formsOf(word).map((form) => `"${form}"`);
  if (!isOpen || letters < 2) return { word, match: forms.join(" OR ") };
  // Two and three letters are kept as beginnings in the index itself.
  if (letters < MIN_COMPLETED_LETTERS) return { word, match: [...forms, `"${word}"*`].join(" OR ") };
  return { word, match: forms.join(" OR "), completeTo: `${word}\u{10ffff}` };
}

/** The word, and what it is in the singular and in the plural: English endings, harmless elsewhere. */
function formsOf(word: string): string[] {
  if (word.length < 4 || /\d/.test(word)) return [word];
  if (/\p{Script=Arabic}/u.test(word)) return [word, ...barelyArabic(word)];
  if (word.endsWith("ies")) return [word, `${word.slice(0, -3)}y`];
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return [word, word.slice(0, -2), word.slice(0, -1)];
  if (word.endsWith("s") && !word.endsWith("ss")) return [word, word.slice(0, -1)];
  if (/[^aeiou]y$/.test(word)) return [word, `${word.slice(0, -1)}ies`];
  return [word, `${word}${/(?:s|x|z|ch|sh)$/.test(word) ? "es" : "s"}`];
}

/** An Arabic word without its article, where that leaves a word. */
const barelyArabic = (word: string): string[] => {
  const bare = word.replace(/^(?:وال|بال|كال|فال|ال)(?=\p{L}{2})/u, "");
  return bare === word ? [] : [bare];
};

/** Runs of two and three words. */
function phrasesOf(words: readonly QueryWord[]): QueryPhrase[] {
  const all = (part: readonly QueryWord[]): string => part.map(({ match }) => `(${match})`).join(" AND ");
  return [2, 3].flatMap((length) =>
    words.slice(0, Math.max(0, words.length - length + 1)).map((_, start) => {
      const before = all(words.slice(0, start));
      const after = all(words.slice(start + length));
      return {
        term: words
          .slice(start, start + length)
          .map(({ word }) => word)
          .join(" "),
        before: before && `${before} AND `,
        after: after && ` AND ${after}`,
      };
    }),
  );
}
