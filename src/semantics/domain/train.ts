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

/** The catalogue in training: what terms each product has, as numbers. */
type Corpus = { readonly counted: readonly CountedTerm[]; readonly rows: readonly Row[] };
type CountedTerm = { readonly term: string; readonly products: number; readonly rarity: number };
type Row = { readonly places: Uint16Array; readonly weights: Float32Array };

/**
 * Learns what terms mean from the company they keep: terms that stand in the same products, or in products whose other terms
 * are the same, point the same way. It is latent semantic analysis: the 64 strongest directions of the table of products and
 * weighted terms, found by repeated multiplication (subspace iteration) from a seeded beginning. One catalogue gives one
 * model. Memory is bounded by {@link MAX_MODEL_TERMS} and the products that the caller gives; time grows with both.
 */
export function trainModel(products: readonly Terms[]): readonly ModelTerm[] {
  const corpus = readCorpus(products);
  const size = corpus.counted.length;
  if (size === 0) return [];
  const random = seededNumbers(TRAINING_SEED);
  const used = directionsFor(products.length);
  let table = Float64Array.from({ length: size * DIMENSIONS }, (_, at) =>
    at % DIMENSIONS < used ? random() - 0.5 : 0,
  );
  makeUpright(table, size);
  let strengths = new Float64Array(DIMENSIONS);
  for (let round = 0; round < TRAINING_ROUNDS; round += 1) {
    table = spread(corpus, table);
    strengths = makeUpright(table, size);
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
function readCorpus(products: readonly Terms[]): Corpus {
  const counts = new Map<string, number>();
  for (const terms of products)
    for (const term of terms.keys()) {
      const count = counts.get(term);
      if (count !== undefined) counts.set(term, count + 1);
      else if (counts.size < MAX_COUNTED_TERMS) counts.set(term, 1);
    }
  const counted = [...counts]
    .filter(([, count]) => count >= MIN_TERM_PRODUCTS)
    .sort(([one, first], [other, second]) => second - first || compareText(one, other))
    .slice(0, MAX_MODEL_TERMS)
    .map(([term, count]) => ({ term, products: count, rarity: Math.log(1 + products.length / count) }));
  const placeOf = new Map(counted.map(({ term }, place) => [term, place]));
  return { counted, rows: products.map((terms) => rowOf(terms, { counted, placeOf })) };
}

function rowOf(
  terms: Terms,
  { counted, placeOf }: Pick<Corpus, "counted"> & { readonly placeOf: ReadonlyMap<string, number> },
): Row {
  const known = [...terms].flatMap(([term, weight]) => {
    const place = placeOf.get(term);
    return place === undefined ? [] : [{ place, weight: weight * (counted[place]?.rarity ?? 0) }];
  });
  const length = Math.hypot(...known.map(({ weight }) => weight)) || 1;
  return {
    places: Uint16Array.from(known, ({ place }) => place),
    weights: Float32Array.from(known, ({ weight }) => weight / length),
  };
}

/** Each product gathers its terms, each term gathers its products: what stands together moves together. */
function spread({ counted, rows }: Corpus, table: Float64Array): Float64Array<ArrayBuffer> {
  const next = new Float64Array(counted.length * DIMENSIONS);
  const product = new Float64Array(DIMENSIONS);
  for (const { places, weights } of rows) {
    product.fill(0);
    for (let index = 0; index < places.length; index += 1)
      addTo(product, 0, {
        from: table,
        start: (places[index] ?? 0) * DIMENSIONS,
        times: weights[index] ?? 0,
      });
    for (let index = 0; index < places.length; index += 1)
      addTo(next, (places[index] ?? 0) * DIMENSIONS, { from: product, start: 0, times: weights[index] ?? 0 });
  }
  return next;
}

type Addend = { readonly from: Float64Array; readonly start: number; readonly times: number };

function addTo(target: Float64Array, at: number, { from, start, times }: Addend): void {
  for (let part = 0; part < DIMENSIONS; part += 1)
    target[at + part] = (target[at + part] ?? 0) + times * (from[start + part] ?? 0);
}

/** Makes the columns upright to each other and as long as one (modified Gram-Schmidt); tells how long they were. */
function makeUpright(table: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const lengths = new Float64Array(DIMENSIONS);
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
  }
  return lengths;
}

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
