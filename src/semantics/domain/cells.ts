import {
  CELL_ROUNDS,
  DIMENSIONS,
  MAX_CELLS,
  MAX_CELL_SAMPLE,
  PRODUCTS_PER_CELL,
  TRAINING_SEED,
} from "./limits.ts";
import { seededNumbers } from "./seeded.ts";
import type { Steps } from "./steps.ts";
import { directionOf, DirectionTable, type Direction } from "./vectors.ts";

/**
 * Parts the space of meanings into cells, so that a product is compared with its surroundings and not with the whole shop:
 * the middles of some groups of a sample (k-means by direction, seeded). `total` is how many products there will be; a shop
 * of up to {@link PRODUCTS_PER_CELL} has one cell, and none without a sample.
 */
export function* layOutCells(sample: readonly Direction[], total: number): Steps<readonly Direction[]> {
  const random = seededNumbers(TRAINING_SEED);
  const drawn = drawSome(sample, random);
  const count = Math.min(MAX_CELLS, Math.ceil(total / PRODUCTS_PER_CELL), drawn.length);
  let middles: readonly Direction[] = drawSome(drawn, random, count);
  for (let round = 0; round < CELL_ROUNDS && count > 1; round += 1)
    middles = yield* moveMiddles(middles, drawn);
  return middles;
}

/** Cells nearest to a direction, the nearest first. */
export const nearestCells = (cells: DirectionTable, to: Direction, limit: number): number[] =>
  cells.nearest(to, { limit, least: -1 }).map(({ index }) => index);

function* moveMiddles(middles: readonly Direction[], sample: readonly Direction[]): Steps<Direction[]> {
  const table = new DirectionTable(middles);
  const sums = middles.map(() => new Float64Array(DIMENSIONS));
  for (const direction of sample) {
    const sum = sums[nearestCells(table, direction, 1)[0] ?? 0];
    for (let part = 0; sum && part < DIMENSIONS; part += 1)
      sum[part] = (sum[part] ?? 0) + (direction[part] ?? 0);
    yield (middles.length + 1) * DIMENSIONS;
  }
  return middles.map((middle, index) => directionOf(sums[index] ?? []) ?? middle);
}

/** Some of all without repeats, in a seeded order (the beginning of a shuffle). */
function drawSome<T>(all: readonly T[], random: () => number, count = MAX_CELL_SAMPLE): T[] {
  const pool = [...all];
  const taken = Math.min(count, pool.length);
  for (let index = 0; index < taken; index += 1) {
    const other = index + Math.floor(random() * (pool.length - index));
    const [one, two] = [pool[index], pool[other]];
    if (one !== undefined && two !== undefined) [pool[index], pool[other]] = [two, one];
  }
  return pool.slice(0, taken);
}
