import { MOIRE, SCALLOPS, TIDE, TRUCHET } from "./arcs.ts";
import { CONTOURS, FLOW } from "./fields.ts";
import { SPLIT_FIELDS } from "./split-fields.ts";
import { GROWTH, STARS } from "./figures.ts";
import { PETALS, QUARTER_CIRCLES, TRIANGLES } from "./quarters.ts";
import type { Rule } from "./rule.ts";
import { BRUSH, LEAVES, PEBBLES, SEEDHEAD, TERRAZZO } from "./scatter.ts";
import { BASKET, HOUND_CHECK, WOVEN_STRIPES } from "./woven.ts";

/** Every rule that the shop draws by, in the order of its number. */
export const RULEBOOK = {
  stripes: WOVEN_STRIPES,
  terrazzo: TERRAZZO,
  contours: CONTOURS,
  truchet: TRUCHET,
  quarters: QUARTER_CIRCLES,
  scallops: SCALLOPS,
  stars: STARS,
  leaves: LEAVES,
  moire: MOIRE,
  check: HOUND_CHECK,
  brush: BRUSH,
  growth: GROWTH,
  tide: TIDE,
  flow: FLOW,
  pebbles: PEBBLES,
  split: SPLIT_FIELDS,
  seedhead: SEEDHEAD,
  basket: BASKET,
  petals: PETALS,
  triangles: TRIANGLES,
} as const satisfies Record<string, Rule>;
export type RuleName = keyof typeof RULEBOOK;
