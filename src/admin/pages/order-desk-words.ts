import type { ReturnStatus } from "#orders";

/** Words for what happens to an order after it was placed. */
export const RETURN_STATUS_WORDS: Readonly<
  Record<ReturnStatus, { readonly word: string; readonly tone: "good" | "wait" | "quiet" }>
> = {
  requested: { word: "Asked for", tone: "wait" },
  approved: { word: "On its way back", tone: "wait" },
  declined: { word: "Declined", tone: "quiet" },
  receiving: { word: "Partly back", tone: "wait" },
  received: { word: "Back", tone: "wait" },
  closed: { word: "Closed", tone: "good" },
};
