import { epochMs, type OrderId } from "#kernel";
import type { OrderEventType, OrderView, Parcel } from "#orders";

const PLACED_AT = epochMs(Date.UTC(2026, 10, 27, 10, 2));

/** A well-formed order id for a small number, so that tests can tell orders apart. */
export const orderIdOf = (number: number): OrderId => `ord_${String(number).padStart(26, "0")}`;

const EVENTS: readonly OrderEventType[] = [
  "order.placed",
  "order.held",
  "order.payment_requested",
  "order.authorised",
  "order.commit_started",
  "order.committed",
  "order.captured",
  "order.confirmed",
];

/** A confirmed order with two lines to ship and one download; `version` cuts or grows its timeline. */
export function orderView(changes: Partial<OrderView> = {}): OrderView {
  const orderId = changes.orderId ?? orderIdOf(1);
  const version = changes.version ?? EVENTS.length;
  return {
    orderId,
    orderNumber: `K-${orderId.slice(-8, -4)}-${orderId.slice(-4)}`.toUpperCase(),
    status: "confirmed",
    draft: DRAFT,
    placedAt: PLACED_AT,
    updatedAt: epochMs(PLACED_AT + version * 1_000),
    version,
    payment: {
      provider: "sandbox",
      status: "captured",
      reference: "pay_1",
      cardLast4: "4242",
      authorisedMinor: DRAFT.totalMinor,
      capturedMinor: DRAFT.totalMinor,
      vouchersMinor: 0,
      refundedMinor: 0,
      refundPendingMinor: 0,
      refundableMinor: DRAFT.totalMinor,
      legs: [
        {
          part: 0,
          provider: "sandbox",
          reference: "pay_1",
          capturedMinor: DRAFT.totalMinor,
          refundedMinor: 0,
        },
      ],
    },
    parcels: [],
    shortages: [],
    refunds: [],
    edits: [],
    returns: [],
    notes: [],
    tags: [],
    attention: [],
    timeline: Array.from({ length: version }, (_, index) => ({
      sequence: index + 1,
      type: EVENTS[index] ?? "order.parcel_scanned",
      occurredAt: epochMs(PLACED_AT + index * 1_000),
      ...(index === 0 ? { note: "sandbox" } : {}),
    })),
    ...changes,
  };
}

const line = (id: number, title: string, changes: Partial<OrderView["draft"]["lines"][number]> = {}) => ({
  lineId: `line_${id}`,
  variantId: `var_${id}`,
  productId: `prd_${id}`,
  productHandle: `product-${id}`,
  sku: `SKU-${id}`,
  title,
  variantTitle: "",
  quantity: 1,
  unitPriceMinor: 3_400,
  discountMinor: 0,
  totalMinor: 3_400,
  taxRatePpm: 190_000,
  taxMinor: 543,
  weightGrams: 400,
  requiresShipping: true,
  ...changes,
});

const DRAFT: OrderView["draft"] = {
  checkoutId: "chk_1",
  cartId: "crt_1",
  email: "Mira@Example.com",
  address: {
    fullName: "Mira Ödegård",
    line1: "Lindenstraße 12",
    city: "Berlin",
    postalCode: "10969",
    country: "DE",
  },
  locale: "en-GB",
  currency: "EUR",
  lines: [
    line(1, "Heron, rule 12, seed 7", { variantTitle: "A3, oak" }),
    line(2, "Tide notebook", { quantity: 2, unitPriceMinor: 900, totalMinor: 1_800, taxMinor: 287 }),
    line(3, "Rule book, a download", {
      unitPriceMinor: 500,
      totalMinor: 500,
      taxMinor: 80,
      requiresShipping: false,
    }),
  ],
  delivery: {
    methodId: "standard",
    name: "Standard",
    carrier: "Kerbside Post",
    priceMinor: 490,
    taxMinor: 78,
    earliestDate: "2026-12-01",
    latestDate: "2026-12-03",
  },
  discounts: [],
  tenders: [],
  itemsMinor: 5_700,
  discountMinor: 0,
  deliveryMinor: 490,
  taxMinor: 988,
  totalMinor: 6_190,
  dueMinor: 6_190,
};

export const PARCEL: Parcel = {
  parcelId: `pcl_${orderIdOf(1).slice(4)}`,
  shipmentId: `shp_${orderIdOf(1).slice(4)}`,
  carrier: "Kerbside Post",
  trackingNumber: "KB00000000000000019",
  status: "label_created",
  lines: [{ lineId: "line_1", quantity: 1 }],
};

/** The message that an order object sends about a view. */
export function orderEvent(type: OrderEventType, view: OrderView, linkKey?: string) {
  return {
    id: `${view.orderId}:${view.version}`,
    type,
    aggregate: { kind: "order" as const, id: view.orderId as string },
    sequence: view.version,
    occurredAt: new Date(view.updatedAt).toISOString(),
    version: 1 as const,
    data: { order: view, ...(linkKey === undefined ? {} : { linkKey }) },
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  };
}
