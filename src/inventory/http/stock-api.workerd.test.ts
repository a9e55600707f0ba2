import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { StockChanged, StockRpc } from "#inventory";
import { epochMs, type OrderId } from "#kernel";
import { objectNamespace } from "#platform";
import { querySellable } from "../../catalog/adapters/sellable-query.ts";
import { applyStockFacts, bundleStatements } from "../../catalog/adapters/stock-projection.ts";
import { catalogFixture, clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { createBundleTable } from "../adapters/bundle-table.ts";
import { projectLocationLevels } from "../adapters/location-levels.ts";
import { createLocationTable, listBehind } from "../adapters/location-table.ts";
import { createTransferTable } from "../adapters/transfer-table.ts";
import type { StockDeskPorts } from "../app/ports.ts";
import { spreadArrangement } from "../app/stock-desk.ts";
import { createStockAdminApi } from "./admin-routes.ts";

const SKUS = ["KE-A", "KE-B", "KE-DUO"];
const desk: StockDeskPorts = {
  now: () => epochMs(Date.now()),
  stock: objectNamespace<StockRpc>(env.STOCK),
  locations: createLocationTable(env.DB),
  transfers: createTransferTable(env.DB),
  bundles: createBundleTable(env.DB, (sku) => bundleStatements(env.DB, sku)),
  isInCatalog: async (sku) => SKUS.includes(sku),
};
const api = createStockAdminApi({ desk: () => desk });

type Json = Record<string, unknown>;
async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await api.request(path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, etag: response.headers.get("etag"), body: await response.json<Json>() };
}
const count = (sku: string, location: string, quantity: number) =>
  ask("POST", `/stock/${sku}/adjustments`, { kind: "counted", quantity, location, reason: "opening" });
const call = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor: "test" };
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;

/** What the projector does with the levels of these SKUs. */
async function project(...skus: readonly string[]): Promise<void> {
  const changes = await Promise.all(skus.map((sku) => desk.stock.getByName(sku).level()));
  const facts = changes.map(({ locations: _locations, ...level }) => ({ ...level, changedAtMs: 1 }));
  await applyStockFacts(env.DB, facts, [projectLocationLevels(env.DB, changes)]);
}

beforeAll(async () => {
  await clearCatalog(env.DB);
  const { save } = catalogFixture(env.DB);
  for (const sku of SKUS) await save(sampleProduct(sku.toLowerCase(), { variants: [sampleVariant(sku)] }));
  const berlin = { name: "Berlin", address: "", priority: 5, isActive: true, shipsOrders: true };
  expect((await ask("PUT", "/locations/berlin", berlin)).status).toBe(200);
});

test("a SKU that neither catalogue nor stock knows is not found", async () => {
  expect(await ask("GET", "/stock/NOBODY")).toMatchObject({
    status: 404,
    body: { type: "/problems/inventory/sku-unknown" },
  });
  expect((await ask("GET", "/stock/KE-DUO")).status).toBe(200);
});

test("open holds come in pages, and a cursor of another list is refused", async () => {
  const sku = `KE-HELD-${crypto.randomUUID()}`;
  const stock = desk.stock.getByName(sku);
  await stock.adjust({ adjustmentId: "first", kind: "counted", quantity: 9, reason: "count" }, call);
  for (let n = 1; n <= 3; n += 1)
    await stock.hold({ orderId: order(n), part: 0, quantity: 1, ttlSeconds: 60 * n }, call);
  const first = await ask("GET", `/stock/${sku}/holds?limit=2`);
  expect(first.body).toMatchObject({ items: [{ orderId: order(1) }, { orderId: order(2) }] });
  const rest = await ask("GET", `/stock/${sku}/holds?limit=2&cursor=${String(first.body["nextCursor"])}`);
  expect(rest.body).toMatchObject({ items: [{ orderId: order(3) }] });
  expect(rest.body).not.toHaveProperty("nextCursor");
  for (const query of ["cursor=7", "cursor=WzFd", "limit=0", "limit=101"])
    expect((await ask("GET", `/stock/${sku}/holds?${query}`)).status).toBe(422);
});

