import type { OrderActions, OrderStatus, OrderView } from "../contract.ts";

const LIVE: readonly OrderStatus[] = ["confirmed", "fulfilling", "shipped", "delivered", "closed"];
const SENT: readonly OrderStatus[] = ["fulfilling", "shipped", "delivered", "closed"];
const CALLABLE: readonly OrderStatus[] = [
  "holding",
  "payment_unknown",
  "committing",
  "capturing",
  "needs_attention",
];
const PAID: readonly OrderStatus[] = [...LIVE, "needs_attention", "cancelled", "refunding", "refunded"];

/**
 * What staff may ask of an order as it was seen: enough to show the right buttons. The order's object decides again, so
 * a button that is shown a moment too long comes to a refusal and never to harm.
 */
export function actionsOf(order: OrderView): OrderActions {
  const { status, payment, edit } = order;
  const isEditOpen = edit !== undefined;
  const isUnpacked = status === "confirmed" && order.parcels.length === 0;
  const isUncaptured = status === "needs_attention" && payment.status === "authorised";
  const isPaid = PAID.includes(status) && !isUncaptured;
  const isPayPageOpen = status === "authorising" && payment.status === "pending";
  return {
    canCancel: !isEditOpen && (CALLABLE.includes(status) || isUnpacked || isPayPageOpen),
    canEdit: !isEditOpen && LIVE.includes(status),
    canRefund: !isEditOpen && isPaid && payment.refundableMinor > 0,
    canRequestReturn: SENT.includes(status),
    canRetryCapture: status === "needs_attention" && payment.status === "authorised",
    canSettleManually: canSettle(order, isPayPageOpen),
  };
}

/** Providers that no machine answers for. */
const MANUAL: readonly string[] = ["bank_transfer", "cash_on_delivery"];

/** Every other provider knows for itself whether money has come. */
function canSettle({ status, payment, attentionReason }: OrderView, isPayPageOpen: boolean): boolean {
  if (status === "needs_attention") return attentionReason === "captured_amount_differs";
  const isManual = MANUAL.includes(payment.provider);
  const isCashDue = LIVE.includes(status) && payment.status === "authorised";
  return isManual && (isPayPageOpen || status === "payment_unknown" || isCashDue);
}
