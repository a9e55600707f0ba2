import { compareText } from "#kernel";
import {
  DIMENSIONS,
  MAX_COUNTED_TERMS,
  MAX_MODEL_TERMS,
  MIN_TERM_PRODUCTS,
  TRAINING_ROUNDS,
  TRAINING_SEED,
} from "./limits.ts";
import { seededNumbers } from "./seeded.ts";
import type { Steps } from "./steps.ts";
import type { Terms } from "./text.ts";
import { directionOf, lengthOf, type Direction } from "./vectors.ts";

/** A term of the model: where it points, and how much it moves what has it. */
export type ModelTerm = {
  readonly term: string;
  readonly direction: Direction;
  /** Above 0; rare terms move more than common ones. */
  readonly force: number;
  /** Products that have it, of those that were looked at. */
  readonly products: number;
};

/** The terms of products, page by page, as often as asked: only one page need be in memory at a time. */
export type TermPages = {
  readonly products: number;
  readonly pages: number;
  read(page: number): readonly Terms[];
};

/** How far training is: after so many rounds, with this table. */
export type Checkpoint = {
  readonly rounds: number;
  readonly table: Float64Array<ArrayBuffer>;
  readonly strengths: Float64Array<ArrayBuffer>;
};

export type Training = {
  /** Where an earlier training of the same products stopped. */
  readonly from?: Checkpoint | undefined;
  /** Told after each round; nothing changes what it was told. */
  readonly keep?: (checkpoint: Checkpoint) => void;
};

/** The catalogue in training: what terms each product has, as numbers, a page of products in each piece. */
type Corpus = { readonly counted: readonly CountedTerm[]; readonly pieces: readonly Piece[] };
type CountedTerm = { readonly term: string; readonly products: number; readonly rarity: number };
/** Terms and weights of products one after the other; `ends` says where each product ends. */
type Piece = { readonly ends: Uint32Array; readonly places: Uint16Array; readonly weights: Float32Array };

/**
 * Learns what terms mean from the company they keep: terms that stand in the same products, or in products whose other terms
 * are the same, point the same way. It is latent semantic analysis: the 64 strongest directions of the table of products and
 * weighted terms, found by repeated multiplication (subspace iteration) from a seeded beginning. One catalogue gives one
 * model, whether or not it was interrupted. Memory is bounded by {@link MAX_MODEL_TERMS} and the terms of the products that
 * the caller gives; time grows with both.
 */
export function* trainModel(products: TermPages, { from, keep }: Training = {}): Steps<readonly ModelTerm[]> {
  const corpus = yield* readCorpus(products);
  const size = corpus.counted.length;
  if (size === 0) return [];
  let { table, strengths } = from ?? {
    table: yield* begin(size, products.products),
    strengths: noStrengths(),
  };
  for (let rounds = (from?.rounds ?? 0) + 1; rounds <= TRAINING_ROUNDS; rounds += 1) {
    table = yield* spread(corpus, table);
    strengths = yield* makeUpright(table, size);
    keep?.({ rounds, table, strengths });
  }
  const stretch = strengths.map((strength) => strength ** STRETCH);
  return corpus.counted.flatMap((counted, place) => {
    const vector = table.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS);
    return modelTerm(
      counted,
      vector.map((value, part) => value * (stretch[part] ?? 0)),
    );
  });
}

const noStrengths = (): Float64Array<ArrayBuffer> => new Float64Array(DIMENSIONS);

/** A seeded table to begin with. */
function* begin(size: number, products: number): Steps<Float64Array<ArrayBuffer>> {
  const random = seededNumbers(TRAINING_SEED);
  const used = directionsFor(products);
  const table = new Float64Array(size * DIMENSIONS);
  for (let at = 0; at < table.length; at += 1) table[at] = at % DIMENSIONS < used ? random() - 0.5 : 0;
  yield table.length;
  yield* makeUpright(table, size);
  return table;
}

/**
 * How many directions a catalogue has room for. With as many directions as products nothing has to share one, and only
 * what has the same words would be alike.
 */
const directionsFor = (products: number): number =>
  Math.min(DIMENSIONS, Math.max(MIN_DIRECTIONS, Math.round(DIRECTIONS_PER_ROOT * Math.sqrt(products))));
const MIN_DIRECTIONS = 4;
const DIRECTIONS_PER_ROOT = 2;

function modelTerm({ term, products, rarity }: CountedTerm, vector: Float64Array): ModelTerm[] {
  const direction = directionOf(vector);
  return direction ? [{ term, direction, force: rarity * lengthOf(vector), products }] : [];
}

/** Which terms count, and what each product has of them. */
function* readCorpus(products: TermPages): Steps<Corpus> {
  const counts = new Map<string, number>();
  for (let page = 0; page < products.pages; page += 1) yield countTerms(products.read(page), counts);
  const counted = [...counts]
    .filter(([, count]) => count >= MIN_TERM_PRODUCTS)
    .sort(([one, first], [other, second]) => second - first || compareText(one, other))
    .slice(0, MAX_MODEL_TERMS)
    .map(([term, count]) => ({ term, products: count, rarity: Math.log(1 + products.products / count) }));
  yield counts.size * WORK_OF_A_TERM;
  counts.clear();
  const placeOf = new Map(counted.map(({ term }, place) => [term, place]));
  const pieces: Piece[] = [];
  for (let page = 0; page < products.pages; page += 1) {
    const piece = pieceOf(products.read(page), { counted, placeOf });
    pieces.push(piece);
    yield piece.places.length * WORK_OF_A_TERM;
  }
  return { counted, pieces };
}

