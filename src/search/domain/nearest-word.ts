import { compareText } from "#kernel";
import { MEANING_IN_LETTERS } from "./limits.ts";

/** A word of the shop and the number of products that have it. */
export type IndexedWord = { readonly term: string; readonly products: number };

/** Letters that may be wrong: one in a short word, two in a longer one. */
const tolerated = (word: string): number => (word.length <= 4 ? 1 : 2);

/** How well a spelling fits the rest of the query: 1 wholly, 0 not at all or not known. */
export type Fits = ReadonlyMap<string, number>;

/**
 * The word that was probably meant: itself when it is known or begins a known word, else the nearest known word by letters and
 * by what fits the rest of the query (then the most frequent one); `undefined` when nothing is near.
 */
export function nearestWord(
  word: string,
  known: readonly IndexedWord[],
  fits: Fits = new Map(),
): string | undefined {
  if (known.some(({ term }) => term.startsWith(word))) return word;
  return spellingsOf(word, known)
    .map((near) => ({
      ...near,
      away: near.distance - MEANING_IN_LETTERS * Math.max(0, fits.get(near.term) ?? 0),
    }))
    .sort((a, b) => a.away - b.away || bySpelling(a, b))[0]?.term;
}

type Spelling = IndexedWord & { readonly distance: number };

/** Known words that may have been meant by a word that is not known, the nearest by letters first. */
export const spellingsOf = (word: string, known: readonly IndexedWord[]): readonly Spelling[] =>
  known
    .map(({ term, products }) => ({ term, products, distance: editDistance(word, term) }))
    .filter(({ distance }) => distance <= tolerated(word))
    .sort(bySpelling);

const bySpelling = (a: Spelling, b: Spelling): number =>
  a.distance - b.distance || b.products - a.products || compareText(a.term, b.term);

/**
 * What was probably meant by these words, given known words that look like them: neighbours that belong together are
 * joined, a word that is two is parted, else each becomes its nearest one. `undefined` when that changes nothing.
 */
export function correctWords(
  typed: readonly string[],
  known: readonly IndexedWord[],
  fits: Fits = new Map(),
): string | undefined {
  const terms = new Set(known.map(({ term }) => term));
  const meant: string[] = [];
  for (let index = 0; index < typed.length; index += 1) {
    const word = typed[index] ?? "";
    const both = `${word}${typed[index + 1] ?? ""}`;
    if (index + 1 < typed.length && terms.has(both)) {
      meant.push(both);
      index += 1;
    } else
      meant.push(
        terms.has(word) ? word : (partedWord(word, terms) ?? nearestWord(word, known, fits) ?? word),
      );
  }
  const text = meant.join(" ");
  return text === typed.join(" ") ? undefined : text;
}

/** `teatowel` as `tea towel`, when both are known and have three letters or more. */
function partedWord(word: string, known: ReadonlySet<string>): string | undefined {
  const letters = Array.from(word);
  for (let at = 3; at <= letters.length - 3; at += 1) {
    const [left, right] = [letters.slice(0, at).join(""), letters.slice(at).join("")];
    if (known.has(left) && known.has(right)) return `${left} ${right}`;
  }
  return undefined;
}

/**
 * Letters to add, drop, change or swap with their neighbour until two words are equal (optimal string alignment).
 * Words that differ in length by more than two count as far away, so the cost is bounded.
 */
export function editDistance(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
