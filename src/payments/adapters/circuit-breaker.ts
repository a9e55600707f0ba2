import { platformClock, type Clock } from "#platform";
import { SECOND_MS } from "#kernel";
import { afterCall, initialBreaker, tryPass, waitMs, type BreakerState } from "../domain/breaker.ts";
import { MIN_RETRY_AFTER_SECONDS } from "../domain/limits.ts";

export type CircuitBreaker = {
  /** Whether a call may go out now; a true answer must be followed by {@link CircuitBreaker.record}. */
  tryPass(): boolean;
  record(isSuccess: boolean): void;
  /** Closed: the last calls went well. */
  isClosed(): boolean;
  /** Whether the very last call went well, or none was made: nothing speaks against sending money now. */
  isUntroubled(): boolean;
  /** When a refused caller may try again. */
  retryAfterSeconds(): number;
};

/** Holds the state of one breaker for as long as its owner lives. */
export function createCircuitBreaker(clock: Clock = platformClock): CircuitBreaker {
  let state: BreakerState = initialBreaker;
  return {
    tryPass() {
      const decision = tryPass(state, clock.now());
      state = decision.state;
      return decision.mayPass;
    },
    record(isSuccess) {
      state = afterCall(state, isSuccess, clock.now());
    },
    isClosed: () => state.status === "closed",
    isUntroubled: () => state.status === "closed" && state.failures === 0,
    retryAfterSeconds: () =>
      Math.max(MIN_RETRY_AFTER_SECONDS, Math.ceil(waitMs(state, clock.now()) / SECOND_MS)),
  };
}

const MAX_KEPT_BREAKERS = 8;
// Mutable module state on purpose: what one request learns about a dead provider should spare the next one. It is only a
// cache of bad news; losing it with the isolate costs a few slow calls and nothing else.
const isolateBreakers = new Map<string, CircuitBreaker>();

/** The breaker that all callers of one provider address share within this isolate. */
export function isolateBreaker(address: string): CircuitBreaker {
  const known = isolateBreakers.get(address);
  if (known) return known;
  if (isolateBreakers.size >= MAX_KEPT_BREAKERS) isolateBreakers.clear();
  const breaker = createCircuitBreaker();
  isolateBreakers.set(address, breaker);
  return breaker;
}