/** Looking a term up takes as long as so many multiplications. */
const WORK_OF_A_TERM = 100;

/** Counts the products of each term; tells how much work that was. */
function countTerms(page: readonly Terms[], counts: Map<string, number>): number {
  let looked = 0;
  for (const terms of page)
    for (const term of terms.keys()) {
      looked += WORK_OF_A_TERM;
      const count = counts.get(term);
      if (count !== undefined) counts.set(term, count + 1);
      else if (counts.size < MAX_COUNTED_TERMS) counts.set(term, 1);
    }
  return looked;
}

function pieceOf(
  page: readonly Terms[],
  { counted, placeOf }: Pick<Corpus, "counted"> & { readonly placeOf: ReadonlyMap<string, number> },
): Piece {
  const places: number[] = [];
  const weights: number[] = [];
  const ends = page.map((terms) => {
    const known = [...terms].flatMap(([term, weight]) => {
      const place = placeOf.get(term);
      return place === undefined ? [] : [{ place, weight: weight * (counted[place]?.rarity ?? 0) }];
    });
    const length = Math.hypot(...known.map(({ weight }) => weight)) || 1;
    for (const { place, weight } of known) {
      places.push(place);
      weights.push(weight / length);
    }
    return places.length;
  });
  return {
    ends: Uint32Array.from(ends),
    places: Uint16Array.from(places),
    weights: Float32Array.from(weights),
  };
}

/** Each product gathers its terms, each term gathers its products: what stands together moves together. */
function* spread({ counted, pieces }: Corpus, table: Float64Array): Steps<Float64Array<ArrayBuffer>> {
  const next = new Float64Array(counted.length * DIMENSIONS);
  for (const piece of pieces) {
    spreadPiece(piece, table, next);
    yield 2 * piece.places.length * DIMENSIONS;
  }
  return next;
}

function spreadPiece({ ends, places, weights }: Piece, table: Float64Array, next: Float64Array): void {
  const product = new Float64Array(DIMENSIONS);
  let begin = 0;
  for (const end of ends) {
    product.fill(0);
    for (let index = begin; index < end; index += 1)
      addTo(product, 0, {
        from: table,
        start: (places[index] ?? 0) * DIMENSIONS,
        times: weights[index] ?? 0,
      });
    for (let index = begin; index < end; index += 1)
      addTo(next, (places[index] ?? 0) * DIMENSIONS, { from: product, start: 0, times: weights[index] ?? 0 });
    begin = end;
  }
}

type Addend = { readonly from: Float64Array; readonly start: number; readonly times: number };

function addTo(target: Float64Array, at: number, { from, start, times }: Addend): void {
  for (let part = 0; part < DIMENSIONS; part += 1)
    target[at + part] = (target[at + part] ?? 0) + times * (from[start + part] ?? 0);
}

/** Makes the columns upright to each other and as long as one (modified Gram-Schmidt); tells how long they were. */
function* makeUpright(table: Float64Array, size: number): Steps<Float64Array<ArrayBuffer>> {
  const lengths = noStrengths();
  for (let column = 0; column < DIMENSIONS; column += 1) {
    for (let before = 0; before < column; before += 1) {
      const shared = columnProduct(table, size, [column, before]);
      for (let row = 0; row < size; row += 1) {
        const at = row * DIMENSIONS;
        table[at + column] = (table[at + column] ?? 0) - shared * (table[at + before] ?? 0);
      }
    }
    const length = Math.sqrt(columnProduct(table, size, [column, column]));
    const scale = length > TINY ? 1 / length : 0;
    lengths[column] = length > TINY ? length : 0;
    for (let row = 0; row < size; row += 1) {
      const at = row * DIMENSIONS + column;
      table[at] = (table[at] ?? 0) * scale;
    }
    // Twice along each column before it, and twice along itself; columns lie far apart in memory.
    yield WORK_OF_A_STRIDE * 2 * (column + 1) * size;
  }
  return lengths;
}

/** Stepping from row to row takes as long as so many multiplications in a row. */
const WORK_OF_A_STRIDE = 2;

/** Shorter columns are rounding dust: the catalogue has fewer directions than that. */
const TINY = 1e-9;

function columnProduct(table: Float64Array, size: number, [one, other]: readonly [number, number]): number {
  let sum = 0;
  for (let at = 0; at < size * DIMENSIONS; at += DIMENSIONS)
    sum += (table[at + one] ?? 0) * (table[at + other] ?? 0);
  return sum;
}

/**
 * How much more a strong direction counts than a weak one, as a power of its strength. Tried on the demo and on a real shop:
 * neighbours shared their kind most often at a quarter (0: 4.3 times as often as chance, 0.25: 4.5, 0.5: 4.2).
 */
const STRETCH = 0.25;
