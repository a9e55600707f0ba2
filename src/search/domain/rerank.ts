import { MEANING_WEIGHT } from "./limits.ts";

/** A hit as the words rank it. */
export type RankedHit = { readonly number: number; readonly score: number };

/**
 * The order of hits by words and meaning together: what means the same as the query counts up to half as much again. Hits
 * that nothing is known of keep their score, ties keep their order, and none is lost or added.
 */
export function orderByMeaning(
  hits: readonly RankedHit[],
  likeness: ReadonlyMap<number, number>,
): readonly number[] {
  return hits
    .map(({ number, score }, place) => ({
      number,
      place,
      score: score * (1 + MEANING_WEIGHT * Math.min(1, Math.max(0, likeness.get(number) ?? 0))),
    }))
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .map(({ number }) => number);
}
