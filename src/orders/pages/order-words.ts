import type { EpochMs } from "#kernel";
import { declinedSentence } from "../app/decline-sentences.ts";
import { formatClock, formatDate, formatDayRange } from "#web";
import type { OrderEventType, OrderStatus, OrderView, ParcelStatus } from "../contract.ts";
import { awaitsTransfer } from "../app/awaits-transfer.ts";

/** What the page says first about an order: a heading, one notice, and whether payment can go on. */
export type OrderWords = {
  /** Follows "Order K-2041". */
  readonly heading: string;
  readonly notice?: {
    readonly tone: "note" | "good" | "wait" | "error";
    readonly title?: string;
    readonly text: string;
  };
  /** Where to pay, while that is possible. */
  readonly payUrl?: string;
  readonly isArrivalShown: boolean;
  readonly canCancel: boolean;
};

/** Minutes after which a payment that nobody answers for needs a person. */
const UNKNOWN_CONTACT_MS = 30 * 60_000;

const BEFORE_PAYMENT: readonly OrderStatus[] = ["created", "holding", "held", "authorising"];

/** Finds the words for an order's state. Uncertain states have a sentence of their own. */
export function orderWords(order: OrderView, at: EpochMs, timeZone: string): OrderWords {
  const base = { isArrivalShown: false, canCancel: false };
  if (isUnpaid(order)) return unpaidWords(order, timeZone);
  if (BEFORE_PAYMENT.includes(order.status) && awaitsTransfer(order)) return transferWords(order, timeZone);
  if (BEFORE_PAYMENT.includes(order.status)) {
    return {
      ...base,
      heading: "is being placed",
      notice: {
        tone: "note",
        text: "We are setting your items aside. This page shows the result as soon as there is one.",
      },
    };
  }
  return laterWords(order, at);
}

/** Words from the first answer of the bank on. */
function laterWords(order: OrderView, at: EpochMs): OrderWords {
  const base = { isArrivalShown: false, canCancel: false };
  switch (order.status) {
    case "payment_unknown":
      return { ...base, heading: "waits for your bank", notice: unknownNotice(order, at) };
    case "authorised":
    case "committing":
    case "capturing":
      return {
        ...base,
        heading: "is being confirmed",
        isArrivalShown: true,
        notice: {
          tone: "note",
          text: "Your bank has said yes. We are confirming the order; do not pay again.",
        },
      };
    case "confirmed":
      return {
        ...base,
        heading: "is confirmed",
        isArrivalShown: true,
        notice: {
          tone: "good",
          title: "Thank you.",
          text: `We have sent a confirmation to ${order.draft.email}.`,
        },
      };
    case "fulfilling":
      return { ...base, heading: "is being packed", isArrivalShown: true };
    case "shipped":
      return { ...base, heading: "is on its way", isArrivalShown: true };
    case "delivered":
    case "closed":
      return { ...base, heading: "has arrived" };
    case "releasing":
    case "cancelled":
      return { ...base, heading: "is cancelled", notice: cancelledNotice(order) };
    case "refunding":
    case "refunded":
      return {
        ...base,
        heading: "is cancelled",
        notice: { tone: "note", text: calledOffSentence(order) },
      };
    default:
      return {
        ...base,
        heading: "is being checked",
        notice: {
          tone: "wait",
          text: `Something about this order needs a person to look at it. Do not order or pay again: we will write to ${order.draft.email}.`,
        },
      };
  }
}

const isUnpaid = (order: OrderView): boolean =>
  BEFORE_PAYMENT.includes(order.status) &&
  order.payment.status === "pending" &&
  order.payment.redirectUrl !== undefined;

function unpaidWords(order: OrderView, timeZone: string): OrderWords {
  const { expiresAt, redirectUrl } = order.payment;
  const until = expiresAt === undefined ? "for a while" : `until ${formatClock(expiresAt, timeZone)}`;
  return {
    heading: "is not paid yet",
    notice: { tone: "wait", text: `You have not paid yet. We keep these items for you ${until}.` },
    ...(redirectUrl === undefined ? {} : { payUrl: redirectUrl }),
    isArrivalShown: false,
    canCancel: true,
  };
}

/** Nothing can go wrong here but the day: the facts to type stand below. */
function transferWords(order: OrderView, timeZone: string): OrderWords {
  const { expiresAt } = order.payment;
  const until = expiresAt === undefined ? "for a while" : `until ${formatDate(expiresAt, timeZone)}`;
  return {
    heading: "waits for your transfer",
    notice: {
      tone: "wait",
      text: `We keep your items for you ${until} and send them when the money has arrived.`,
    },
    isArrivalShown: false,
    canCancel: true,
  };
}

