import { describe, expect, test } from "vitest";
import type { OrderEventType, OrderView } from "#orders";
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

test("the parcel is named as soon as there is one", () => {
  expect(mailOf("order.confirmed")?.parcel).toBeUndefined();
  expect(mailOf("order.shipped", orderView({ parcels: [PARCEL] }))?.parcel).toEqual({
    carrier: "Kerbside Post",
    trackingNumber: PARCEL.trackingNumber,
  });
});

describe("an address", () => {
  const base = { fullName: "A. Buyer", line1: "1 Main Street", city: "Springfield", country: "US" };
  test("ends with the postcode where its country writes it so", () => {
    expect(addressLines({ ...base, region: "IL", postalCode: "62701" })).toEqual([
      "A. Buyer",
      "1 Main Street",
      "Springfield IL 62701",
      "United States",
    ]);
  });
  test("starts its town line with the postcode elsewhere, and skips what is empty", () => {
    expect(addressLines({ ...base, line2: " ", city: "Berlin", country: "DE", postalCode: "10969" })).toEqual(
      ["A. Buyer", "1 Main Street", "10969 Berlin", "Germany"],
    );
  });
});
