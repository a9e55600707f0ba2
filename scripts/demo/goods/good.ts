import type { DyeName } from "../draw/dyes.ts";
import type { RuleName } from "../rules/rulebook.ts";

/** The pattern of one product, said by rule and seed; the same words always draw the same lines. */
export type PatternSpec = {
  readonly rule: RuleName;
  readonly seed: number;
  /** Size of the motif in millimetres on the real thing. */
  readonly motif: number;
  readonly ground: DyeName;
  readonly inks: readonly DyeName[];
};

/** The colours of the room that the main picture shows. */
export type RoomSpec = {
  readonly wall: DyeName;
  readonly floor: DyeName;
  readonly wood: DyeName;
  readonly accent: DyeName;
  readonly second: DyeName;
};
