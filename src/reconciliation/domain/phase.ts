import { after, type EpochMs } from "#kernel";
import type { OrderStatus } from "#orders";
import {
  AUTHORISING_STAY_MS,
  HOLDING_STAY_MS,
  PASSING_LIMIT_MS,
  PERSON_STAY_MS,
  REFUNDING_STAY_MS,
  STEP_STAY_MS,
  UNKNOWN_STAY_MS,
} from "./limits.ts";

/**
 * How far an order is, as far as money is concerned. `open`: nothing has been taken. `moving`: money may be here or on
 * its way. `sold`: what was owed is here. `undone`: nothing of the buyer's money is kept.
 */
export type Phase = "open" | "moving" | "sold" | "undone";

/** `stayMs`: the longest time that the state may last without an event; absent where an order may rest. */
type StateFacts = { readonly phase: Phase; readonly stayMs?: number };

const STATES: Readonly<Record<string, StateFacts>> = {
  created: { phase: "open", stayMs: PASSING_LIMIT_MS },
  holding: { phase: "open", stayMs: HOLDING_STAY_MS },
  held: { phase: "open", stayMs: PASSING_LIMIT_MS },
  authorising: { phase: "open", stayMs: AUTHORISING_STAY_MS },
  payment_unknown: { phase: "open", stayMs: UNKNOWN_STAY_MS },
  authorised: { phase: "open", stayMs: PASSING_LIMIT_MS },
  needs_attention: { phase: "moving", stayMs: PERSON_STAY_MS },
  committing: { phase: "moving", stayMs: STEP_STAY_MS },
  capturing: { phase: "moving", stayMs: STEP_STAY_MS },
  confirmed: { phase: "sold" },
  fulfilling: { phase: "sold" },
  shipped: { phase: "sold" },
  delivered: { phase: "sold" },
  closed: { phase: "sold" },
  refunding: { phase: "moving", stayMs: REFUNDING_STAY_MS },
  refunded: { phase: "undone" },
  releasing: { phase: "moving", stayMs: STEP_STAY_MS },
  cancelled: { phase: "undone" },
} satisfies Readonly<Record<OrderStatus, StateFacts>> & Record<string, StateFacts>;

const stateOf = (status: OrderStatus): StateFacts => STATES[status] ?? { phase: "moving" };
export const phaseOf = (status: OrderStatus): Phase => stateOf(status).phase;

/** When an order that nothing has touched since `updatedAt` should have moved on; `undefined` where it may rest. */
export function deadlineOf(status: OrderStatus, updatedAt: EpochMs): EpochMs | undefined {
  const { stayMs } = stateOf(status);
  return stayMs === undefined ? undefined : after(updatedAt, stayMs);
}
