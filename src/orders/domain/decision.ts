import { ok, refuse, type EpochMs, type Result } from "#kernel";
import type { OrderRefusal } from "../contract.ts";
import type { OrderEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { MAX_FLAGS } from "./limits.ts";
import type { OrderState } from "./state.ts";

/** What a command leads to; no events means that it was a repeat or came too late. */
export type Decision = Result<readonly OrderEvent[], OrderRefusal>;

export const nothing: Decision = ok([]);
export const happened = (...events: readonly OrderEvent[]): Decision => ok(events);

/** The command does not fit the order's state. */
export const unfit = (state: OrderState, command: string): Decision =>
  refuse({ code: "transition_refused", status: state.status, command });

/** The state that these events lead to, so that a decision can go on from there. */
export const afterAll = (state: OrderState, events: readonly OrderEvent[], now: EpochMs): OrderState =>
  events.reduce<OrderState>(
    (next, event) => evolve(next, { sequence: next.version + 1, occurredAt: now, event }),
    state,
  );

/** The events, and what follows from the state after them. */
export const followedBy = (
  state: OrderState,
  events: readonly OrderEvent[],
  follow: { readonly now: EpochMs; readonly with: (state: OrderState) => readonly OrderEvent[] },
): OrderEvent[] => [...events, ...follow.with(afterAll(state, events, follow.now))];

/** Refuses what a person asks who has seen an older order; `undefined` when it may go on. */
export const staleRefusal = (
  state: OrderState,
  command: { readonly expectedVersion?: number },
): Decision | undefined =>
  command.expectedVersion !== undefined && command.expectedVersion !== state.version
    ? refuse({ code: "version_conflict", version: state.version })
    : undefined;

/** Raises a flag for a person, once. */
export function flag(state: OrderState, code: string, reference: string): OrderEvent[] {
  const isRaised = state.flags.some((known) => known.code === code && known.reference === reference);
  return isRaised || state.flags.length >= MAX_FLAGS
    ? []
    : [{ type: "order.attention_flagged", code, reference }];
}
