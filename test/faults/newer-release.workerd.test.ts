import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createDeadLetterTable } from "../../src/fulfilment/adapters/dead-letter-table.ts";
import { replayDeadLetter } from "../../src/fulfilment/app/replay-dead-letter.ts";
import { decide } from "../../src/orders/domain/decide.ts";
import { afterAll } from "../../src/orders/domain/decision.ts";
import {
  authorised,
  captured,
  committed,
  given,
  held,
  place,
  START,
} from "../../src/orders/domain/testing/sample-order.ts";
import { QUEUES } from "../../workers/fulfilment/queues.ts";
import { deliver, NOW, testPorts } from "../support/fulfilment-ports.ts";
import { orderEvent, orderIdOf, orderView } from "../support/order-fixture.ts";

// A newer release of the storefront runs while this one still consumes, or was rolled back: what it has written is not
// understood here, and must be there when it is. The other direction is test/simulation/upgrade.

const known = orderEvent("order.confirmed", orderView());
const OF_NEWER = orderView({ orderId: orderIdOf(7) });
const newerShape = { ...orderEvent("order.confirmed", OF_NEWER), version: 2, data: { parts: ["a"] } };
const newerType = orderEvent("order.confirmed", OF_NEWER);

test.each([QUEUES.projection, QUEUES.shipping, QUEUES.notifications])(
  "F18: an event of %s in a shape that only a newer release reads holds nobody up, is kept whole, and can be replayed",
  async (queue) => {
    await env.DB.prepare("DELETE FROM dead_letters").run();
    const { ports, orders } = testPorts();
    orders.views.set(known.aggregate.id, known.data.order);
    const answer = await deliver(queue, [newerShape, known], ports);
    expect(answer.retried).toContain(0);
    expect(answer.acked).not.toContain(0);
    expect(orders.acknowledged.map(({ id }) => id)).not.toContain(newerShape.aggregate.id);
    // Its attempts are used up.
    expect(await deliver(`${queue}-dead`, [newerShape], ports)).toMatchObject({ acked: [0] });
    const letters = createDeadLetterTable(env.DB);
    const row = await env.DB.prepare("SELECT id, reason FROM dead_letters").first<{
      id: string;
      reason: string;
    }>();
    expect(row?.reason).toContain("version");
    const sent: unknown[] = [];
    const sendBatch = async (messages: Iterable<{ body: unknown }>): Promise<void> =>
      void sent.push(...[...messages].map(({ body }) => body));
    const clock = { now: () => NOW };
    await replayDeadLetter(row?.id ?? "", { letters, queues: { [queue]: { sendBatch } }, clock });
    expect(sent).toEqual([newerShape]);
  },
);

test("F18: an event whose type is new does not stop the copy of its order, with all that the order says", async () => {
  const { ports } = testPorts();
  const gift = { note: "hello" };
  const event = {
    ...newerType,
    type: "order.gift_wrapped",
    data: { order: { ...OF_NEWER, gift } },
  };
  expect(await deliver(QUEUES.projection, [event], ports)).toEqual({ acked: [0], retried: [] });
  const row = await env.DB.prepare("SELECT view FROM orders WHERE id = ?")
    .bind(OF_NEWER.orderId)
    .first<{ view: string }>();
  expect(JSON.parse(row?.view ?? "null")).toMatchObject({ orderId: OF_NEWER.orderId, gift });
});

test("F18: members that a newer release has put into an order's state outlive what this one does to it", () => {
  const { state } = given(place, held, authorised, committed, captured);
  const newer = { ...state, gift: { note: "hello" } };
  const decision = decide(
    newer,
    { kind: "add-note", noteId: "n1", text: "rolled back", author: "staff:ada" },
    START,
  );
  if (!decision.ok) throw new Error(decision.refusal.code);
  expect(afterAll(newer, decision.value, START)).toMatchObject({
    gift: { note: "hello" },
    notes: [{ noteId: "n1" }],
  });
});
