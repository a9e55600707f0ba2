import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { orderIdOf } from "../../../test/support/order-fixture.ts";
import { planParcel } from "../domain/plan-parcel.ts";
import { createDeadLetterTable } from "./dead-letter-table.ts";
import { createParcelTable } from "./parcel-table.ts";
import {
  deadLetterListSql,
  findParcelsOfOrder,
  findParcelsOfOrders,
  listDeadLetters,
  listParcels,
  parcelListSql,
} from "./queries.ts";

beforeAll(async () => {
  const letters = createDeadLetterTable(env.DB);
  for (const number of [1, 2, 3, 4, 5]) {
    const lines = [{ lineId: "a", quantity: 1, requiresShipping: true }];
    const orderId = orderIdOf(number);
    const planned = planParcel({ orderId, carrier: "Post", lines, parcels: [] }, orderId.slice(4));
    if (planned.ok)
      await createParcelTable(env.DB).add(planned.value, epochMs(1_000 + Math.floor(number / 2)));
    const receivedAt = epochMs(1_000 + Math.floor(number / 2));
    await letters.keep({
      id: `letter-${number}`,
      queue: "q",
      body: String(number),
      reason: "odd",
      receivedAt,
    });
  }
  await letters.markReplayed("letter-3", epochMs(9_000));
});

test("parcels come newest first, page by page, all or of one status", async () => {
  const first = await listParcels(env.DB, { status: "label_created", limit: 2 });
  if (!first.ok || first.value.nextCursor === undefined) throw new Error("there is a next page");
  const rest = await listParcels(env.DB, {
    status: "label_created",
    limit: 9,
    cursor: first.value.nextCursor,
  });
  const all = await listParcels(env.DB, { limit: 9 });
  const ids = [...first.value.items, ...(rest.ok ? rest.value.items : [])].map((row) => row.orderId);
  expect(ids).toEqual([5, 4, 3, 2, 1].map(orderIdOf));
  expect(all.ok && all.value.items.map((row) => row.orderId)).toEqual(ids);
  expect(await listParcels(env.DB, { status: "delivered", limit: 9 })).toEqual({
    ok: true,
    value: { items: [] },
  });
});

test("the parcels of an order are found by the order, in the order in which they were packed", async () => {
  const orderId = orderIdOf(9);
  for (const [number, at] of [
    [81, 2],
    [80, 3],
  ] as const) {
    const body = orderIdOf(number).slice(4);
    const parcel = { parcelId: `pcl_${body}`, shipmentId: `shp_${body}`, carrier: "Post" } as const;
    await createParcelTable(env.DB).add({ ...parcel, orderId, trackingNumber: `T${number}` }, epochMs(at));
  }
  const ids = [`pcl_${orderIdOf(81).slice(4)}`, `pcl_${orderIdOf(80).slice(4)}`];
  expect((await findParcelsOfOrder(env.DB, orderId)).map((row) => row.parcelId)).toEqual(ids);
  expect(await findParcelsOfOrder(env.DB, orderIdOf(99))).toEqual([]);
  const byOrder = await findParcelsOfOrders(env.DB, [orderId, orderIdOf(2), orderIdOf(99)]);
  expect(byOrder.get(orderId)).toEqual(ids.map((parcelId) => ({ parcelId, status: "label_created" })));
  expect([...byOrder.keys()].sort()).toEqual([orderIdOf(2), orderId].sort());
});

test("dead letters come last come first, with or without those that were replayed", async () => {
  const all = await listDeadLetters(env.DB, { limit: 9 });
  const open = await listDeadLetters(env.DB, { isOpen: true, limit: 9 });
  expect(all.ok && all.value.items.map((row) => row.body)).toEqual(["5", "4", "3", "2", "1"]);
  expect(open.ok && open.value.items.map((row) => row.body)).toEqual(["5", "4", "2", "1"]);
  expect(all.ok && all.value.items[2]).toMatchObject({ times: 1, replayedAt: 9_000 });
});

test("a cursor of another list is refused", async () => {
  const refused = { ok: false, refusal: { code: "invalid_cursor" } };
  expect(await listParcels(env.DB, { cursor: "WzFd", limit: 1 })).toEqual(refused);
  expect(await listDeadLetters(env.DB, { cursor: "nonsense", limit: 1 })).toEqual(refused);
});

test.each([
  ["all parcels", parcelListSql(undefined, [1, "a"]), "parcels_created"],
  ["parcels of a status", parcelListSql("delivered", [1, "a"]), "parcels_status_created"],
  ["all dead letters", deadLetterListSql(false, [1, "a"]), "dead_letters_received"],
  ["open dead letters", deadLetterListSql(true, [1, "a"]), "dead_letters_open"],
])("the list of %s reads its index and sorts nothing", async (_, { sql, parameters }, index) => {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...parameters, 10)
    .all<{ detail: string }>();
  const plan = results.map((row) => row.detail).join("\n");
  expect(plan).toContain(`INDEX ${index}`);
  expect(plan).not.toContain("TEMP B-TREE");
});
