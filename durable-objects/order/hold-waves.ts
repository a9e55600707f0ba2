import { chunk } from "#platform";
import { HELD_ONE_BY_ONE, HOLD_WAVE } from "../../src/orders/domain/limits.ts";

/**
 * In canonical order: the first ones one by one, so that of two carts that cross on their last units the one that gets
 * the first SKU gets the others too; the rest of a long list in waves.
 */
export const holdWaves = <Unit>(units: readonly Unit[]): readonly (readonly Unit[])[] => [
  ...chunk(units.slice(0, HELD_ONE_BY_ONE), 1),
  ...chunk(units.slice(HELD_ONE_BY_ONE), HOLD_WAVE),
];
