import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { epochMs, mintId, MINUTE_MS } from "#kernel";
import type { CallContext } from "#platform";
import type { GiftCardTerms } from "#vouchers";
import { createVoucherPort } from "../../src/vouchers/adapters/voucher-port.ts";
import { runReconciliation } from "../../src/reconciliation/app/run.ts";
import { reconciliationPorts } from "../shared/reconciliation-ports.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "staff:test",
};
const CARD: GiftCardTerms = {
  kind: "gift_card",
  note: "",
  currency: "EUR",
  hint: "7KQM",
  isDisabled: false,
};

/** A card of 20.00 whose copy is level with its object. */
async function card(): Promise<string> {
  const id = `gift:${crypto.randomUUID().replaceAll("-", "")}`;
  const opening = { adjustmentId: "opening", amountMinor: 2_000, reason: "sold" };
  await env.VOUCHERS.getByName(id).issue({ terms: CARD, opening, reason: "sold" }, call);
  await level(id);
  return id;
}

/** What the queue and the projector would have done by now. */
async function level(id: string): Promise<void> {
  await portsAt().vouchers.rewrite(id, (await portsAt().vouchers.images([id])).get(id));
  await env.VOUCHERS.getByName(id).acknowledge("projection", [1, 2, 3, 4]);
}

/** The ports some minutes after everything happened; the provider is within the order objects here. */
function portsAt(minutes = 2) {
  const { provider: _provider, ...ports } = reconciliationPorts(env);
  const now = epochMs(Date.now() + minutes * MINUTE_MS);
  return { ...ports, clock: { now: () => now } };
}
const run = (minutes = 2) => runReconciliation({ everything: true, actor: "system:test" }, portsAt(minutes));
const breaks = async () =>
  (
    await env.DB.prepare(
      "SELECT class, status FROM breaks WHERE aggregate_kind = 'voucher' ORDER BY class",
    ).all()
  ).results;

beforeEach(async () => {
  const tables = ["vouchers", "breaks", "break_attempts", "reconciliation_jobs"];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
});

test("a voucher that is level has no break, and its audit changes nothing", async () => {
  const id = await card();
  await run();
  expect(await breaks()).toEqual([]);
  expect(await env.VOUCHERS.getByName(id).audit({ limit: 10 })).toMatchObject({ violations: [], claims: [] });
  expect(await env.VOUCHERS.getByName("gift:NOBODY").audit({ limit: 10 })).toBeUndefined();
});

test("a copy that says something else is written anew from its object", async () => {
  const id = await card();
  await env.DB.prepare("UPDATE vouchers SET balance_minor = 99 WHERE voucher_id = ?").bind(id).run();
  await run();
  expect(await breaks()).toEqual([{ class: "projection.voucher", status: "resolved" }]);
  expect(
    await env.DB.prepare("SELECT balance_minor AS balance FROM vouchers WHERE voucher_id = ?")
      .bind(id)
      .first(),
  ).toEqual({ balance: 2_000 });
});

test("money that is gone without an entry and a claim of no order are found", async () => {
  const id = await card();
  const claim = { orderId: mintId("ord", epochMs(Date.now())), part: 0 };
  const hold = { ...claim, amountMinor: 500, currency: "EUR", customer: "a@b.example", ttlSeconds: 3_600 };
  await env.VOUCHERS.getByName(id).hold(hold, call);
  await env.VOUCHERS.getByName(id).commit(claim, call);
  await level(id);
  await runInDurableObject(env.VOUCHERS.getByName(id), (_object, { storage }) => {
    storage.sql.exec("UPDATE voucher SET balance_minor = balance_minor - 1");
  });
  await level(id);
  await run();
  expect(await breaks()).toEqual([
    { class: "voucher.claim_orphaned", status: "open" },
    { class: "voucher.invariant", status: "open" },
  ]);
});

test("a location's copy that differs from its SKU is a break, and is written anew", async () => {
  const sku = `R-${crypto.randomUUID()}`;
  const object = env.STOCK.getByName(sku);
  await object.adjust({ adjustmentId: "first", kind: "counted", quantity: 7, reason: "count" }, call);
  await portsAt().copies.rewriteStock([sku], new Map());
  await object.acknowledge("projection", [1, 2, 3]);
  await env.DB.prepare("UPDATE stock_location_levels SET on_hand = 1 WHERE sku = ?").bind(sku).run();
  await run();
  expect(
    await env.DB.prepare("SELECT status, found FROM breaks WHERE aggregate_id = ?").bind(sku).first(),
  ).toEqual({ status: "resolved", found: "wrong: locations" });
  expect(
    await env.DB.prepare("SELECT on_hand AS n FROM stock_location_levels WHERE sku = ?").bind(sku).first(),
  ).toEqual({ n: 7 });
});

test("a refund above what was spent of a card is refused instead of thrown", async () => {
  const id = await card();
  const refund = {
    voucherId: id,
    orderId: mintId("ord", epochMs(Date.now())),
    refundId: "r",
    amountMinor: 5,
  };
  expect(
    await createVoucherPort({ getByName: (name) => env.VOUCHERS.getByName(name) }).giveBack(refund, call),
  ).toEqual({ ok: false, refusal: { code: "not_spent" } });
});
