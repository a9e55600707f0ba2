import { epochMs, type EpochMs } from "#kernel";

/** Where shells read the time; tests put their own in its place. Domain code takes instants as input instead. */
export type Clock = { now(): EpochMs };

export const platformClock: Clock = { now: () => epochMs(Date.now()) };