function unknownNotice(order: OrderView, at: EpochMs): NonNullable<OrderWords["notice"]> {
  const text = "Your bank has not answered yet. Do not pay again: we will e-mail you as soon as we know.";
  if (at - order.updatedAt < UNKNOWN_CONTACT_MS) return { tone: "wait", text };
  return {
    tone: "wait",
    text: `${text} This takes longer than usual; write to us and quote ${order.orderNumber}.`,
  };
}

function cancelledNotice(order: OrderView): NonNullable<OrderWords["notice"]> {
  const { payment, cancelReason } = order;
  if (payment.capturedMinor > 0 || payment.status === "refunded") {
    return {
      tone: "note",
      text: "Your payment reached us after the order was cancelled. We have sent it back; your bank may need some days to show it.",
    };
  }
  if (payment.provider === "bank_transfer" && payment.declineReason === "session_expired") {
    return {
      tone: "note",
      text: `Your transfer had not arrived in time, so we put the items back. If you have sent it already, write to us and quote ${order.orderNumber}.`,
    };
  }
  if (payment.declineReason) return { tone: "error", text: declinedSentence(payment.declineReason) };
  switch (cancelReason) {
    case "session_expired":
    case "expired":
      return { tone: "note", text: declinedSentence("session_expired") };
    case "out_of_stock":
    case "stock_lost":
      return {
        tone: "note",
        text: `${soldOut(order)} sold out while you were here. Nothing was charged and your cart is unchanged.`,
      };
    case "payment_unavailable":
      return {
        tone: "note",
        text: "Card payment is not working at the moment. Nothing was charged. Your cart is kept.",
      };
    default:
      return {
        tone: "note",
        text: "This order was cancelled. Nothing was charged, and what you chose is back in your cart.",
      };
  }
}

/** Called off after it was confirmed: where the money is. */
function calledOffSentence({ status, payment }: OrderView): string {
  if (payment.capturedMinor + payment.vouchersMinor === 0)
    return "This order was cancelled. Nothing was charged.";
  return status === "refunding"
    ? "This order was cancelled. We are sending your money back."
    : "This order was cancelled. We have sent your money back; your bank may need some days to show it.";
}

function soldOut(order: OrderView): string {
  const skus = new Set(order.shortages.map((shortage) => shortage.sku));
  const names = order.draft.lines
    .filter((line) => skus.has(line.sku))
    .map((line) => [line.title, line.variantTitle].filter(Boolean).join(", "));
  return names.length === 0 ? "Something" : names.join(" and ");
}

/** One event of the history, in words; events that only move parts inside the shop have none. */
export function eventWords(type: OrderEventType, note?: string): string | undefined {
  switch (type) {
    case "order.placed":
      return "Order received";
    case "order.held":
      return "Items set aside for you";
    case "order.hold_refused":
      return "Something sold out";
    case "order.payment_pending":
      return "Waiting for your payment";
    case "order.payment_unknown":
      return "Waiting for the bank's answer";
    case "order.payment_declined":
      return "Payment declined";
    case "order.authorised":
      return "Payment approved";
    case "order.captured":
      return "Payment received";
    case "order.confirmed":
      return "Order confirmed";
    case "order.fulfilment_started":
      return note === undefined ? "Packed" : `Packed; parcel ${note}`;
    case "order.parcel_scanned":
      return note !== undefined && isParcelStatus(note) ? PARCEL_WORDS[note] : "Parcel scanned";
    case "order.shipped":
      return "Handed to the carrier";
    case "order.delivered":
      return "Delivered";
    case "order.payment_voided":
      return "Payment given back";
    case "order.cancelled":
      return "Order cancelled";
    case "order.refunding_started":
      return "Order cancelled";
    case "order.refund_requested":
      return "Refund started";
    case "order.refund_paid":
      return "Money sent back";
    case "order.edit_applied":
      return "Order changed";
    case "order.return_requested":
      return "Return asked for";
    case "order.return_approved":
      return "Return agreed";
    case "order.return_declined":
      return "Return declined";
    case "order.return_received":
      return "Returned goods received";
    case "order.return_closed":
      return "Return done";
    case "order.attention_needed":
      return "Someone is looking at this order";
    default:
      return undefined;
  }
}

/** Where a parcel is, in words. */
export const PARCEL_WORDS: Readonly<Record<ParcelStatus, string>> = {
  label_created: "Label printed, not handed over yet",
  in_transit: "On its way",
  out_for_delivery: "Out for delivery today",
  delivered: "Delivered",
  delayed: "Delayed by the carrier",
};

const isParcelStatus = (text: string): text is ParcelStatus => Object.hasOwn(PARCEL_WORDS, text);

/** `Tue 1 – Thu 3 December`, as promised when it was ordered. */
export const arrivalOf = (order: OrderView): string =>
  formatDayRange(order.draft.delivery.earliestDate, order.draft.delivery.latestDate);
