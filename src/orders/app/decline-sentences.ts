import type { Key, Speech } from "#words";
import type { DeclineReason } from "../contract.ts";

const DECLINED = {
  declined: "decline.declined",
  // A suspicion reads as a plain no: telling more helps whoever tries stolen cards.
  fraud_suspected: "decline.declined",
  insufficient_funds: "decline.funds",
  expired_card: "decline.expired_card",
  challenge_failed: "decline.challenge",
  session_expired: "decline.too_long",
} as const satisfies Readonly<Record<DeclineReason, Key>>;

/** What a buyer is told about a payment that came to nothing, by its cause. */
export const declinedSentence = ({ say }: Speech, reason: DeclineReason): string => say(DECLINED[reason]);
