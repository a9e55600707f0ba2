import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { sweepOrders } from "../../src/fulfilment/app/sweep-orders.ts";
import { SWEEP_QUIET_MS } from "../../src/fulfilment/domain/limits.ts";
import { orderIdOf, orderView } from "../../test/support/order-fixture.ts";
import { knows, NOW, testPorts } from "../../test/support/fulfilment-ports.ts";

const quietAt = epochMs(NOW - SWEEP_QUIET_MS - 1);
const statuses = async () =>
  (await env.DB.prepare("SELECT status FROM orders ORDER BY id").all<{ status: string }>()).results.map(
    (row) => row.status,
  );

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM orders").run();
});

test("a copy that fell behind its object is written again", async () => {
  const { ports, orders } = testPorts();
  await ports.orderTable.project([orderView({ updatedAt: quietAt })]);
  knows(orders, orderView({ version: 12, status: "shipped", updatedAt: quietAt }));
  expect(await sweepOrders(ports)).toEqual({ compared: 1, repaired: 1, unreachable: 0 });
  expect(await statuses()).toEqual(["shipped"]);
});

test("a copy that is level is left alone, and is not compared again at once", async () => {
  const { ports, orders } = testPorts();
  await ports.orderTable.project([orderView({ updatedAt: quietAt })]);
  knows(orders, orderView({ updatedAt: quietAt }));
  expect(await sweepOrders(ports)).toEqual({ compared: 1, repaired: 0, unreachable: 0 });
  expect(await sweepOrders(ports)).toEqual({ compared: 0, repaired: 0, unreachable: 0 });
});

test("orders that moved a moment ago, and settled ones, are not asked", async () => {
  const { ports } = testPorts();
  await ports.orderTable.project([
    orderView({ updatedAt: NOW }),
    orderView({ orderId: orderIdOf(2), status: "delivered", updatedAt: quietAt }),
    orderView({ orderId: orderIdOf(3), status: "cancelled", updatedAt: quietAt }),
  ]);
  expect(await sweepOrders(ports)).toEqual({ compared: 0, repaired: 0, unreachable: 0 });
});

test("an object that does not answer is asked again the next time", async () => {
  const { ports, orders } = testPorts();
  await ports.orderTable.project([orderView({ updatedAt: quietAt })]);
  knows(orders, orderView({ version: 12, status: "shipped", updatedAt: quietAt }));
  orders.isUnreachable = true;
  expect(await sweepOrders(ports)).toEqual({ compared: 0, repaired: 0, unreachable: 1 });
  orders.isUnreachable = false;
  expect(await sweepOrders(ports)).toMatchObject({ repaired: 1 });
});
