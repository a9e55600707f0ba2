import type { CancelCause, MailTemplate, OrderMail } from "#notifications";
import type { Address, OrderView } from "../contract.ts";
import { LINK_REQUESTED } from "../app/request-order-link.ts";
import { deskMailOf } from "./order-desk-mail.ts";
import type { OrderEventMessage } from "./order-event-schema.ts";

/**
 * What the buyer is written about an event; `undefined` when the event needs no mail. An order that was refused while
 * the buyer was looking (sold out, card declined) ends without a mail: the checkout page has said it.
 */
export function mailOfEvent(event: OrderEventMessage): OrderMail | undefined {
  const { order, linkKey } = event.data;
  const desk = deskMailOf(event);
  const template = desk?.template ?? TEMPLATES[event.type];
  const transfer = transferOf(order);
  if (template === "transfer_due" && !transfer) return undefined;
  if (!template || (template === "order_cancelled" && !wasPromised(order))) return undefined;
  // Who is asked to pay for a change sees the order as it will be.
  const draft = template === "edit_payment_due" ? (order.edit?.draft ?? order.draft) : order.draft;
  return {
    eventId: event.id,
    orderId: order.orderId,
    orderNumber: order.orderNumber,
    recipient: draft.email,
    locale: draft.locale,
    occurredAt: order.updatedAt,
    currency: draft.currency,
    lines: draft.lines.map(({ title, variantTitle, quantity, totalMinor, discountMinor }) => ({
      title,
      variantTitle,
      quantity,
      totalMinor: totalMinor + discountMinor,
    })),
    reductions: draft.discounts.filter((discount) => discount.amountMinor > 0).map(shareOf),
    payments: draft.tenders.map(shareOf),
    itemsMinor: draft.itemsMinor,
    deliveryMinor: draft.deliveryMinor,
    taxMinor: draft.taxMinor,
    totalMinor: draft.totalMinor,
    delivery: {
      name: draft.delivery.name,
      earliestDate: draft.delivery.earliestDate,
      latestDate: draft.delivery.latestDate,
    },
    addressLines: addressLines(draft.address),
    addressCountry: draft.address.country,
    parcels: order.parcels.map(({ carrier, trackingNumber }) => ({ carrier, trackingNumber })),
    ...desk,
    template,
    ...(template === "order_cancelled"
      ? { cancelCause: causeOf(order), wasAuthorised: order.payment.status === "voided" }
      : {}),
    ...(template === "transfer_due" && transfer ? { transfer } : {}),
    ...(template === "order_confirmed" && isCashDue(order) ? { cashDueMinor: draft.dueMinor } : {}),
    ...(linkKey === undefined ? {} : { linkKey }),
  };
}

const TEMPLATES: Readonly<Partial<Record<string, MailTemplate>>> = {
  "order.confirmed": "order_confirmed",
  "order.shipped": "order_shipped",
  "order.delivered": "order_delivered",
  "order.cancelled": "order_cancelled",
  "order.payment_unknown": "payment_unknown",
  // A buyer on the provider's page sees it open; only a transfer needs to be told.
  "order.payment_pending": "transfer_due",
  // Nothing happened to it: the buyer asked for its link.
  [LINK_REQUESTED]: "order_link",
};

function transferOf({ payment, draft }: OrderView): OrderMail["transfer"] {
  const { status, instructions, expiresAt } = payment;
  if (status !== "pending" || instructions === undefined || expiresAt === undefined) return undefined;
  return { to: instructions, amountMinor: draft.dueMinor, dueAt: expiresAt };
}

const isCashDue = ({ payment, draft }: OrderView): boolean =>
  payment.provider === "cash_on_delivery" && payment.status === "authorised" && draft.dueMinor > 0;

const PROMISES: readonly string[] = ["order.payment_pending", "order.payment_unknown", "order.confirmed"];

/** The buyer was sent to pay or was told to wait, and so has left the checkout. */
const wasPromised = (order: OrderView): boolean =>
  order.timeline.some((entry) => PROMISES.includes(entry.type));

const DECLINES: readonly string[] = [
  "declined",
  "insufficient_funds",
  "expired_card",
  "challenge_failed",
  "fraud_suspected",
];

function causeOf({ cancelReason: reason, payment }: OrderView): CancelCause {
  if (reason === "session_expired")
    return payment.provider === "bank_transfer" ? "transfer_overdue" : "expired";
  if (reason?.startsWith("stock_") === true) return "sold_out";
  return reason !== undefined && DECLINES.includes(reason) ? "declined" : "other";
}

/** Countries that write the postcode after the town; the others write it before. */
const POSTCODE_LAST: readonly string[] = ["US", "CA", "AU", "NZ", "GB", "IE", "IN", "ZA", "SG", "TW", "HK"];

/** The address as the courier reads it, one line each, without its country. */
export function addressLines(address: Address): string[] {
  const { fullName, company, line1, line2, district, city, region, postalCode, country } = address;
  const town = POSTCODE_LAST.includes(country) ? [city, region, postalCode] : [postalCode, city, region];
  return [fullName, company, line1, line2, district, town.filter(isWritten).join(" ")].filter(isWritten);
}

const isWritten = (text: string | undefined): text is string => text !== undefined && text.trim() !== "";

const shareOf = ({ label, amountMinor }: { readonly label: string; readonly amountMinor: number }) => ({
  label,
  amountMinor,
});
