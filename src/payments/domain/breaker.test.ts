import { describe, expect, test } from "vitest";
import { after, epochMs } from "#kernel";
import { afterCall, initialBreaker, tryPass, type BreakerState } from "./breaker.ts";
import { BREAKER_FAILURES, BREAKER_OPEN_MS, BREAKER_TRIAL_MS, DEFAULT_TIMEOUT_MS } from "./limits.ts";

const start = epochMs(1_000_000);
const fail = (state: BreakerState, times: number): BreakerState =>
  Array.from({ length: times }).reduce<BreakerState>((current) => afterCall(current, false, start), state);

describe("circuit breaker", () => {
  test("lets calls through until the last allowed failure in a row", () => {
    expect(tryPass(fail(initialBreaker, BREAKER_FAILURES - 1), start).mayPass).toBe(true);
    expect(tryPass(fail(initialBreaker, BREAKER_FAILURES), start).mayPass).toBe(false);
  });

  test("a success forgets the failures before it", () => {
    const shaken = afterCall(fail(initialBreaker, BREAKER_FAILURES - 1), true, start);
    expect(tryPass(fail(shaken, BREAKER_FAILURES - 1), start).mayPass).toBe(true);
  });

  test("when its time is over, exactly one call may try", () => {
    const open = fail(initialBreaker, BREAKER_FAILURES);
    expect(tryPass(open, after(start, BREAKER_OPEN_MS - 1)).mayPass).toBe(false);
    const trial = tryPass(open, after(start, BREAKER_OPEN_MS));
    expect(trial.mayPass).toBe(true);
    expect(tryPass(trial.state, after(start, BREAKER_OPEN_MS + 1)).mayPass).toBe(false);
  });

  test("a trial that went well closes it, one that failed opens it anew", () => {
    const later = after(start, BREAKER_OPEN_MS);
    const trial = tryPass(fail(initialBreaker, BREAKER_FAILURES), later).state;
    expect(afterCall(trial, true, later)).toEqual(initialBreaker);
    expect(tryPass(afterCall(trial, false, later), after(later, BREAKER_OPEN_MS - 1)).mayPass).toBe(false);
  });

  test("a trial that never came back does not block for ever", () => {
    const later = after(start, BREAKER_OPEN_MS);
    const trial = tryPass(fail(initialBreaker, BREAKER_FAILURES), later).state;
    expect(tryPass(trial, after(later, BREAKER_TRIAL_MS)).mayPass).toBe(true);
  });

  test("a trial outlasts the longest call", () => {
    expect(BREAKER_TRIAL_MS).toBeGreaterThan(DEFAULT_TIMEOUT_MS);
  });
});
