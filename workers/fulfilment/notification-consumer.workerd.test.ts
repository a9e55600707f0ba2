import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { orderEvent, orderIdOf, orderView } from "../../test/support/order-fixture.ts";
import { DEAD_DB, deliver, knows, testPorts } from "../../test/support/fulfilment-ports.ts";
import { QUEUES } from "./queues.ts";

const confirmed = orderEvent("order.confirmed", orderView(), "secret-key");
const mails = async () =>
  (
    await env.DB.prepare("SELECT order_id, template, recipient, subject, html, text FROM mails").all<
      Record<string, string>
    >()
  ).results;

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM mails").run();
});

test("a confirmed order is written about once, with the key of its page in the button", async () => {
  const { ports, orders } = testPorts();
  expect(await deliver(QUEUES.notifications, [confirmed], ports)).toEqual({ acked: [0], retried: [] });
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ template: "order_confirmed", recipient: "Mira@Example.com" });
  expect(mail?.["subject"]).toBe(`Order confirmed ${confirmed.data.order.orderNumber}`);
  expect(mail?.["html"]).toContain(`https://shop.example/orders/${orderIdOf(1)}?key=secret-key`);
  expect(orders.acknowledged).toEqual([{ id: orderIdOf(1), destination: "notifications", sequences: [8] }]);
});

test("the same event twice makes one mail", async () => {
  const { ports } = testPorts();
  await deliver(QUEUES.notifications, [confirmed, confirmed], ports);
  await deliver(QUEUES.notifications, [confirmed], ports);
  expect(await mails()).toHaveLength(1);
});

test("mails go out whatever the order of their events", async () => {
  const { ports } = testPorts();
  const shipped = orderEvent("order.shipped", orderView({ version: 11, status: "shipped" }), "secret-key");
  await deliver(QUEUES.notifications, [shipped, confirmed], ports);
  expect((await mails()).map((mail) => mail["template"]).sort()).toEqual([
    "order_confirmed",
    "order_shipped",
  ]);
});

test("an event that needs no mail is done", async () => {
  const { ports, orders } = testPorts();
  expect(
    await deliver(QUEUES.notifications, [orderEvent("order.held", orderView({ version: 2 }))], ports),
  ).toMatchObject({
    acked: [0],
  });
  expect(await mails()).toEqual([]);
  expect(orders.acknowledged).toHaveLength(1);
});

test("a message that cannot be read goes back alone", async () => {
  const { ports } = testPorts();
  expect(await deliver(QUEUES.notifications, [42, confirmed], ports)).toEqual({ acked: [1], retried: [0] });
});

test("a mail whose store is down is tried again and then written once", async () => {
  const down = testPorts(DEAD_DB);
  expect(await deliver(QUEUES.notifications, [confirmed], down.ports)).toEqual({ acked: [], retried: [0] });
  expect(down.orders.acknowledged).toEqual([]);
  expect(await deliver(QUEUES.notifications, [confirmed], testPorts().ports)).toMatchObject({ acked: [0] });
  expect(await mails()).toHaveLength(1);
});

test("a mailer that fails stops neither the projection nor the shipping (P4)", async () => {
  const { ports, orders, parcels } = testPorts();
  knows(orders, orderView());
  const broken = {
    ...ports,
    mail: { ...ports.mail, mails: { deliver: () => Promise.reject(new Error("the mailer is down")) } },
  };
  expect(await deliver(QUEUES.notifications, [confirmed], broken)).toEqual({ acked: [], retried: [0] });
  expect(await deliver(QUEUES.projection, [confirmed], broken)).toEqual({ acked: [0], retried: [] });
  expect(await deliver(QUEUES.shipping, [confirmed], broken)).toEqual({ acked: [0], retried: [] });
  expect(parcels.booked).toHaveLength(1);
  expect(orders.acknowledged.map((entry) => entry.destination)).toEqual(["projection", "shipping"]);
});
