import type { DeclineReason } from "./payment.ts";

/** What the bank behind a test card does. */
export type CardVerdict =
  | { readonly kind: "approve" }
  | { readonly kind: "decline"; readonly reason: DeclineReason }
  | { readonly kind: "challenge" };

/** How the answer reaches the caller; the verdict has taken effect at once in every case. */
export type AnswerManner = "at_once" | "late" | "dropped";

export type TestCard = {
  readonly id: string;
  /** Digits only. */
  readonly number: string;
  /** The same card for callers that pay without a page. */
  readonly token: string;
  readonly label: string;
  readonly effect: string;
  readonly verdict: CardVerdict;
  readonly manner: AnswerManner;
};

const approve = { kind: "approve" } as const;
const decline = (reason: DeclineReason): CardVerdict => ({ kind: "decline", reason });

/** Every card that this provider knows; any other number is refused. */
export const TEST_CARDS: readonly TestCard[] = [
  {
    id: "approve",
    number: "4242424242424242",
    token: "tok_approve",
    label: "Approve",
    effect: "The bank says yes.",
    verdict: approve,
    manner: "at_once",
  },
  {
    id: "decline",
    number: "4000000000000002",
    token: "tok_decline",
    label: "Decline",
    effect: "The bank says no.",
    verdict: decline("declined"),
    manner: "at_once",
  },
  {
    id: "insufficient_funds",
    number: "4000000000009995",
    token: "tok_insufficient_funds",
    label: "Not enough money",
    effect: "The bank says that there is not enough money.",
    verdict: decline("insufficient_funds"),
    manner: "at_once",
  },
  {
    id: "expired_card",
    number: "4000000000000069",
    token: "tok_expired_card",
    label: "Expired card",
    effect: "The bank says that the card has expired.",
    verdict: decline("expired_card"),
    manner: "at_once",
  },
  {
    id: "challenge",
    number: "4000002500003155",
    token: "tok_challenge",
    label: "Challenge",
    effect: "The bank asks first: approve or refuse on the next page.",
    verdict: { kind: "challenge" },
    manner: "at_once",
  },
  {
    id: "approve_late",
    number: "4000000000003220",
    token: "tok_approve_late",
    label: "Late reply",
    effect: "The bank says yes at once, and the answer comes late.",
    verdict: approve,
    manner: "late",
  },
  {
    id: "approve_drop",
    number: "4000000000003063",
    token: "tok_approve_drop",
    label: "Lost reply",
    effect: "The bank says yes, and the answer is lost.",
    verdict: approve,
    manner: "dropped",
  },
];

/** The card under this id, token or number; `undefined` when the provider does not know it. */
export const findTestCard = (by: "id" | "token" | "number", value: string): TestCard | undefined =>
  TEST_CARDS.find((card) => card[by] === value);

/** Last four digits, which is all of a card that is ever stored. */
export const last4Of = (card: TestCard): string => card.number.slice(-4);
