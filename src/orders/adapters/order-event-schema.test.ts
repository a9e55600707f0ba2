import { describe, expect, test } from "vitest";
import { orderEvent, orderIdOf, orderView, PARCEL } from "../../../test/support/order-fixture.ts";
import { orderEventSchema } from "./order-event-schema.ts";

describe("an order event", () => {
  test("is read back word for word", () => {
    const event = orderEvent("order.shipped", orderView({ parcels: [PARCEL] }), "secret");
    expect(orderEventSchema.parse(structuredClone(event))).toEqual(event);
  });

  test("keeps members that this reader does not know", () => {
    const event = orderEvent("order.confirmed", orderView());
    const newer = { ...event, data: { order: { ...event.data.order, gift: { note: "hello" } } } };
    expect(orderEventSchema.parse(newer)).toEqual(newer);
  });

  test("may name a status that is newer than this reader", () => {
    const event = orderEvent("order.confirmed", orderView());
    const newer = { ...event, data: { order: { ...event.data.order, status: "refunding" } } };
    expect(orderEventSchema.safeParse(newer).success).toBe(true);
  });

  const event = orderEvent("order.confirmed", orderView());
  const withOrder = (changes: object) => ({ ...event, data: { order: { ...event.data.order, ...changes } } });
  test.each([
    ["nothing", undefined],
    ["text", "order.confirmed"],
    ["an unknown version", { ...event, version: 2 }],
    ["no sequence", { ...event, sequence: 0 }],
    ["a view of another order", withOrder({ orderId: orderIdOf(2) })],
    ["an id that is none", withOrder({ orderId: "ord_1" })],
    ["a fractional total", withOrder({ draft: { ...event.data.order.draft, totalMinor: 1.5 } })],
    ["lines that are no list", withOrder({ draft: { ...event.data.order.draft, lines: "many" } })],
    ["a status that is no word", withOrder({ status: "<script>" })],
  ])("is refused with %s", (_, body) => {
    expect(orderEventSchema.safeParse(body).success).toBe(false);
  });
});
