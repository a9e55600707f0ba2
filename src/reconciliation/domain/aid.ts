import { after, type EpochMs } from "#kernel";
import { factsOf, type BreakClass, type RepairAction } from "./breaks.ts";
import { AID_WAIT_MS, MAX_AID_ATTEMPTS } from "./limits.ts";

/** A break as far as first aid goes. */
export type Ailing = {
  readonly class: BreakClass;
  readonly found: string;
  /** Times that first aid was given since it was opened. */
  readonly aidAttempts: number;
};

/**
 * What to do about a break without asking anybody; `undefined` when only a person may act, or when enough was tried. An
 * order that was set back is first told to go on: its calls are all repeatable and most of what it forgot comes again.
 */
export function aidFor({ class: name, found, aidAttempts }: Ailing): RepairAction | undefined {
  if (aidAttempts >= MAX_AID_ATTEMPTS) return undefined;
  if (name === "projection.order" && found.startsWith("ahead") && aidAttempts === 0) return "settle";
  return factsOf(name).aid;
}

/** When first aid may be given again, after so many attempts; the wait doubles each time. */
export const nextAidAt = (now: EpochMs, attempts: number): EpochMs =>
  after(now, AID_WAIT_MS * 2 ** Math.max(0, attempts - 1));

/** Whether a person may ask for this about such a break. */
export const mayRepair = (name: BreakClass, action: RepairAction): boolean =>
  factsOf(name).repairs.includes(action);
