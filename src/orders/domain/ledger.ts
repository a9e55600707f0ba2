import type { OrderEvent } from "./events.ts";
import type { OrderState } from "./state.ts";

/** One line of a double entry; debits and credits of one posting are equal. */
export type Posting = { readonly account: string; readonly debitMinor: number; readonly creditMinor: number };

const debit = (account: string, amountMinor: number): Posting => ({
  account,
  debitMinor: amountMinor,
  creditMinor: 0,
});
const credit = (account: string, amountMinor: number): Posting => ({
  account,
  debitMinor: 0,
  creditMinor: amountMinor,
});

/** Money the provider has reserved for us, and the matching promise to the buyer. */
const reserve = (amountMinor: number): Posting[] => [
  debit("provider_reserved", amountMinor),
  credit("buyer_reserved", amountMinor),
];
const unreserve = (amountMinor: number): Posting[] => [
  debit("buyer_reserved", amountMinor),
  credit("provider_reserved", amountMinor),
];

/**
 * The balanced postings of an event, given the state before it; empty when no money moves. Written in the same
 * transaction as the event (P3).
 */
export function postingsOf(before: OrderState | undefined, event: OrderEvent): readonly Posting[] {
  switch (event.type) {
    case "order.authorised":
      return reserve(event.amountMinor);
    case "order.captured": {
      const reserved = before?.payment.kind === "authorised" ? unreserve(before.payment.amountMinor) : [];
      return [
        ...reserved,
        debit("provider_receivable", event.amountMinor),
        credit("order_paid", event.amountMinor),
      ];
    }
    case "order.payment_voided":
      return before?.payment.kind === "authorised" ? unreserve(before.payment.amountMinor) : [];
    default:
      return [];
  }
}
