import { describe, expect, test } from "vitest";
import { NOTIFICATION_EVENTS, type OrderEventType, type OrderView } from "#orders";
import { epochMs } from "#kernel";
import { orderEvent, orderView, PARCEL } from "../../../test/support/order-fixture.ts";
import { addressLines, mailOfEvent } from "./order-mail.ts";

const mailOf = (type: OrderEventType, view: OrderView = orderView()) =>
  mailOfEvent(orderEvent(type, view, "key"));

describe("which events are written about", () => {
  test.each([
    ["order.confirmed", "order_confirmed"],
    ["order.shipped", "order_shipped"],
    ["order.delivered", "order_delivered"],
    ["order.cancelled", "order_cancelled"],
    ["order.payment_unknown", "payment_unknown"],
  ] as const)("%s → %s", (type, template) => {
    expect(mailOf(type)?.template).toBe(template);
  });

  test("a scan alone is not", () => {
    expect(mailOf("order.parcel_scanned")).toBeUndefined();
  });

  test("an order that was refused while its buyer looked on ends without a mail", () => {
    const refused = orderView({ status: "cancelled", version: 2, cancelReason: "stock_unavailable" });
    expect(mailOf("order.cancelled", refused)).toBeUndefined();
  });

  test("an order whose buyer was sent away to pay ends with one", () => {
    const timeline = [{ sequence: 1, type: "order.payment_pending" as const, occurredAt: epochMs(1) }];
    const left = orderView({ status: "cancelled", timeline, cancelReason: "session_expired" });
    expect(mailOf("order.cancelled", left)).toMatchObject({ cancelCause: "expired", wasAuthorised: false });
  });
});

describe("payment without a machine", () => {
  const dueAt = epochMs(9);
  const { payment } = orderView();
  const pending = { ...payment, provider: "bank_transfer", status: "pending" as const };
  const pendingView = orderView({
    status: "authorising",
    payment: { ...pending, instructions: "Test bank", expiresAt: dueAt },
  });

  test("is written about when a transfer is awaited, and not when a payment page was opened", () => {
    expect(mailOf("order.payment_pending", pendingView)).toMatchObject({
      template: "transfer_due",
      transfer: { to: "Test bank", amountMinor: 6_190, dueAt },
    });
    expect(mailOf("order.payment_pending", orderView({ payment: pending }))).toBeUndefined();
  });

  test("that did not come in time is the reason of the cancellation", () => {
    const timeline = [{ sequence: 1, type: "order.payment_pending" as const, occurredAt: epochMs(1) }];
    const facts = { ...pending, status: "failed" as const };
    const late = { status: "cancelled" as const, timeline, payment: facts, cancelReason: "session_expired" };
    expect(mailOf("order.cancelled", orderView(late))).toMatchObject({ cancelCause: "transfer_overdue" });
  });

  test("by cash is said with the amount, and only while it is owed", () => {
    const cash = { ...payment, provider: "cash_on_delivery" };
    const owed = orderView({ payment: { ...cash, status: "authorised" } });
    expect(mailOf("order.confirmed", owed)).toMatchObject({ cashDueMinor: 6_190 });
    expect(mailOf("order.confirmed", orderView({ payment: cash }))).not.toHaveProperty("cashDueMinor");
  });
});

test("a mail goes to the address as the buyer wrote it, with the key of the order link", () => {
  expect(mailOf("order.confirmed")).toMatchObject({ recipient: "Mira@Example.com", linkKey: "key" });
});

test("parcels are named as soon as there are any", () => {
  const { carrier, trackingNumber } = PARCEL;
  expect(mailOf("order.confirmed")?.parcels).toEqual([]);
  expect(mailOf("order.shipped", orderView({ parcels: [PARCEL, PARCEL] }))?.parcels).toEqual([
    { carrier, trackingNumber },
    { carrier, trackingNumber },
  ]);
});

