import type { Speech } from "#words";
import type { Reason } from "./domain/reasons.ts";

/** The reason as a shopper reads it. */
export const reasonWords = (reason: Reason, { say }: Speech): string =>
  say(`reason.${reason.kind}`, { title: "with" in reason ? reason.with : reason.collection });
