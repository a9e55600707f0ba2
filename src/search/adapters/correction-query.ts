import type { CatalogDb } from "#catalog";
import type { SemanticIndex } from "#semantics";
import { MAX_CORRECTED_LETTERS, MAX_JUDGED_SPELLINGS } from "../domain/limits.ts";
import { correctWords, spellingsOf, type Fits, type IndexedWord } from "../domain/nearest-word.ts";
import type { SearchQuery } from "../domain/search-query.ts";
import { askMeaning } from "./ask-meaning.ts";
import type { ReadingLocale } from "../domain/reading-locale.ts";
import {
  TRANSLATED_KNOWN_WORDS_SQL,
  TRANSLATED_NEAR_WORDS_SQL,
  TRANSLATED_SAME_BEGINNING_SQL,
} from "./translated-sql.ts";
import { KNOWN_WORDS_SQL, NEAR_WORDS_SQL, SAME_BEGINNING_SQL } from "./search-sql.ts";

/**
 * What was probably meant, in the shop's own words, by letters and by meaning; `undefined` when nothing is near. One round
 * trip, and one question of meaning when several spellings are near.
 */
export async function queryCorrection(
  db: CatalogDb,
  { typed }: SearchQuery,
  { semantics, locale }: Judges,
): Promise<string | undefined> {
  const near = typed.flatMap((word) => {
    const letters = Array.from(word);
    if (letters.length < 2 || letters.length > MAX_CORRECTED_LETTERS) return [];
    const start = letters.slice(0, 2).join("");
    return [
      ...(letters.length < 3 ? [] : nearWords(db, groupsOfThree(letters), locale)),
      ...(letters.length > 5 ? [] : sameBeginning(db, start, locale)),
    ];
  });
  const perhaps = JSON.stringify([...typed, ...compounds(typed), ...typed.flatMap(oneSlip)]);
  const answers = await db.batch<IndexedWord>([...knownWords(db, perhaps, locale), ...near]);
  const known = answers.flatMap(({ results }) => results);
  return correctWords(typed, known, await judgeSpellings({ typed, known, semantics }));
}

/** What helps to tell what was meant: meaning, and the words of the reader's language. */
type Judges = {
  readonly semantics?: SemanticIndex | undefined;
  readonly locale?: ReadingLocale | undefined;
};

// In the shop's own words and, where another language is read, in its words as well.
const nearWords = (db: CatalogDb, groups: string, locale: ReadingLocale | undefined) => [
  db.prepare(NEAR_WORDS_SQL).bind(groups),
  ...(locale ? [db.prepare(TRANSLATED_NEAR_WORDS_SQL).bind(groups, locale.language)] : []),
];
const sameBeginning = (db: CatalogDb, start: string, locale: ReadingLocale | undefined) => {
  const end = `${start}\u{10ffff}`;
  return [
    db.prepare(SAME_BEGINNING_SQL).bind(start, end),
    ...(locale ? [db.prepare(TRANSLATED_SAME_BEGINNING_SQL).bind(start, end, locale.language)] : []),
  ];
};
const knownWords = (db: CatalogDb, words: string, locale: ReadingLocale | undefined) => [
  db.prepare(KNOWN_WORDS_SQL).bind(words),
  ...(locale ? [db.prepare(TRANSLATED_KNOWN_WORDS_SQL).bind(words, locale.language)] : []),
];

/** How well the spellings of unknown words fit the known ones; nothing where there is nothing to choose between. */
async function judgeSpellings({
  typed,
  known,
  semantics,
}: {
  readonly typed: readonly string[];
  readonly known: readonly IndexedWord[];
  readonly semantics: SemanticIndex | undefined;
}): Promise<Fits> {
  const terms = new Set(known.map(({ term }) => term));
  const rest = typed.filter((word) => terms.has(word)).join(" ");
  const spellings = typed
    .filter((word) => !terms.has(word))
    .map((word) => spellingsOf(word, known).slice(0, MAX_JUDGED_SPELLINGS))
    .filter(({ length }) => length > 1)
    .flatMap((near) => near.map(({ term }) => term));
  if (!semantics || rest === "" || spellings.length === 0) return new Map();
  return (await askMeaning(semantics.compareTexts(rest, spellings))) ?? new Map();
}

/** `heron` as `"her" OR "ero" OR "ron"`: a letter or digit each, so nothing is an operator. */
const groupsOfThree = (letters: readonly string[]): string =>
  letters
    .slice(0, -2)
    .map((_, index) => `"${letters.slice(index, index + 3).join("")}"`)
    .join(" OR ");

/** The word with two neighbours swapped or one letter too many: slips that may leave no group of three letters. */
function oneSlip(word: string): string[] {
  const letters = Array.from(word).slice(0, MAX_CORRECTED_LETTERS);
  return letters.flatMap((letter, index) => {
    const [before, after] = [letters.slice(0, index), letters.slice(index + 1)];
    const [next, ...rest] = after;
    const without = [...before, ...after].join("");
    return next === undefined ? [without] : [without, [...before, next, letter, ...rest].join("")];
  });
}

/** Words that were written as one and may be two, and neighbours that may be one. */
function compounds(words: readonly string[]): string[] {
  const parts = words.flatMap((word) => {
    const letters = Array.from(word).slice(0, MAX_CORRECTED_LETTERS);
    return letters
      .slice(3, -2)
      .flatMap((_, index) => [letters.slice(0, index + 3).join(""), letters.slice(index + 3).join("")]);
  });
  const joined = words.slice(1).map((word, index) => `${words[index] ?? ""}${word}`);
  return [...parts, ...joined];
}
