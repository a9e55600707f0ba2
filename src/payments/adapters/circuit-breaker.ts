import { platformClock, type Clock } from "#platform";
import { afterCall, initialBreaker, tryPass, type BreakerState } from "../domain/breaker.ts";

export type CircuitBreaker = {
  /** Whether a call may go out now; a true answer must be followed by {@link CircuitBreaker.record}. */
  tryPass(): boolean;
  record(isSuccess: boolean): void;
  /** Closed: the last calls went well. */
  isClosed(): boolean;
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
