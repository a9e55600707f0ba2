import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import type { OrderView } from "#orders";
import { orderIdOf, orderView } from "../../../test/support/order-fixture.ts";
import { projectOrders } from "./order-projector.ts";
import { findOrder, listOrderEvents, listOrders, orderListSql, type OrderListRequest } from "./queries.ts";

/** Ten orders a minute apart; every third is cancelled, and two pairs were placed in the same millisecond. */
const ORDERS = Array.from({ length: 10 }, (_, n): OrderView => {
  const base = orderView({ orderId: orderIdOf(n + 1) });
  const isCancelled = n % 3 === 0;
  return {
    ...base,
    status: isCancelled ? "cancelled" : "confirmed",
    placedAt: epochMs(1_000_000 + Math.floor(n / 2) * 60_000),
    payment: { ...base.payment, status: isCancelled ? "voided" : "captured" },
    draft: {
      ...base.draft,
      email: n === 4 ? "Ana@Example.com" : `buyer${n}@example.com`,
      address: { ...base.draft.address, fullName: n === 7 ? "Ödön Álvarez" : `Buyer ${n}` },
    },
  };
});

beforeAll(() => projectOrders(env.DB, ORDERS));

const idsOf = async (request: Partial<OrderListRequest>): Promise<string[]> => {
  const page = await listOrders(env.DB, { limit: 100, ...request });
  if (!page.ok) throw new Error(page.refusal.code);
  return page.value.items.map((row) => row.orderId);
};
const newestFirst = [...ORDERS]
  .sort((a, b) => b.placedAt - a.placedAt || (a.orderId < b.orderId ? 1 : -1))
  .map((order) => order.orderId);

test("orders come last placed first", async () => {
  expect(await idsOf({})).toEqual(newestFirst);
});

test("pages neither repeat nor skip an order, also where two were placed at once", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listOrders(env.DB, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    if (!page.ok) throw new Error(page.refusal.code);
    seen.push(...page.value.items.map((row) => row.orderId));
    cursor = page.value.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(newestFirst);
});

test("a list is of one status, of one payment status, or of both", async () => {
  const cancelled = newestFirst.filter(
    (id) => ORDERS.find((order) => order.orderId === id)?.status === "cancelled",
  );
  expect(await idsOf({ status: "cancelled" })).toEqual(cancelled);
  expect(await idsOf({ paymentStatus: "voided" })).toEqual(cancelled);
  expect(await idsOf({ status: "cancelled", paymentStatus: "captured" })).toEqual([]);
});

describe("a search finds", () => {
  test.each([
    ["the beginning of an address, in any case", "ANA@", [5]],
    ["the beginning of a name in any script", "ödön", [8]],
    ["a whole order id", orderIdOf(3), [3]],
    ["the beginning of a number, with or without its letter", "0000-0006", [6]],
    ["nothing, when nothing starts so", "zzz", []],
    ["no more than what fits the words as they are", "%", []],
  ])("%s", async (_, search, numbers) => {
    expect(await idsOf({ search })).toEqual(numbers.map(orderIdOf));
  });

  test("several orders, last placed first, and with a filter", async () => {
    expect(await idsOf({ search: "buyer" })).toHaveLength(10);
    expect(await idsOf({ search: "buyer", status: "cancelled" })).toHaveLength(4);
  });

  test("pages of them", async () => {
    const first = await listOrders(env.DB, { search: "buyer", limit: 4 });
    if (!first.ok || first.value.nextCursor === undefined) throw new Error("there is a next page");
    const rest = await idsOf({ search: "buyer", cursor: first.value.nextCursor });
    expect([...first.value.items.map((row) => row.orderId), ...rest]).toEqual(newestFirst);
  });
});

test.each(["x", "e30", "WzEsMl0"])("a cursor that is not of this list is refused: %s", async (cursor) => {
  expect(await listOrders(env.DB, { cursor, limit: 5 })).toEqual({
    ok: false,
    refusal: { code: "invalid_cursor" },
  });
});

describe("every list reads through an index and sorts nothing", () => {
  test.each<[string, Omit<OrderListRequest, "limit">, string]>([
    ["all", {}, "orders_placed"],
    ["one status", { status: "confirmed" }, "orders_status_placed"],
    ["one payment status", { paymentStatus: "captured" }, "orders_payment_placed"],
    ["one tag", { tag: "gift" }, "order_tags_tag"],
    ["one tag and status", { tag: "gift", status: "confirmed" }, "order_tags_tag"],
    ["open returns", { hasOpenReturn: true }, "orders_open_returns"],
  ])("%s", async (_, request, index) => {
    for (const position of [[], [1_000_000, orderIdOf(1)]]) {
      const plan = await planOf(request, position);
      expect(plan).toContain(`INDEX ${index}`);
      expect(plan).not.toContain("TEMP B-TREE");
    }
  });

  test("a search reads three index ranges and the matches by id, never the whole table", async () => {
    const plan = await planOf({ search: "ana" }, []);
    for (const index of ["orders_email", "orders_search_name", "orders_number_placed"]) {
      expect(plan).toMatch(new RegExp(`SEARCH orders USING (COVERING )?INDEX ${index} `));
    }
    expect(plan).not.toMatch(/SCAN (orders|o)\b/);
  });
});

async function planOf(
  request: Omit<OrderListRequest, "limit">,
  position: (string | number)[],
): Promise<string> {
  const { sql, parameters } = orderListSql(request, position);
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...parameters, 50)
    .all<{ detail: string }>();
  return results.map((row) => row.detail).join("\n");
}

test("an order's copy and its events are what the event carried", async () => {
  expect(await findOrder(env.DB, orderIdOf(1))).toEqual(ORDERS[0]);
  expect(await findOrder(env.DB, "ord_nobody")).toBeUndefined();
  const first = await listOrderEvents(env.DB, { orderId: orderIdOf(1), limit: 5 });
  if (!first.ok || first.value.nextCursor === undefined) throw new Error("there is a next page");
  const rest = await listOrderEvents(env.DB, {
    orderId: orderIdOf(1),
    cursor: first.value.nextCursor,
    limit: 5,
  });
  const events = [...first.value.items, ...(rest.ok ? rest.value.items : [])];
  expect(events).toEqual(ORDERS[0]?.timeline);
});
