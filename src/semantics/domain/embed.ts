import { DIMENSIONS } from "./limits.ts";
import type { Terms } from "./text.ts";
import type { ModelTerm } from "./train.ts";
import { directionOf, type Direction } from "./vectors.ts";

/** What is known of terms, by term. */
export type KnownTerms = ReadonlyMap<string, Pick<ModelTerm, "direction" | "force">>;

/** Where something with these terms points; `undefined` when none of them is known. */
export function embed(terms: Terms, known: KnownTerms): Direction | undefined {
  const sum = new Float64Array(DIMENSIONS);
  for (const [term, weight] of terms) {
    const found = known.get(term);
    if (!found) continue;
    const times = (weight * found.force) / 127;
    for (let part = 0; part < DIMENSIONS; part += 1)
      sum[part] = (sum[part] ?? 0) + times * (found.direction[part] ?? 0);
  }
  return directionOf(sum);
}
