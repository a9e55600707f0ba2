import { epochMs, type EpochMs, type OrderId } from "#kernel";
import type { StockEvidence } from "../domain/compare-stock.ts";
import type { OrderDemand, OrderEvidence, OrderFacts } from "../domain/evidence.ts";
import { imageOf } from "../domain/image.ts";
import type { AccountSum } from "../domain/money.ts";

/** Samples for tests of this module; nothing else imports it. */
export const NOW: EpochMs = epochMs(1_800_000_000_000);
export const orderIdOf = (number: number): OrderId => `ord_${String(number).padStart(26, "0")}`;
export const LONG_AGO: EpochMs = epochMs(NOW - 3_600_000);

const account = (name: string, debitMinor: number, creditMinor: number): AccountSum => ({
  account: name,
  debitMinor,
  creditMinor,
});

/** The balanced books of an order whose whole total was reserved, captured and partly sent back. */
export const booksOf = (totalMinor: number, refundedMinor = 0): AccountSum[] => [
  account("provider_reserved", totalMinor, totalMinor),
  account("buyer_reserved", totalMinor, totalMinor),
  account("provider_receivable", totalMinor, refundedMinor),
  account("order_paid", refundedMinor, totalMinor),
];

/** A sound, paid order with two SKUs in its demand. */
export function soldOrder(changes: Partial<OrderFacts> = {}): OrderFacts {
  const demand: OrderDemand[] = [
    { sku: "A", part: 0, quantity: 2, state: "committed" },
    { sku: "B", part: 0, quantity: 1, state: "committed" },
  ];
  return {
    status: "confirmed",
    updatedAt: LONG_AGO,
    provider: "sandbox",
    totalMinor: 3_000,
    isAsPlaced: true,
    capturedMinor: 3_000,
    vouchersMinor: 0,
    refundedMinor: 0,
    ledger: booksOf(3_000),
    demand,
    parcels: [],
    outbox: { waiting: 0 },
    image: imageOf(8, { order: { status: "confirmed" }, lines: ["A", "B"], events: [1, 2, 3] }),
    ...changes,
  };
}

/** Evidence in which everything agrees. */
export function soundOrder(
  order: OrderFacts = soldOrder(),
  changes: Partial<OrderEvidence> = {},
): OrderEvidence {
  return {
    orderId: orderIdOf(1),
    order,
    copy: order.image,
    claims: order.demand.flatMap(({ sku, part, quantity, state }) =>
      state === "held" || state === "committed" || state === "released"
        ? [{ sku, part, quantity, found: state }]
        : [],
    ),
    provider: { capturedMinor: order.capturedMinor, refundedMinor: order.refundedMinor, reservedMinor: 0 },
    parcels: order.parcels,
    now: NOW,
    ...changes,
  };
}

/** A sound SKU with one sold and one open claim. */
export function soundStock(changes: Partial<StockEvidence> = {}): StockEvidence {
  const image = imageOf(5, { level: { onHand: 7, held: 1 } });
  const claim = { part: 0, quantity: 1, expiresAt: epochMs(NOW + 60_000) };
  return {
    sku: "A",
    violations: [],
    claims: [
      { claim: { ...claim, orderId: orderIdOf(1), status: "committed" }, fate: "committing" },
      { claim: { ...claim, orderId: orderIdOf(2), status: "held" }, fate: "live" },
    ],
    outbox: { waiting: 0 },
    image,
    copy: image,
    now: NOW,
    ...changes,
  };
}
