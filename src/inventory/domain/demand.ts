import { after, SECOND_MS, type EpochMs } from "#kernel";
import type { Rush } from "../contract.ts";
import {
  DEMAND_WINDOW_MS,
  LINE_CLOSES_BELOW_PER_SECOND,
  LINE_OPEN_MS,
  LINE_RENEW_MS,
} from "./escrow-limits.ts";

/** How often something was asked for lately: this window's count and the one before, so that the rate never jumps to 0. */
export type Demand = { readonly windowAt: EpochMs; readonly count: number; readonly before: number };

/** Counts one request. */
export function countDemand(demand: Demand | undefined, now: EpochMs): Demand {
  const current = turnWindow(demand, now);
  return { ...current, count: current.count + 1 };
}

/** Requests per second over about two windows. A clock that was set back starts anew. */
export function demandPerSecond(demand: Demand | undefined, now: EpochMs): number {
  const { windowAt, count, before } = turnWindow(demand, now);
  const share = (now - windowAt) / DEMAND_WINDOW_MS;
  // The part of the window before that still lies within one window's length, as if its requests were spread evenly.
  return ((before * (1 - share) + count) * SECOND_MS) / DEMAND_WINDOW_MS;
}

function turnWindow(demand: Demand | undefined, now: EpochMs): Demand {
  const age = demand ? now - demand.windowAt : Infinity;
  if (!demand || age < 0 || age >= 2 * DEMAND_WINDOW_MS) return { windowAt: now, count: 0, before: 0 };
  if (age < DEMAND_WINDOW_MS) return demand;
  const windowAt = (demand.windowAt + DEMAND_WINDOW_MS) as EpochMs;
  return { windowAt, count: 0, before: demand.count };
}

/**
 * Whether the line in front of a SKU is open, by the measured rate of holds: it opens at `opensAt`, and stays open as
 * long as people come through it. The same object is returned while nothing changes.
 */
export function decideRush(
  rush: Rush | undefined,
  holdsPerSecond: number,
  at: { readonly now: EpochMs; readonly opensAt: number },
): Rush | undefined {
  const isOpen = rush !== undefined && rush.lineOpenUntil > at.now;
  const isWanted =
    holdsPerSecond >= (isOpen ? Math.min(LINE_CLOSES_BELOW_PER_SECOND, at.opensAt) : at.opensAt);
  if (!isWanted) return isOpen ? rush : undefined;
  if (isOpen && rush.lineOpenUntil - at.now > LINE_RENEW_MS) return rush;
  return { lineOpenUntil: after(at.now, LINE_OPEN_MS) };
}
