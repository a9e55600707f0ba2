import type { Refund, RefundTarget } from "../contract.ts";
import type { OrderEvent } from "./events.ts";
import type { OrderState, PaymentState } from "./state.ts";

/**
 * One line of a double entry; debits and credits of one posting are equal. The accounts: `provider_reserved` and
 * `buyer_reserved` (authorised, not taken), `carrier_due` in place of the former for cash that the carrier collects, `provider_receivable` (captured by providers, less refunds paid),
 * `voucher_liability` (what gift cards and credit paid, less what went back), `order_paid` (what the order has got),
 * `refunds_due` (promised back, not gone yet) and `cash_outside` (given back by hand).
 */
export type Posting = { readonly account: string; readonly debitMinor: number; readonly creditMinor: number };

/** Moves an amount from the credited account to the debited one; nothing for nothing. */
const move = (debited: string, credited: string, amountMinor: number): Posting[] =>
  amountMinor === 0
    ? []
    : [
        { account: debited, debitMinor: amountMinor, creditMinor: 0 },
        { account: credited, debitMinor: 0, creditMinor: amountMinor },
      ];

/** Who owes what was authorised and not taken yet: the provider, or the carrier that collects cash. */
const debtorOf = (provider: string | undefined): string =>
  provider === "cash_on_delivery" ? "carrier_due" : "provider_reserved";

const reserve = (amountMinor: number, provider: string | undefined): Posting[] =>
  move(debtorOf(provider), "buyer_reserved", amountMinor);
const unreserve = (amountMinor: number, provider: string): Posting[] =>
  move("buyer_reserved", debtorOf(provider), amountMinor);
const take = (amountMinor: number): Posting[] => move("provider_receivable", "order_paid", amountMinor);

const SOURCES: Readonly<Record<RefundTarget["kind"], string>> = {
  payment: "provider_receivable",
  voucher: "voucher_liability",
  outside: "cash_outside",
};

/**
 * The balanced postings of an event, given the state before it; empty when no money moves. Written in the same
 * transaction as the event (P3).
 */
export function postingsOf(before: OrderState | undefined, event: OrderEvent): readonly Posting[] {
  switch (event.type) {
    case "order.authorised":
      return [...reservedBefore(before), ...reserve(event.amountMinor, before?.provider)];
    case "order.captured":
      return [...reservedBefore(before), ...take(event.amountMinor)];
    case "order.payment_voided":
      return reservedBefore(before);
    case "order.committed":
      return move("voucher_liability", "order_paid", event.vouchersMinor);
    case "order.release_started":
      // Vouchers that were taken already are given back by the release.
      return move("order_paid", "voucher_liability", before?.vouchersMinor ?? 0);
    case "order.edit_payment_changed": {
      const { payment } = event;
      const reserved =
        payment.kind === "authorised" ? reserve(payment.amountMinor, before?.edit?.provider) : [];
      return [...editReservedBefore(before), ...reserved];
    }
    case "order.ended_edit_payment_changed":
      return endedEditPostings(before, event.part, event.payment);
    case "order.edit_captured":
      return [...editReservedBefore(before), ...take(event.amountMinor)];
    case "order.refund_requested":
      return requested(event.refund);
    case "order.refund_paid":
      return settled(before, event.movementId, "paid");
    case "order.refund_failed":
      return settled(before, event.movementId, "failed");
    default:
      return [];
  }
}

const reservedBefore = (before: OrderState | undefined): Posting[] =>
  before?.payment.kind === "authorised" ? unreserve(before.payment.amountMinor, before.provider) : [];

function endedEditPostings(before: OrderState | undefined, part: number, payment: PaymentState): Posting[] {
  const asked = before?.edits.find((edit) => edit.part === part)?.asked;
  if (!asked) return [];
  const was = asked.payment;
  const freed = was.kind === "authorised" ? unreserve(was.amountMinor, asked.provider) : [];
  if (payment.kind === "authorised") return [...freed, ...reserve(payment.amountMinor, asked.provider)];
  return payment.kind === "captured" ? [...freed, ...take(payment.amountMinor)] : freed;
}

const editReservedBefore = (before: OrderState | undefined): Posting[] =>
  before?.edit?.payment.kind === "authorised"
    ? unreserve(before.edit.payment.amountMinor, before.edit.provider)
    : [];

/** Promised at once, gone when the provider says so; what is given back by hand is gone already. */
const requested = (refund: Refund): Posting[] =>
  refund.movements.flatMap(({ target, amountMinor }) =>
    move("order_paid", target.kind === "outside" ? SOURCES.outside : "refunds_due", amountMinor),
  );

function settled(before: OrderState | undefined, movementId: string, end: "paid" | "failed"): Posting[] {
  const movement = before?.refunds
    .flatMap((refund) => refund.movements)
    .find((entry) => entry.movementId === movementId);
  if (!movement) return [];
  const account = end === "paid" ? SOURCES[movement.target.kind] : "order_paid";
  return move("refunds_due", account, movement.amountMinor);
}
