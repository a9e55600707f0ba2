import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";

/** All reasons fold into one answer: telling a forger which part was wrong would help only the forger. */
export const WEBHOOK_REFUSED: Problem = {
  type: "/problems/payments/webhook-refused",
  title: "Webhook refused",
  status: 400,
  detail: "The signature does not fit this message, or the message is too old.",
};

/** Neither the inbox nor the order could be reached: the provider sends it again. */
export const WEBHOOK_NOT_TAKEN: Problem = {
  type: "/problems/payments/webhook-not-taken",
  title: "Webhook not taken",
  status: 503,
  detail: "The message is genuine and could not be kept just now. Send it again.",
  retryAfterSeconds: 30,
};

export const WEBHOOK_UNKNOWN: Problem = {
  type: "/problems/payments/webhook-unknown",
  title: "No such webhook",
  status: 404,
  detail: "No genuine webhook of this provider and id was received in the last 30 days.",
};

/** What this room may answer instead of what was asked, for people who open the address of a problem. */
export const PAYMENT_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: WEBHOOK_NOT_TAKEN.type,
    title: WEBHOOK_NOT_TAKEN.title,
    status: WEBHOOK_NOT_TAKEN.status,
    meaning: "A genuine message came while a part that keeps it could not be reached. Nothing was changed.",
    remedy: "Send the same message again; every provider does so by itself.",
  },
  {
    type: WEBHOOK_UNKNOWN.type,
    title: WEBHOOK_UNKNOWN.title,
    status: WEBHOOK_UNKNOWN.status,
    meaning:
      "Webhooks are kept for 30 days, and only those whose signature was right. There is none with this provider and id.",
    remedy:
      "Look it up in the list of payment webhooks. What it was about can also be settled at its order, which asks the provider itself.",
  },
  {
    type: WEBHOOK_REFUSED.type,
    title: WEBHOOK_REFUSED.title,
    status: WEBHOOK_REFUSED.status,
    meaning:
      "A message came to the address for the payment provider's webhooks, but it was not signed with the secret that we share with the provider, or it was signed more than five minutes ago. Nothing was changed.",
    remedy:
      "Sign the raw body as Standard Webhooks says, with the current secret and a clock that is right, and send it again.",
  },
];