describe("locations", () => {
  test("are saved over the version that was read only", async () => {
    const oslo = { name: "Oslo", address: "1 Quay", priority: 9, isActive: true, shipsOrders: false };
    const saved = await ask("PUT", "/locations/oslo", oslo);
    expect(saved).toMatchObject({ status: 200, etag: '"v1"' });
    expect((await ask("PUT", "/locations/oslo", oslo, { "if-match": '"v1"' })).body).toMatchObject({
      version: 2,
    });
    expect((await ask("PUT", "/locations/oslo", oslo, { "if-match": '"v1"' })).status).toBe(409);
    expect((await ask("PUT", "/locations/main", { ...oslo, isActive: false })).status).toBe(422);
    expect((await ask("PUT", "/locations/No Place", oslo)).status).toBe(422);
  });

  test("serve orders in their order, which SKUs hear of with a change or in the next round", async () => {
    await count("KE-A", "main", 2);
    await count("KE-A", "berlin", 5);
    const { body } = await ask("GET", "/stock/KE-A");
    expect(body).toMatchObject({ orderable: 7, locations: [{ location: "main" }, { location: "berlin" }] });
    const hold = await env.STOCK.getByName("KE-A").hold(
      { orderId: order(1), part: 0, quantity: 4, ttlSeconds: 60 },
      call,
    );
    expect(hold).toMatchObject({ value: { allocations: [{ location: "berlin", quantity: 4 }] } });
    await project("KE-A");
    await ask("PUT", "/locations/berlin", {
      name: "Berlin",
      address: "",
      priority: 5,
      isActive: true,
      shipsOrders: false,
    });
    const told = await spreadArrangement(
      desk,
      (revision, limit) => listBehind(env.DB, revision, limit),
      call,
    );
    expect(told).toBe(1);
    expect((await ask("GET", "/stock/KE-A")).body).toMatchObject({ available: 3, orderable: 2, held: 4 });
  });
});

describe("adjustments", () => {
  test("fit the version that was read, and a place that exists", async () => {
    const before = await ask("GET", "/stock/KE-B");
    const receive = { kind: "received", quantity: 3, reason: "delivery" };
    const path = "/stock/KE-B/adjustments";
    expect((await ask("POST", path, receive, { "if-match": before.etag ?? "" })).status).toBe(200);
    expect((await ask("POST", path, receive, { "if-match": before.etag ?? "" })).status).toBe(409);
    expect((await ask("POST", path, { ...receive, location: "moon" })).body).toMatchObject({
      type: "/problems/inventory/location-unknown",
    });
  });

  test("tell damaged returns from good ones in one movement", async () => {
    const path = "/stock/KE-B/adjustments";
    const before = (await ask("GET", "/stock/KE-B")).body as StockChanged & Json;
    const back = {
      kind: "returned",
      quantity: 1,
      reason: "returned",
      condition: "damaged",
      adjustmentId: "r1",
    };
    await ask("POST", path, back);
    const { body } = await ask("POST", path, back);
    expect(body).toMatchObject({ onHand: before.onHand, damaged: before.damaged + 1 });
    const journal = await ask("GET", "/stock/KE-B/journal?limit=1");
    expect(journal.body).toMatchObject({
      items: [{ kind: "returned", onHandChange: 0, others: { damaged: { change: 1 } } }],
    });
  });

  test("fulfil what was announced", async () => {
    const path = "/stock/KE-B/incoming/po-7";
    expect((await ask("PUT", path, { quantity: 5, expectedAt: "2026-12-14" })).body).toMatchObject({
      incoming: 5,
    });
    const receive = { kind: "received", quantity: 2, reason: "delivery", announcementId: "po-7" };
    expect((await ask("POST", "/stock/KE-B/adjustments", receive)).body).toMatchObject({ incoming: 3 });
    expect((await ask("GET", "/stock/KE-B/open")).body).toMatchObject({
      incoming: [{ announcementId: "po-7", quantity: 3 }],
    });
  });
});

