import type { Money, Result } from "#kernel";
import type { PaymentReply } from "../api/payment-reply.ts";
import type { Movement, MovementKind } from "../domain/movements.ts";
import type { Payment, PaymentRefusal, PaymentRequest } from "../domain/payment.ts";
import type { AnswerManner } from "../domain/test-cards.ts";

/** What crosses between the sandbox's Worker and its objects. */

/** A write that may come twice: the same key with another body is refused. */
export type Repeatable = { readonly key: string; readonly bodyHash: string };

/** How an answer should leave, as a fault asks. */
export type CallOptions = { readonly isWebhookFirst: boolean };

export type Answer = {
  readonly reply: PaymentReply;
  readonly manner: AnswerManner;
  readonly isReplay: boolean;
};
/** The page needs the whole payment; it never leaves the Worker as it is. */
export type PageAnswer = { readonly payment: Payment; readonly manner: AnswerManner };

export type CreatePayment = {
  readonly request: Omit<PaymentRequest, "createdAt" | "expiresAt">;
  readonly sessionSeconds: number;
  /** A test card's id, for a payment by token. */
  readonly cardId?: string;
  readonly bodyHash: string;
};

/** One payment. Its name is its id, which the merchant's key decides. */
export type PaymentRpc = {
  create(command: CreatePayment, options: CallOptions): Promise<Result<Answer, PaymentRefusal>>;
  read(): Promise<Result<PaymentReply, PaymentRefusal>>;
  capture(
    amount: Money | undefined,
    repeat: Repeatable,
    options: CallOptions,
  ): Promise<Result<Answer, PaymentRefusal>>;
  voidPayment(repeat: Repeatable, options: CallOptions): Promise<Result<Answer, PaymentRefusal>>;
  refund(
    amount: Money | undefined,
    repeat: Repeatable,
    options: CallOptions,
  ): Promise<Result<Answer, PaymentRefusal>>;
  /** The payment as it was right after the refund under this key. */
  refundByKey(key: string): Promise<Result<PaymentReply, PaymentRefusal>>;
  page(): Promise<Result<Payment, PaymentRefusal>>;
  pay(cardId: string): Promise<Result<PageAnswer, PaymentRefusal>>;
  answerChallenge(isApproved: boolean): Promise<Result<PageAnswer, PaymentRefusal>>;
};

export const FAULT_MODES = [
  "down",
  "slow",
  "error_after_action",
  "duplicate_webhooks",
  "early_webhooks",
  "drop_webhooks",
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

export type PostedMovement = Movement & { readonly sequence: number };
export type MovementSum = { readonly count: number; readonly amountMinor: number };
export type ReferenceTotals = { readonly reference: string; readonly currency: string } & Readonly<
  Record<MovementKind, MovementSum>
>;
export type AccountBalance = {
  readonly currency: string;
  readonly account: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
};
/** Some items, and whether more follow. */
export type Slice<T> = { readonly items: readonly T[]; readonly hasMore: boolean };
export type LedgerFilter = { readonly reference?: string; readonly limit: number };

/** The provider's book: every movement of every payment, and the faults that a test has ordered. */
export type LedgerRpc = {
  /** Posts movements once each; repeating is safe. */
  post(movements: readonly Movement[]): Promise<void>;
  movements(filter: LedgerFilter & { readonly afterSequence: number }): Promise<Slice<PostedMovement>>;
  totals(
    filter: LedgerFilter & { readonly after?: { readonly reference: string; readonly currency: string } },
  ): Promise<Slice<ReferenceTotals>>;
  balances(): Promise<readonly AccountBalance[]>;
  /** Spoils the next `count` requests or webhooks; zero ends the fault. */
  setFault(mode: FaultMode, count: number): Promise<void>;
  clearFaults(): Promise<void>;
  /** The faults of these modes that are on, each used once. */
  takeFaults(modes: readonly FaultMode[]): Promise<readonly FaultMode[]>;
};

/** There is one book; a provider for the world would have many. */
export const LEDGER_NAME = "book";
