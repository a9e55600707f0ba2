import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../support/random.ts";
import type { ShopProcess } from "./shop-process.ts";
import type { Attempt } from "./shoppers.ts";

/** One start in so many is killed before it is ready. */
const KILLED_STARTS = 5;
/** After every so many kills the trade pauses until the shop has come to rest. */
const REST_EVERY = 8;
/** Milliseconds of trade between a start and the next kill. */
export const TRADE_MS = { from: 100, to: 1_200 } as const;
const BOOT_MS = { from: 500, to: 2_500 } as const;

export type Killing = {
  readonly served: ShopProcess;
  readonly random: Random;
  readonly kills: number;
  readonly attempts: readonly Attempt[];
  readonly pause: (isPaused: boolean) => void;
  /** Waits until nothing moves any more; gives what still does when the time is over. */
  readonly comeToRest: () => Promise<readonly string[]>;
};

/** What the killer saw, all durations in milliseconds. */
export type Killed = {
  readonly restartMs: readonly number[];
  /** From a restart until everything was final, nothing was held and nobody waited, for the kills followed by a pause. */
  readonly restMs: readonly number[];
  /** What had not come to rest in time, one line each. */
  readonly restless: readonly string[];
  /** Of each request that a kill cut off: how long the shop served again before it was answered for good. */
  readonly answeredMs: readonly number[];
  /** The same from the kill on: what its sender waited while nothing served is in it. */
  readonly waitedMs: readonly number[];
};

/** Kills the shop again and again while people pay. It serves at the end, and has come to rest. */
export async function killAgainAndAgain(killing: Killing): Promise<Killed> {
  const { served, random, kills } = killing;
  const restartMs: number[] = [];
  const restMs: number[] = [];
  const restless: string[] = [];
  const serving: Span[] = [{ from: Date.now() }];
  const cutOff: { readonly attempt: Attempt; readonly atMs: number }[] = [];
  let sinceRest = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    sinceRest += 1;
    await sleep(random.whole(TRADE_MS.from, TRADE_MS.to));
    endSpan(serving);
    await served.kill();
    cutOff.push(...killing.attempts.filter(isWaiting).map((attempt) => ({ attempt, atMs: Date.now() })));
    if (kill % KILLED_STARTS === 0 && kill < kills) {
      kill += 1;
      sinceRest += 1;
      await served.startAndKill(random.whole(BOOT_MS.from, BOOT_MS.to));
    }
    restartMs.push(await served.start());
    serving.push({ from: Date.now() });
    if (sinceRest < REST_EVERY && kill < kills) continue;
    sinceRest = 0;
    const restarted = Date.now();
    killing.pause(true);
    restless.push(...(await killing.comeToRest()));
    restMs.push(Date.now() - restarted);
    killing.pause(false);
  }
  endSpan(serving);
  const answeredMs = cutOff.map(({ attempt, atMs }) => servedBetween(serving, atMs, attempt.answeredAtMs));
  const waitedMs = cutOff.map(({ attempt, atMs }) => (attempt.answeredAtMs ?? Date.now()) - atMs);
  return { restartMs, restMs, restless, answeredMs, waitedMs };
}

const isWaiting = (attempt: Attempt): boolean => attempt.sentAtMs !== undefined && !attempt.outcome;

/** A time in which the shop served. */
type Span = { readonly from: number; to?: number };

function endSpan(spans: readonly Span[]): void {
  const last = spans.at(-1);
  if (last) last.to ??= Date.now();
}

/** Time in which nothing serves is the killer's, not the shop's. */
function servedBetween(spans: readonly Span[], from: number, to = Date.now()): number {
  return spans
    .map((span) => Math.min(to, span.to ?? to) - Math.max(from, span.from))
    .filter((ms) => ms > 0)
    .reduce((sum, ms) => sum + ms, 0);
}
