import { retryDelayMs } from "./due-table.ts";
import type { Destination } from "./events.ts";

/** A queue takes 100 messages and 256 KB a batch; we stay below with room for metadata (platform limits page). */
export const MAX_BATCH_MESSAGES = 100;
const MAX_BATCH_CHARACTERS = 60_000;
/**
 * A row that was sent but not yet acknowledged is sent again after this long at the earliest. One for shipping is
 * acknowledged when its units are packed, which takes a while of its own.
 */
const RESEND_BASE_MS: Readonly<Record<Destination, number>> = {
  projection: 5_000,
  notifications: 5_000,
  shipping: 15_000,
};

/**
 * Milliseconds for which events are gathered before they leave: the steps of one order take about as long, so they go
 * as one message for each consumer instead of one each. Whatever is due within this time goes along.
 */
export const GATHER_MS = 250;

export const DESTINATIONS: readonly Destination[] = ["projection", "shipping", "notifications"];

/** Milliseconds after the `attempt`-th sending (from 1) until a row that nobody has acknowledged is sent again. */
export const resendDelayMs = (destination: Destination, attempt: number): number =>
  Math.max(RESEND_BASE_MS[destination], retryDelayMs(attempt + 1));

/** As many of the rows as fit into one batch; the rest stays due. */
export function oneBatch<Row extends { readonly body: string }>(rows: readonly Row[]): readonly Row[] {
  let characters = 0;
  return rows.slice(0, MAX_BATCH_MESSAGES).filter((row, index) => {
    characters += row.body.length;
    return index === 0 || characters <= MAX_BATCH_CHARACTERS;
  });
}
