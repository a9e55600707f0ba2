import type { EpochMs } from "#kernel";
import { BREAKER_FAILURES, BREAKER_OPEN_MS, BREAKER_TRIAL_MS } from "./limits.ts";

/**
 * A circuit breaker as a decider. Closed lets everything through; open lets nothing through until its time is over;
 * on trial lets one call through and waits for how it goes.
 */
export type BreakerState =
  | { readonly status: "closed"; readonly failures: number }
  | { readonly status: "open"; readonly openedAt: EpochMs }
  | { readonly status: "trial"; readonly startedAt: EpochMs };

export const initialBreaker: BreakerState = { status: "closed", failures: 0 };

/** Whether a call may go out now, and the state after it has. */
export function tryPass(
  state: BreakerState,
  now: EpochMs,
): { readonly mayPass: boolean; readonly state: BreakerState } {
  const isWaitOver =
    (state.status === "open" && now - state.openedAt >= BREAKER_OPEN_MS) ||
    (state.status === "trial" && now - state.startedAt >= BREAKER_TRIAL_MS);
  if (isWaitOver) return { mayPass: true, state: { status: "trial", startedAt: now } };
  return { mayPass: state.status === "closed", state };
}

/** Milliseconds until the next call may go out; 0 when one may now. */
export function waitMs(state: BreakerState, now: EpochMs): number {
  switch (state.status) {
    case "closed":
      return 0;
    case "open":
      return Math.max(0, state.openedAt + BREAKER_OPEN_MS - now);
    case "trial":
      return Math.max(0, state.startedAt + BREAKER_TRIAL_MS - now);
  }
}

/** The state after a call: one success closes; {@link BREAKER_FAILURES} failures in a row, or a failed trial, open. */
export function afterCall(state: BreakerState, isSuccess: boolean, now: EpochMs): BreakerState {
  if (isSuccess) return initialBreaker;
  switch (state.status) {
    case "open":
      return state;
    case "trial":
      return { status: "open", openedAt: now };
    case "closed":
      return state.failures + 1 >= BREAKER_FAILURES
        ? { status: "open", openedAt: now }
        : { status: "closed", failures: state.failures + 1 };
  }
}
