import { epochMs, type EpochMs } from "#kernel";
import { PURGE_BURST, PURGE_INTERVAL_MS } from "./limits.ts";

/**
 * A bucket of {@link PURGE_BURST} tokens, one more every {@link PURGE_INTERVAL_MS}, as one number: the instant at which it
 * will be full again. In the past means full.
 */
export type PurgeBudget = { readonly fullAt: EpochMs };

/** When the next purge may be sent; in the past when it may be sent now. */
export const purgeAllowedAt = ({ fullAt }: PurgeBudget): EpochMs =>
  epochMs(Math.max(0, fullAt - (PURGE_BURST - 1) * PURGE_INTERVAL_MS));

/** The bucket after one purge; `undefined` when it is empty. */
export function spendPurge(budget: PurgeBudget, now: EpochMs): PurgeBudget | undefined {
  if (purgeAllowedAt(budget) > now) return undefined;
  return { fullAt: epochMs(Math.max(budget.fullAt, now) + PURGE_INTERVAL_MS) };
}
