import { describe, expect, it } from "vitest";
import { epochMs, ok, type OrderId } from "#kernel";
import type { ObjectNamespace } from "#platform";
import { orderIdOf, orderView } from "../../../test/support/order-fixture.ts";
import { mailOfEvent } from "../adapters/order-mail.ts";
import { orderEventSchema } from "../adapters/order-event-schema.ts";
import type { OrderRpc } from "../contract.ts";
import { readOrderNumber, requestOrderLink } from "./request-order-link.ts";

const view = orderView();
const START = epochMs(1_790_000_000_000);

function desk(foundEmail = view.draft.email) {
  const sent: unknown[] = [];
  let now = START;
  const ports = {
    findByNumber: async () => [
      { orderId: orderIdOf(9), email: "somebody@else.example" },
      { orderId: view.orderId, email: foundEmail },
    ],
    // The only call of an order that this use case makes.
    orders: {
      getByName: () => ({ viewWithKey: async () => ok(view) }),
    } as unknown as ObjectNamespace<OrderRpc>,
    accessKey: async (orderId: OrderId) => `key of ${orderId}`,
    sendToMailer: async (message: unknown) => sent.push(message),
    now: () => now,
  };
  const ask = (email = view.draft.email) =>
    requestOrderLink(ports, { orderNumber: view.orderNumber, email, traceparent: "00-a-b-01" });
  return { sent, ask, later: (ms: number) => (now = epochMs(now + ms)) };
}

describe("asking for the link of an order", () => {
  it("sends it to the address that ordered, whatever its capitals", async () => {
    const { sent, ask } = desk();
    await ask(` ${view.draft.email.toUpperCase()} `);
    const message = orderEventSchema.parse(sent[0]);
    expect(mailOfEvent(message)).toMatchObject({
      template: "order_link",
      recipient: view.draft.email,
      linkKey: `key of ${view.orderId}`,
    });
  });

  it("sends nothing to anybody else", async () => {
    const { sent, ask } = desk();
    await ask("curious@example.com");
    expect(sent).toEqual([]);
  });

  it("is one mail an hour: the same event is mailed once", async () => {
    const { sent, ask, later } = desk();
    await ask();
    await ask();
    later(3_600_000);
    await ask();
    const ids = sent.map((message) => orderEventSchema.parse(message).id);
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false]);
  });
});

it.each([
  ["K-7F3K-92QD", "K-7F3K-92QD"],
  [" k 7f3k 92qd ", "K-7F3K-92QD"],
  ["7f3k92qd", "K-7F3K-92QD"],
  ["K-7F3K", undefined],
  ["", undefined],
])("reads the order number %j as %s", (typed, number) => expect(readOrderNumber(typed)).toBe(number));
