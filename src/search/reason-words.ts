import type { Speech } from "#words";
import type { Reason } from "./domain/reasons.ts";

/** The reason as a shopper reads it. */
export const reasonWords = (reason: Reason, { say }: Speech): string =>
  say(`reason.${reason.kind}`, { title: "with" in reason ? reason.with : reason.collection });

/** The same on the page of the product that it is about, whose name would only be said again. */
export const reasonWordsHere = (reason: Reason, speech: Speech): string =>
  "with" in reason ? speech.say(`reason_here.${reason.kind}`) : reasonWords(reason, speech);
