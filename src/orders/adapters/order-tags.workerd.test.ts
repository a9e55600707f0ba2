import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { orderIdOf, orderView } from "../../../test/support/order-fixture.ts";
import type { OrderView } from "../contract.ts";
import { projectOrders } from "./order-projector.ts";
import { listOrders, type OrderListRequest } from "./queries.ts";

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM orders").run();
});

const tagged = (id: number, version: number, tags: readonly string[]): OrderView =>
  orderView({ orderId: orderIdOf(id), version, tags });
const found = async (request: Partial<OrderListRequest>) => {
  const page = await listOrders(env.DB, { limit: 10, ...request });
  return page.ok ? page.value.items.map((order) => order.orderId) : [];
};

test("a tag finds the orders that have it now, and a late copy brings no old tag back", async () => {
  await projectOrders(env.DB, [tagged(1, 9, ["gift", "vip"]), tagged(2, 9, ["gift"]), tagged(3, 9, [])]);
  expect((await found({ tag: "Gift" })).sort()).toEqual([orderIdOf(1), orderIdOf(2)]);
  await projectOrders(env.DB, [tagged(1, 12, ["vip"])]);
  await projectOrders(env.DB, [tagged(1, 10, ["gift"])]);
  expect(await found({ tag: "gift" })).toEqual([orderIdOf(2)]);
  expect(await found({ tag: "vip" })).toEqual([orderIdOf(1)]);
});

test("a tag is paged through to its last order, also where many were placed at once", async () => {
  const all = Array.from({ length: 130 }, (_, n) => {
    const order = tagged(n + 1, 9, n % 2 === 0 ? ["gift"] : ["other"]);
    return { ...order, placedAt: epochMs(1_000_000 + Math.floor(n / 10) * 60_000) };
  });
  for (let from = 0; from < all.length; from += 10) await projectOrders(env.DB, all.slice(from, from + 10));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listOrders(env.DB, {
      tag: "gift",
      limit: 7,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (!page.ok) throw new Error(page.refusal.code);
    seen.push(...page.value.items.map(({ orderId }) => orderId));
    cursor = page.value.nextCursor;
  } while (cursor !== undefined);
  const wanted = all
    .filter((_, n) => n % 2 === 0)
    .sort((a, b) => b.placedAt - a.placedAt || (a.orderId < b.orderId ? 1 : -1));
  expect(seen).toEqual(wanted.map(({ orderId }) => orderId));
});

test("orders with a return that is not over are listed", async () => {
  const entry = {
    returnId: "r1",
    status: "approved",
    requestedBy: "staff",
    wish: "refund",
    reason: "too big",
    lines: [],
    valueMinor: 0,
    creditedMinor: 0,
    requestedAt: orderView().placedAt,
    updatedAt: orderView().placedAt,
  } as const;
  const open = orderView({ orderId: orderIdOf(1), version: 9, returns: [entry] });
  await projectOrders(env.DB, [open, orderView({ orderId: orderIdOf(2), version: 9 })]);
  expect(await found({ hasOpenReturn: true })).toEqual([orderIdOf(1)]);
  await projectOrders(env.DB, [{ ...open, version: 10, returns: [{ ...entry, status: "closed" }] }]);
  expect(await found({ hasOpenReturn: true })).toEqual([]);
});