describe("a transfer", () => {
  const lines = [
    { sku: "KE-A", quantity: 1 },
    { sku: "KE-B", quantity: 2 },
  ];
  const create = (body: Json = {}) =>
    ask("POST", "/transfers", { from: "main", to: "oslo", lines, ...body }, { "idempotency-key": "move-1" });

  test("moves units over the way to the other location, once however often it is sent", async () => {
    const before = (await ask("GET", "/stock/KE-B")).body as StockChanged & Json;
    expect((await create()).body).toMatchObject({ transferId: "move-1", status: "in_transit" });
    expect((await create()).body).toMatchObject({ status: "in_transit" });
    expect((await create({ lines: [{ sku: "KE-A", quantity: 2 }] })).status).toBe(422);
    expect((await ask("GET", "/stock/KE-B")).body).toMatchObject({ onHand: before.onHand - 2, inTransit: 2 });
    const receipt = {
      lines: [
        { sku: "KE-B", received: 1, lost: 1 },
        { sku: "KE-A", received: 1 },
      ],
    };
    const receive = () => ask("POST", "/transfers/move-1/receipts", receipt, { "idempotency-key": "r-1" });
    expect((await receive()).body).toMatchObject({ status: "received" });
    expect((await receive()).body).toMatchObject({ status: "received" });
    expect((await ask("GET", "/stock/KE-B")).body).toMatchObject({ onHand: before.onHand - 1, inTransit: 0 });
    expect((await ask("GET", "/transfers?limit=1")).body).toMatchObject({
      items: [{ transferId: "move-1" }],
    });
  });

  test("that was stopped in the middle is finished by sending it again", async () => {
    const record = {
      transferId: "move-2",
      from: "main",
      to: "oslo",
      note: "",
      lines: [{ sku: "KE-B", quantity: 1 }],
    };
    await desk.transfers.create({ ...record, requestHash: "h", createdBy: "test", createdAt: desk.now() });
    expect((await ask("GET", "/transfers/move-2")).body).toMatchObject({ status: "pending" });
    expect((await ask("POST", "/transfers/move-2/dispatch")).body).toMatchObject({ status: "in_transit" });
    expect((await ask("POST", "/transfers/move-2/cancel")).body).toMatchObject({ status: "cancelled" });
    expect((await ask("POST", "/transfers/move-2/dispatch")).body).toMatchObject({ status: "cancelled" });
  });

  test("sends what is there, and says what is not", async () => {
    const wanted = { from: "main", to: "berlin", lines: [{ sku: "KE-A", quantity: 999 }] };
    const { body } = await ask("POST", "/transfers", wanted, { "idempotency-key": "move-3" });
    expect(body).toMatchObject({ status: "pending", lines: [{ dispatched: 0 }] });
    expect(JSON.stringify(body)).toContain("are free at the location");
  });

  test.each([
    ["to where it is", { to: "main" }, 422],
    ["from nowhere", { from: "moon" }, 422],
    ["of one SKU twice", { lines: [lines[0], lines[0]] }, 422],
  ])("%s is refused", async (_title, body, status) => {
    expect((await create(body)).status).toBe(status);
  });

  test("that nobody made is not found", async () => {
    expect((await ask("POST", "/transfers/nothing/cancel")).status).toBe(404);
  });
});

describe("a bundle", () => {
  const define = (components: readonly Json[]) => ask("PUT", "/bundles/KE-DUO", { components });

  test("can be had as often as its scarcest component allows, also after that changes", async () => {
    await count("KE-A", "main", 9);
    await count("KE-B", "main", 5);
    await project("KE-A", "KE-B");
    expect(
      (
        await define([
          { sku: "KE-A", quantity: 2 },
          { sku: "KE-B", quantity: 1 },
        ])
      ).status,
    ).toBe(200);
    const shown = async () =>
      env.DB.prepare(
        "SELECT available_units, availability_rank FROM stock_levels WHERE sku = 'KE-DUO'",
      ).first();
    expect(await shown()).toEqual({ available_units: 4, availability_rank: 1 });
    await count("KE-B", "main", 0);
    await project("KE-B");
    expect(await shown()).toEqual({ available_units: 0, availability_rank: 4 });
  });

  test("is read with its components in the same round trip as its price", async () => {
    const { id } = (await env.DB.prepare("SELECT id FROM variants WHERE sku = 'KE-DUO'").first<{
      id: string;
    }>()) ?? {
      id: "",
    };
    expect(await querySellable(env.DB, [id])).toMatchObject([
      {
        components: [
          { sku: "KE-A", quantity: 2 },
          { sku: "KE-B", quantity: 1 },
        ],
      },
    ]);
  });

  test.each([
    ["an unknown SKU", [{ sku: "NOBODY", quantity: 1 }]],
    ["itself", [{ sku: "KE-DUO", quantity: 1 }]],
    [
      "one SKU twice",
      [
        { sku: "KE-A", quantity: 1 },
        { sku: "KE-A", quantity: 1 },
      ],
    ],
  ])("is not made of %s", async (_title, components) => {
    expect((await define(components)).body).toMatchObject({ type: "/problems/inventory/bundle-invalid" });
  });

  test("is not made of a bundle, and ends with no components", async () => {
    expect((await ask("PUT", "/bundles/KE-A", { components: [{ sku: "KE-DUO", quantity: 1 }] })).status).toBe(
      422,
    );
    expect((await define([])).status).toBe(200);
    expect((await ask("GET", "/bundles/KE-DUO")).body).toMatchObject({
      status: 404,
      type: "/problems/inventory/bundle-unknown",
    });
    expect(await env.DB.prepare("SELECT 1 FROM stock_levels WHERE sku = 'KE-DUO'").first()).toBeNull();
  });
});

test("levels are told again by the alarm until the projection has them", async () => {
  const stub = env.STOCK.getByName("KE-A");
  await runDurableObjectAlarm(stub);
  expect((await stub.audit({ limit: 1 })).outbox.waiting).toBe(1);
});
