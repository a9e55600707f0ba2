import type { OrderFateAnswer, OrderView, PlacedReply } from "../contract.ts";
import { unreachable } from "#kernel";
import type { OrderState } from "./state.ts";

/** The order as others see it; never holds the access key. */
export function viewOf(state: OrderState): OrderView {
  return {
    orderId: state.orderId,
    orderNumber: state.orderNumber,
    status: state.status,
    draft: state.draft,
    placedAt: state.placedAt,
    updatedAt: state.updatedAt,
    version: state.version,
    payment: paymentView(state),
    parcels: state.parcels,
    shortages: state.shortages,
    timeline: state.timeline,
    ...(state.releaseReason === undefined ? {} : { cancelReason: state.releaseReason }),
  };
}

function paymentView(state: OrderState): OrderView["payment"] {
  const { payment } = state;
  const base = { provider: state.provider, authorisedMinor: 0, capturedMinor: 0, refundedMinor: 0 };
  const last4 =
    "cardLast4" in payment && payment.cardLast4 !== undefined ? { cardLast4: payment.cardLast4 } : {};
  switch (payment.kind) {
    case "none":
    case "requested":
      return { ...base, status: payment.kind === "none" ? "none" : "pending" };
    case "pending":
      return {
        ...base,
        status: "pending",
        reference: payment.reference,
        ...(payment.redirectUrl === undefined ? {} : { redirectUrl: payment.redirectUrl }),
        ...(payment.expiresAt === undefined ? {} : { expiresAt: payment.expiresAt }),
      };
    case "unknown":
      return {
        ...base,
        status: "unknown",
        ...(payment.reference === undefined ? {} : { reference: payment.reference }),
      };
    case "authorised":
      return {
        ...base,
        ...last4,
        status: "authorised",
        reference: payment.reference,
        authorisedMinor: payment.amountMinor,
      };
    case "captured":
      return {
        ...base,
        ...last4,
        status: "captured",
        reference: payment.reference,
        authorisedMinor: payment.amountMinor,
        capturedMinor: payment.amountMinor,
      };
    case "voided":
      return { ...base, status: "voided", reference: payment.reference };
    case "failed":
      return { ...base, status: "failed", declineReason: payment.reason };
    default:
      return unreachable(payment, "paymentView");
  }
}

/** The reply to whoever placed the order. */
export const replyOf = (state: OrderState): PlacedReply => ({
  orderId: state.orderId,
  orderNumber: state.orderNumber,
  status: state.status,
  accessKey: state.accessKey,
  ...(state.payment.kind === "pending" && state.payment.redirectUrl !== undefined
    ? { redirectUrl: state.payment.redirectUrl }
    : {}),
});

/** What a stock object is told when a hold of this order has passed its deadline. */
export function fateOf(state: OrderState | undefined): OrderFateAnswer {
  if (!state) return "unknown";
  switch (state.status) {
    case "created":
    case "holding":
    case "held":
    case "authorising":
    case "payment_unknown":
    case "authorised":
    case "needs_attention":
      return "live";
    case "committing":
    case "capturing":
    case "confirmed":
    case "fulfilling":
    case "shipped":
    case "delivered":
    case "closed":
      return "committing";
    case "releasing":
    case "cancelled":
      return "cancelled";
  }
}
