import { toIso } from "#kernel";
import type { OrderLine, OrderView } from "../contract.ts";

/** An order as the API shows it to its buyer. Cart and checkout ids stay out: they are secrets of their own. */
export function renderOrder(order: OrderView) {
  const { draft, payment } = order;
  const money = (amountMinor: number) => ({ currency: draft.currency, amountMinor });
  return {
    id: order.orderId,
    number: order.orderNumber,
    status: order.status,
    version: order.version,
    placedAt: toIso(order.placedAt),
    updatedAt: toIso(order.updatedAt),
    email: draft.email,
    address: draft.address,
    currency: draft.currency,
    lines: draft.lines.map((line) => renderLine(line, money)),
    items: money(draft.itemsMinor),
    discounts: draft.discounts.map(({ label, amountMinor }) => ({ label, amount: money(amountMinor) })),
    discount: money(draft.discountMinor),
    delivery: {
      id: draft.delivery.methodId,
      name: draft.delivery.name,
      carrier: draft.delivery.carrier,
      price: money(draft.delivery.priceMinor),
      earliestDate: draft.delivery.earliestDate,
      latestDate: draft.delivery.latestDate,
    },
    tax: money(draft.taxMinor),
    total: money(draft.totalMinor),
    tenders: draft.tenders.map(({ kind, label, amountMinor }) => ({
      kind,
      label,
      amount: money(amountMinor),
    })),
    due: money(draft.dueMinor),
    payment: {
      status: payment.status,
      ...(payment.cardLast4 === undefined ? {} : { cardLast4: payment.cardLast4 }),
      ...(payment.redirectUrl === undefined ? {} : { redirectUrl: payment.redirectUrl }),
      ...(payment.instructions === undefined
        ? {}
        : { instructions: payment.instructions, transferReference: order.orderNumber }),
      ...(payment.expiresAt === undefined ? {} : { expiresAt: toIso(payment.expiresAt) }),
      captured: money(payment.capturedMinor),
      refunded: money(payment.refundedMinor),
      refundPending: money(payment.refundPendingMinor),
    },
    ...renderBack(order, money),
    parcels: renderParcels(order),
    shortages: order.shortages,
    timeline: order.timeline.map((entry) => ({
      sequence: entry.sequence,
      type: entry.type,
      occurredAt: toIso(entry.occurredAt),
    })),
    ...(order.cancelReason === undefined ? {} : { cancelReason: order.cancelReason }),
  };
}

type ToMoney = (amountMinor: number) => { readonly currency: string; readonly amountMinor: number };

const renderParcels = (order: OrderView) =>
  order.parcels.map((parcel) => ({
    id: parcel.parcelId,
    carrier: parcel.carrier,
    trackingNumber: parcel.trackingNumber,
    status: parcel.status,
    lines: parcel.lines,
  }));

/** Money and goods on their way back. */
const renderBack = (order: OrderView, money: ToMoney) => ({
  refunds: order.refunds.map((refund) => ({
    id: refund.refundId,
    amount: money(refund.amountMinor),
    status: refund.status,
    requestedAt: toIso(refund.requestedAt),
  })),
  returns: order.returns.map((entry) => ({
    id: entry.returnId,
    status: entry.status,
    wish: entry.wish,
    reason: entry.reason,
    lines: entry.lines,
    value: money(entry.valueMinor),
    ...(entry.declineReason === undefined ? {} : { declineReason: entry.declineReason }),
    requestedAt: toIso(entry.requestedAt),
  })),
});

/** A line as the API shows it. */
export const renderLine = (line: OrderLine, money: ToMoney) => ({
  id: line.lineId,
  variantId: line.variantId,
  sku: line.sku,
  productHandle: line.productHandle,
  title: line.title,
  variantTitle: line.variantTitle,
  ...(line.shopTitle === undefined ? {} : { shopTitle: line.shopTitle }),
  ...(line.shopVariantTitle === undefined ? {} : { shopVariantTitle: line.shopVariantTitle }),
  ...(line.imageUrl === undefined ? {} : { imageUrl: line.imageUrl }),
  quantity: line.quantity,
  unitPrice: money(line.unitPriceMinor),
  discount: money(line.discountMinor),
  total: money(line.totalMinor),
  tax: money(line.taxMinor),
  taxRatePpm: line.taxRatePpm,
});