describe("after the placement", () => {
  const at = epochMs(9);
  /** The view of an event whose timeline entry has this note. */
  const noted = (type: OrderEventType, note: string, changes: Partial<OrderView>): OrderView =>
    orderView({ ...changes, version: 9, timeline: [{ sequence: 9, type, occurredAt: at, note }] });

  test("each movement of a refund is written about, with the way it went", () => {
    const card = { kind: "payment", part: 0 } as const;
    const gift = { kind: "voucher", voucherId: "v" } as const;
    const movements = [
      { movementId: "r1", target: card, amountMinor: 300, status: "paid" as const },
      { movementId: "r1.1", target: gift, amountMinor: 200, status: "requested" as const },
    ];
    const facts = { refundId: "r1", amountMinor: 500, reason: "x", cause: "staff", status: "open" } as const;
    const refunds = [{ ...facts, requestedAt: at, movements }];
    const mail = mailOf("order.refund_paid", noted("order.refund_paid", "r1.1", { refunds }));
    expect(mail).toMatchObject({
      template: "refund_sent",
      refund: { amountMinor: 200, to: "voucher", isCancellation: false },
    });
    expect(mailOf("order.refund_paid", noted("order.refund_paid", "other", { refunds }))).toBeUndefined();
  });

  test("an edit is written about when the buyer has to pay for it, and shows the order as it will be", () => {
    const { draft } = orderView();
    const open = {
      editId: "e",
      part: 1,
      stage: "paying",
      reason: "",
      creditMinor: 0,
      startedAt: at,
    } as const;
    const money = { differenceMinor: 500, dueMinor: 500, draft: { ...draft, totalMinor: 6_690 } };
    const pending = { provider: "sandbox", status: "pending" } as const;
    const edit = { ...open, ...money, payment: { ...pending, redirectUrl: "https://pay.example" } };
    expect(mailOf("order.edit_payment_changed", orderView({ edit }))).toMatchObject({
      template: "edit_payment_due",
      totalMinor: 6_690,
      edit: { dueMinor: 500, payUrl: "https://pay.example" },
    });
    const asked = orderView({ edit: { ...edit, payment: pending } });
    expect(mailOf("order.edit_payment_changed", asked)).toBeUndefined();
    const ended = { editId: "e", part: 1, outcome: "applied", reason: "", differenceMinor: -5 } as const;
    const applied = orderView({ edits: [{ ...ended, shortages: [], endedAt: at }] });
    expect(mailOf("order.edit_applied", applied)).toMatchObject({ edit: { differenceMinor: -5 } });
  });

  test.each([
    ["order.return_requested", "return_requested"],
    ["order.return_approved", "return_approved"],
    ["order.return_declined", "return_declined"],
    ["order.return_received", "return_received"],
  ] as const)("%s → %s, about the return of that event", (type, template) => {
    const line = { lineId: "line_2", quantity: 2, restocked: 1, scrapped: 0 };
    const entry = { returnId: "a", status: "receiving", requestedBy: "customer", wish: "refund" } as const;
    const facts = { reason: "", valueMinor: 0, creditedMinor: 0, requestedAt: at, updatedAt: at };
    const first = { ...entry, ...facts, lines: [{ ...line, quantity: 9 }] };
    const returns = [first, { ...entry, ...facts, returnId: "b", lines: [line] }];
    expect(mailOf(type, noted(type, "b", { returns }))).toMatchObject({
      template,
      goodsReturn: { wish: "refund", pieces: 2, receivedPieces: 1 },
    });
  });

  test("a return that staff open is written about once, when it is agreed to", () => {
    const entry = { returnId: "a", status: "requested", requestedBy: "staff", wish: "refund" } as const;
    const facts = { reason: "", valueMinor: 0, creditedMinor: 0, requestedAt: at, updatedAt: at };
    const returns = [{ ...entry, ...facts, lines: [] }];
    expect(
      mailOf("order.return_requested", noted("order.return_requested", "a", { returns })),
    ).toBeUndefined();
  });

  test("whatever is written about goes to the mailer's queue", () => {
    const written = ["order.refund_paid", "order.edit_payment_changed", "order.edit_applied"] as const;
    for (const type of written) expect(NOTIFICATION_EVENTS).toContain(type);
  });
});

describe("an address", () => {
  const base = { fullName: "A. Buyer", line1: "1 Main Street", city: "Springfield", country: "US" };
  test("ends with the postcode where its country writes it so", () => {
    expect(addressLines({ ...base, region: "IL", postalCode: "62701" })).toEqual([
      "A. Buyer",
      "1 Main Street",
      "Springfield IL 62701",
    ]);
  });
  test("starts its town line with the postcode elsewhere, and skips what is empty", () => {
    expect(addressLines({ ...base, line2: " ", city: "Berlin", country: "DE", postalCode: "10969" })).toEqual(
      ["A. Buyer", "1 Main Street", "10969 Berlin"],
    );
  });
});
