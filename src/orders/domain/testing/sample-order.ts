import { epochMs, type EpochMs, type OrderId } from "#kernel";
import type { OrderDraft, OrderLine, PlaceOrder } from "../../contract.ts";
import type { OrderCommand } from "../commands.ts";
import { decide } from "../decide.ts";
import type { RecordedEvent } from "../events.ts";
import { replay } from "../evolve.ts";
import type { OrderState } from "../state.ts";

/** Samples for tests of this module; nothing else imports it. */
export const START: EpochMs = epochMs(1_800_000_000_000);
export const ORDER_ID: OrderId = "ord_01hv0000000000000000000000";

export const line = (sku: string, quantity: number, lineId = `line-${sku}`): OrderLine => ({
  lineId,
  variantId: `var_${sku}`,
  productId: "prd_1",
  productHandle: "heron",
  sku,
  title: "Heron",
  variantTitle: "A3",
  quantity,
  unitPriceMinor: 1000,
  discountMinor: 0,
  totalMinor: 1000 * quantity,
  taxRatePpm: 190_000,
  taxMinor: 160 * quantity,
  weightGrams: 200,
  requiresShipping: true,
});

export function draft(lines: readonly OrderLine[] = [line("KE-A", 2), line("KE-B", 1)]): OrderDraft {
  const itemsMinor = lines.reduce((sum, entry) => sum + entry.totalMinor, 0);
  return {
    checkoutId: "chk_1",
    cartId: "crt_1",
    email: "mira@example.com",
    address: {
      fullName: "Mira Sand",
      line1: "Hafenweg 2",
      city: "Bremen",
      postalCode: "28195",
      country: "DE",
    },
    locale: "en",
    currency: "EUR",
    lines,
    delivery: {
      methodId: "standard",
      name: "Standard",
      carrier: "Kerb Post",
      priceMinor: 490,
      taxMinor: 78,
      earliestDate: "2026-12-01",
      latestDate: "2026-12-03",
    },
    discounts: [],
    tenders: [],
    itemsMinor,
    discountMinor: 0,
    deliveryMinor: 490,
    taxMinor: 558,
    totalMinor: itemsMinor + 490,
    dueMinor: itemsMinor + 490,
  };
}

export const placeOrder = (change: Partial<PlaceOrder> = {}): PlaceOrder => ({
  orderId: ORDER_ID,
  requestHash: "hash-1",
  draft: draft(),
  provider: "fake",
  payment: { kind: "token", token: "tok_approve" },
  accessKey: "secret-key",
  ...change,
});

/** Runs commands from nothing; refused ones throw, because a test's given must be possible. */
export function given(...commands: readonly OrderCommand[]): { state: OrderState; log: RecordedEvent[] } {
  let log: RecordedEvent[] = [];
  for (const command of commands) {
    const decision = decide(replay(log), command, START);
    if (!decision.ok) throw new Error(`given: ${command.kind} was refused with ${decision.refusal.code}`);
    const from = log.length;
    log = [
      ...log,
      ...decision.value.map((event, index) => ({ sequence: from + index + 1, occurredAt: START, event })),
    ];
  }
  const state = replay(log);
  if (!state) throw new Error("given: nothing happened");
  return { state, log };
}

export const TOTAL = draft().totalMinor;
export const place: OrderCommand = { kind: "place", order: placeOrder() };
export const held: OrderCommand = { kind: "record-holds", result: { kind: "held" } };
export const authorised: OrderCommand = {
  kind: "record-payment",
  outcome: { kind: "authorised", reference: "pay_1", amountMinor: TOTAL, cardLast4: "4242" },
};
export const pending: OrderCommand = {
  kind: "record-payment",
  outcome: {
    kind: "pending",
    reference: "pay_1",
    redirectUrl: "https://pay.example/1",
    expiresAt: epochMs(START + 1_800_000),
  },
};
export const unknown: OrderCommand = {
  kind: "record-payment",
  outcome: { kind: "unknown", detail: "timeout" },
};
export const committed: OrderCommand = { kind: "record-commit", isComplete: true };
export const captured: OrderCommand = {
  kind: "record-capture",
  outcome: { kind: "captured", reference: "pay_1", amountMinor: TOTAL },
};
