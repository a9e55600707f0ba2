import { describe, expect, it } from "vitest";
import { DAY_MS, epochMs } from "#kernel";
import { speechFor } from "#words";
import { orderView, PARCEL } from "../../../test/support/order-fixture.ts";
import type { OrderStatus, OrderView } from "../contract.ts";
import { orderTimeline } from "./order-timeline.ts";
import { eventWords, orderWords } from "./order-words.ts";
import { returnableLines } from "./return-form.tsx";

const ENGLISH = speechFor("en-GB");
const ZONE = "Europe/Berlin";
const words = (changes: Partial<OrderView>, laterMs = 0) => {
  const order = orderView(changes);
  return orderWords(ENGLISH, order, { at: epochMs(order.updatedAt + laterMs), timeZone: ZONE });
};
const payment = (changes: Partial<OrderView["payment"]>): Pick<OrderView, "payment"> => ({
  payment: { ...orderView().payment, status: "none", authorisedMinor: 0, capturedMinor: 0, ...changes },
});

const STATUSES: readonly OrderStatus[] = [
  "created",
  "holding",
  "held",
  "authorising",
  "payment_unknown",
  "authorised",
  "committing",
  "capturing",
  "confirmed",
  "fulfilling",
  "shipped",
  "delivered",
  "closed",
  "releasing",
  "cancelled",
  "refunding",
  "refunded",
  "needs_attention",
];

describe("the words about an order", () => {
  it.each(STATUSES)("exist for %s, and name no status of the machine", (status) => {
    const { title } = words({ status });
    expect(title).toMatch(/^Order \S+ (is|has|waits) /);
    expect(title).not.toMatch(/_|authorising|capturing|releasing/);
  });

  it("offer the way back to payment only while it is open", () => {
    const open = payment({
      status: "pending",
      redirectUrl: "https://pay.example/1",
      expiresAt: epochMs(Date.UTC(2026, 10, 27, 13, 32)),
    });
    expect(words({ status: "authorising", ...open })).toMatchObject({
      title: expect.stringMatching(/ is not paid yet$/) as unknown,
      payUrl: "https://pay.example/1",
      notice: { text: "You have not paid yet. We keep these items for you until 14:32." },
    });
    for (const status of STATUSES.filter(
      (name) => !["created", "holding", "held", "authorising"].includes(name),
    )) {
      expect(words({ status, ...open })).not.toHaveProperty("payUrl");
    }
  });

  it("never ask to pay again while the bank is silent, and give a contact after half an hour", () => {
    const unknown = { status: "payment_unknown" as const, ...payment({ status: "unknown" }) };
    expect(words(unknown).notice?.text).toContain("Do not pay again");
    expect(words(unknown).notice?.text).not.toContain("quote");
    expect(words(unknown, 31 * 60_000).notice?.text).toContain("quote K-");
  });

  it.each([
    ["insufficient_funds", "There is not enough money on this card."],
    ["fraud_suspected", "Your bank said no to this payment."],
    ["session_expired", "This took too long, so we cancelled it."],
  ] as const)("say why %s, and that nothing was charged", (declineReason, sentence) => {
    const { notice } = words({ status: "cancelled", ...payment({ status: "failed", declineReason }) });
    expect(notice?.text).toContain(sentence);
    expect(notice?.text).toContain("Nothing was charged");
  });

  it("say that money which came too late goes back", () => {
    expect(
      words({ status: "cancelled", ...payment({ status: "captured", capturedMinor: 100 }) }).notice?.text,
    ).toContain("We have sent it back");
  });
});

describe("what a buyer may send back", () => {
  const sent = { ...PARCEL, status: "delivered" as const };
  const delivered = orderView({
    status: "delivered",
    parcels: [sent],
    deliveredAt: epochMs(orderView().placedAt),
  });
  const returned = {
    returnId: "r1",
    status: "requested" as const,
    requestedBy: "customer" as const,
    wish: "refund" as const,
    reason: "too big",
    lines: [{ lineId: "line_1", quantity: 1, restocked: 0, scrapped: 0 }],
    valueMinor: 0,
    creditedMinor: 0,
    requestedAt: delivered.placedAt,
    updatedAt: delivered.placedAt,
  };
  const lineIds = (order: OrderView, laterMs = 0) =>
    returnableLines(order, epochMs(order.placedAt + laterMs)).map((line) => line.lineId);

  it("is what was sent, once, for thirty days after it arrived", () => {
    expect(lineIds(delivered)).toEqual(["line_1"]);
    expect(lineIds(delivered, 31 * DAY_MS)).toEqual([]);
    expect(lineIds({ ...delivered, status: "shipped" })).toEqual([]);
    expect(lineIds({ ...delivered, returns: [returned] })).toEqual([]);
    expect(lineIds({ ...delivered, returns: [{ ...returned, status: "declined" }] })).toEqual(["line_1"]);
  });
});

describe("the timeline", () => {
  const states = (changes: Partial<OrderView>) =>
    orderTimeline(ENGLISH, orderView(changes), ZONE).map((step) => [step.label, step.state]);
  const at = (type: OrderView["timeline"][number]["type"], sequence: number) => ({
    type,
    sequence,
    occurredAt: epochMs(0),
  });

  it("marks the last station reached as the present one, and all as done when the parcel is there", () => {
    const timeline = [at("order.confirmed", 1), at("order.fulfilment_started", 2)];
    expect(states({ status: "fulfilling", timeline })).toEqual([
      ["Paid", "done"],
      ["Packed", "current"],
      ["On its way", "ahead"],
      ["Delivered", "ahead"],
    ]);
    const all = [...timeline, at("order.shipped", 3), at("order.delivered", 4)];
    expect(states({ status: "delivered", timeline: all }).every(([, state]) => state === "done")).toBe(true);
  });

  it("stops where a cancelled order stood", () => {
    expect(
      states({ status: "cancelled", timeline: [at("order.placed", 1), at("order.cancelled", 2)] }),
    ).toEqual([["Cancelled", "failed"]]);
    expect(
      states({ status: "cancelled", timeline: [at("order.confirmed", 1), at("order.cancelled", 2)] }),
    ).toEqual([
      ["Paid", "done"],
      ["Cancelled", "failed"],
    ]);
  });

  it("has words for what concerns a buyer, and none for what moves inside the shop", () => {
    expect(eventWords(ENGLISH, "order.parcel_scanned", "delayed")).toBe("Delayed by the carrier");
    expect(eventWords(ENGLISH, "order.parcel_scanned", "toString")).toBe("Parcel scanned");
    expect(eventWords(ENGLISH, "order.committed")).toBeUndefined();
  });
});
