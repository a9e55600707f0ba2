import type { EpochMs } from "#kernel";
import { declinedSentence } from "../app/decline-sentences.ts";
import type { Key, Speech } from "#words";
import type { OrderEventType, OrderStatus, OrderView, ParcelStatus } from "../contract.ts";
import { awaitsTransfer } from "../app/awaits-transfer.ts";
import { shownTitleOf } from "../app/line-titles.ts";

/** What the page says first about an order: a title, one notice, and whether payment can go on. */
export type OrderWords = {
  /** `Order K-2041 is confirmed`. */
  readonly title: string;
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

/** When and where the page is read. */
export type Moment = { readonly at: EpochMs; readonly timeZone: string };

const BEFORE_PAYMENT: readonly OrderStatus[] = ["created", "holding", "held", "authorising"];

/** Finds the words for an order's state. Uncertain states have a sentence of their own. */
export function orderWords(speech: Speech, order: OrderView, { at, timeZone }: Moment): OrderWords {
  const { say } = speech;
  const number = order.orderNumber;
  const base = { isArrivalShown: false, canCancel: false };
  if (isUnpaid(order)) return unpaidWords(speech, order, timeZone);
  if (BEFORE_PAYMENT.includes(order.status) && awaitsTransfer(order))
    return transferWords(speech, order, timeZone);
  if (BEFORE_PAYMENT.includes(order.status)) {
    return {
      ...base,
      title: say("order.placing", { number }),
      notice: { tone: "note", text: say("order.placing_text") },
    };
  }
  return laterWords(speech, order, at);
}

/** Words from the first answer of the bank on. */
function laterWords(speech: Speech, order: OrderView, at: EpochMs): OrderWords {
  const { say } = speech;
  const number = order.orderNumber;
  const { email } = order.draft;
  const base = { isArrivalShown: false, canCancel: false };
  switch (order.status) {
    case "payment_unknown":
      return {
        ...base,
        title: say("order.waits_for_bank", { number }),
        notice: unknownNotice(speech, order, at),
      };
    case "authorised":
    case "committing":
    case "capturing":
      return {
        ...base,
        title: say("order.confirming", { number }),
        isArrivalShown: true,
        notice: { tone: "note", text: say("order.confirming_text") },
      };
    case "confirmed":
      return {
        ...base,
        title: say("order.confirmed", { number }),
        isArrivalShown: true,
        notice: { tone: "good", title: say("order.thank_you"), text: say("order.mail_sent", { email }) },
      };
    case "fulfilling":
      return { ...base, title: say("order.packing", { number }), isArrivalShown: true };
    case "shipped":
      return { ...base, title: say("order.on_its_way", { number }), isArrivalShown: true };
    case "delivered":
    case "closed":
      return { ...base, title: say("order.arrived", { number }) };
    case "releasing":
    case "cancelled":
      return { ...base, title: say("order.cancelled", { number }), notice: cancelledNotice(speech, order) };
    case "refunding":
    case "refunded":
      return {
        ...base,
        title: say("order.cancelled", { number }),
        notice: { tone: "note", text: say(calledOffKey(order)) },
      };
    default:
      return {
        ...base,
        title: say("order.checking", { number }),
        notice: { tone: "wait", text: say("order.checking_text", { email }) },
      };
  }
}

const isUnpaid = (order: OrderView): boolean =>
  BEFORE_PAYMENT.includes(order.status) &&
  order.payment.status === "pending" &&
  order.payment.redirectUrl !== undefined;

function unpaidWords({ say, clock }: Speech, order: OrderView, timeZone: string): OrderWords {
  const { expiresAt, redirectUrl } = order.payment;
  return {
    title: say("order.unpaid", { number: order.orderNumber }),
    notice: {
      tone: "wait",
      text:
        expiresAt === undefined
          ? say("order.unpaid_text")
          : say("order.unpaid_until", { time: clock(expiresAt, timeZone) }),
    },
    ...(redirectUrl === undefined ? {} : { payUrl: redirectUrl }),
    isArrivalShown: false,
    canCancel: true,
  };
}

/** Nothing can go wrong here but the day: the facts to type stand below. */
function transferWords({ say, date }: Speech, order: OrderView, timeZone: string): OrderWords {
  const { expiresAt } = order.payment;
  return {
    title: say("order.waits_for_transfer", { number: order.orderNumber }),
    notice: {
      tone: "wait",
      text:
        expiresAt === undefined
          ? say("order.transfer_text")
          : say("order.transfer_until", { day: date(expiresAt, timeZone) }),
    },
    isArrivalShown: false,
    canCancel: true,
  };
}

function unknownNotice({ say }: Speech, order: OrderView, at: EpochMs): NonNullable<OrderWords["notice"]> {
  const text = say("order.bank_silent");
  if (at - order.updatedAt < UNKNOWN_CONTACT_MS) return { tone: "wait", text };
  return {
    tone: "wait",
    text: `${text} ${say("order.bank_long", { number: order.orderNumber })}`,
  };
}

function cancelledNotice(speech: Speech, order: OrderView): NonNullable<OrderWords["notice"]> {
  const { say } = speech;
  const { payment, cancelReason } = order;
  if (payment.capturedMinor > 0 || payment.status === "refunded") {
    return { tone: "note", text: say("order.paid_late") };
  }
  if (payment.provider === "bank_transfer" && payment.declineReason === "session_expired") {
    return { tone: "note", text: say("order.transfer_late", { number: order.orderNumber }) };
  }
  if (payment.declineReason) return { tone: "error", text: declinedSentence(speech, payment.declineReason) };
  switch (cancelReason) {
    case "session_expired":
    case "expired":
      return { tone: "note", text: declinedSentence(speech, "session_expired") };
    case "out_of_stock":
    case "stock_lost":
      return { tone: "note", text: say("order.sold_out", { title: soldOut(speech, order) }) };
    case "payment_unavailable":
      return { tone: "note", text: say("order.card_down") };
    default:
      return { tone: "note", text: say("order.cancelled_text") };
  }
}

/** Called off after it was confirmed: where the money is. */
function calledOffKey({ status, payment }: OrderView) {
  if (payment.capturedMinor + payment.vouchersMinor === 0) return "order.called_off";
  return status === "refunding" ? "order.refunding" : "order.refunded";
}

function soldOut({ say }: Speech, order: OrderView): string {
  const skus = new Set(order.shortages.map((shortage) => shortage.sku));
  const names = order.draft.lines.filter((line) => skus.has(line.sku)).map(shownTitleOf);
  const [first = say("order.something"), ...others] = names;
  return others.reduce((before, title) => say("order.and", { first: before, second: title }), first);
}

/** What is said of an event of the history; events that only move parts inside the shop have no words. */
const EVENTS = {
  "order.placed": "event.placed",
  "order.held": "event.held",
  "order.hold_refused": "event.hold_refused",
  "order.payment_pending": "event.payment_pending",
  "order.payment_unknown": "event.payment_unknown",
  "order.payment_declined": "event.payment_declined",
  "order.authorised": "event.authorised",
  "order.captured": "event.captured",
  "order.confirmed": "event.confirmed",
  "order.fulfilment_started": "event.packed",
  "order.parcel_scanned": "event.scanned",
  "order.shipped": "event.shipped",
  "order.delivered": "event.delivered",
  "order.payment_voided": "event.voided",
  "order.cancelled": "event.cancelled",
  "order.refunding_started": "event.cancelled",
  "order.refund_requested": "event.refund_requested",
  "order.refund_paid": "event.refund_paid",
  "order.edit_applied": "event.edited",
  "order.return_requested": "event.return_requested",
  "order.return_approved": "event.return_approved",
  "order.return_declined": "event.return_declined",
  "order.return_received": "event.return_received",
  "order.return_closed": "event.return_closed",
  "order.attention_needed": "event.attention",
} as const satisfies Partial<Readonly<Record<OrderEventType, Key>>>;

const isTold = (type: OrderEventType): type is keyof typeof EVENTS => Object.hasOwn(EVENTS, type);

/** One event of the history, in words; `undefined` for those that only move parts inside the shop. */
export function eventWords({ say }: Speech, type: OrderEventType, note?: string): string | undefined {
  if (!isTold(type)) return undefined;
  if (type === "order.fulfilment_started" && note !== undefined)
    return say("event.packed_parcel", { number: note });
  if (type === "order.parcel_scanned" && note !== undefined && isParcelStatus(note))
    return say(`parcel.${note}`);
  return say(EVENTS[type]);
}

const PARCEL_STATUSES = [
  "label_created",
  "in_transit",
  "out_for_delivery",
  "delivered",
  "delayed",
] as const satisfies readonly ParcelStatus[];

const isParcelStatus = (text: string): text is ParcelStatus =>
  PARCEL_STATUSES.some((status) => status === text);

/** `Tue 1 – Thu 3 December`, as promised when it was ordered. */
export const arrivalOf = ({ days }: Speech, order: OrderView): string =>
  days(order.draft.delivery.earliestDate, order.draft.delivery.latestDate);
