import type { DeclineReason } from "../contract.ts";

const DECLINED: Readonly<Record<DeclineReason, string>> = {
  declined: "Your bank said no to this payment. Nothing was charged. Try another card, or ask your bank.",
  // A suspicion reads as a plain no: telling more helps whoever tries stolen cards.
  fraud_suspected:
    "Your bank said no to this payment. Nothing was charged. Try another card, or ask your bank.",
  insufficient_funds: "There is not enough money on this card. Nothing was charged. Try another card.",
  expired_card: "This card has expired. Nothing was charged. Try another card.",
  challenge_failed: "The payment was not approved. Nothing was charged. Try again, or use another card.",
  session_expired: "This took too long, so we cancelled it. Nothing was charged and your cart is unchanged.",
};

/** What a buyer is told about a payment that came to nothing, by its cause. */
export const declinedSentence = (reason: DeclineReason): string => DECLINED[reason];
