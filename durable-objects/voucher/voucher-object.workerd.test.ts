import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { epochMs, type OrderId } from "#kernel";
import type { CallContext } from "#platform";
import type { CouponTerms, GiftCardTerms, VoucherView } from "#vouchers";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;
const at = (n: number, part = 0) => ({ orderId: order(n), part });
let serial = 0;

const terms = (code: string, changes: Partial<CouponTerms> = {}): CouponTerms => ({
  kind: "coupon",
  code,
  note: "",
  benefit: { kind: "percent", ppm: 100_000 },
  isDisabled: false,
  isCombinable: false,
  currencies: [],
  countries: [],
  productHandles: [],
  collectionHandles: [],
  ...changes,
});
const CARD: GiftCardTerms = {
  kind: "gift_card",
  note: "",
  currency: "EUR",
  hint: "7KQM",
  isDisabled: false,
};

async function coupon(changes: Partial<CouponTerms> = {}) {
  const code = `TEST-${(serial += 1)}-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
  const stub = env.VOUCHERS.getByName(`coupon:${code}`);
  await stub.issue({ terms: terms(code, changes), reason: "test" }, call);
  return stub;
}

async function card(amountMinor: number) {
  const name = `gift:${crypto.randomUUID().replaceAll("-", "")}`;
  const stub = env.VOUCHERS.getByName(name);
  const opening = { adjustmentId: "opening", amountMinor, reason: "sold" };
  await stub.issue({ terms: CARD, opening, reason: "sold" }, call);
  return stub;
}

const ask = (n: number, amountMinor = 0, customer = `buyer-${n}@example.com`) => ({
  ...at(n),
  amountMinor,
  currency: "EUR",
  customer,
  ttlSeconds: 60,
});

async function seen(stub: { view(): Promise<VoucherView | undefined> }): Promise<VoucherView> {
  const view = await stub.view();
  if (!view) throw new Error("the voucher was issued");
  return view;
}

describe("a coupon of seven uses", () => {
  test("goes to exactly seven of two hundred orders, whatever evictions come between", async () => {
    const stub = await coupon({ maxUses: 7 });
    let won = 0;
    for (let wave = 0; wave < 4; wave += 1) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) => stub.hold(ask(wave * 50 + n), call)),
      );
      won += answers.filter((answer) => answer.ok).length;
      const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
      expect(new Set(refusals).size).toBeLessThanOrEqual(1);
      await evictDurableObject(stub);
    }
    expect(won).toBe(7);
    expect(await stub.view()).toMatchObject({ held: 7, usedCount: 0 });
  });

  test("gives a freed use to the next order, and never more than that one", async () => {
    const stub = await coupon({ maxUses: 7 });
    await Promise.all(Array.from({ length: 7 }, (_, n) => stub.hold(ask(n), call)));
    await Promise.all([stub.release(at(0), call), stub.commit(at(1), call)]);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => stub.hold(ask(100 + n), call)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await stub.view()).toMatchObject({ held: 6, usedCount: 1 });
  });

  test("is used at most twice by one customer, who sends everything at once", async () => {
    const stub = await coupon({ maxUses: 7, maxUsesPerCustomer: 2 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => stub.hold(ask(n, 0, n % 2 ? "Mira@x.de" : "mira@x.de"), call)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
  });
});

describe("a voucher object", () => {
  test("refuses a hold that arrives after its release", async () => {
    const stub = await coupon();
    await stub.release(at(1), call);
    expect(await stub.hold(ask(1), call)).toMatchObject({ refusal: { code: "hold_gone" } });
  });

  test("keeps the parts of one order apart", async () => {
    const stub = await card(500);
    await stub.hold(ask(1, 200), call);
    await stub.hold({ ...ask(1, 100), part: 1 }, call);
    await stub.release(at(1, 1), call);
    await stub.commit(at(1), call);
    expect(await stub.view()).toMatchObject({ balanceMinor: 300, held: 0 });
  });

  test("answers a repeated command alike and moves nothing twice", async () => {
    const stub = await card(500);
    expect(await stub.hold(ask(1, 300), call)).toEqual(await stub.hold(ask(1, 300), call));
    await stub.commit(at(1), call);
    await stub.commit(at(1), call);
    const refund = { orderId: order(1), refundId: "ref_1", amountMinor: 100 };
    await stub.giveBack(refund, call);
    await stub.giveBack(refund, call);
    expect(await stub.view()).toMatchObject({ balanceMinor: 300, held: 0 });
    const kinds = (await stub.journal({ limit: 10 })).map((entry) => entry.kind);
    expect(kinds).toEqual(["given_back", "committed", "held", "issued"]);
  });

  test("never gives an order more back than it has spent", async () => {
    const stub = await card(500);
    await stub.hold(ask(1, 300), call);
    await stub.commit(at(1), call);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        stub.giveBack({ orderId: order(1), refundId: `ref_${n}`, amountMinor: 100 }, call),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(await stub.view()).toMatchObject({ balanceMinor: 500 });
    await stub.release(at(1), call);
    expect(await stub.view()).toMatchObject({ balanceMinor: 500 });
  });

  test("never pays out more than the card holds to many orders at once", async () => {
    const stub = await card(500);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => stub.hold(ask(n, 70), call)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(7);
    expect(await stub.view()).toMatchObject({ balanceMinor: 500, held: 490 });
  });

  test("applies an adjustment once, and numbers its journal without a gap", async () => {
    const stub = await card(500);
    const topUp = { adjustmentId: "goodwill-7", amountMinor: 250, reason: "broken frame" };
    await stub.adjust(topUp, call);
    await stub.adjust(topUp, call);
    await stub.hold(ask(1, 750), call);
    await stub.release(at(1), call);
    const journal = [...(await stub.journal({ limit: 100 }))].reverse();
    expect(journal.map((entry) => entry.sequence)).toEqual([1, 2, 3, 4]);
    expect(journal.reduce((sum, entry) => sum + entry.balanceChange, 0)).toBe(750);
    expect(journal.at(-1)).toMatchObject({ balanceAfter: 750, heldAfter: 0, reference: order(1) });
  });

  test("is issued once: the same terms repeat, other terms are refused", async () => {
    const stub = await coupon();
    const view = await seen(stub);
    expect(await stub.issue({ terms: view.terms, reason: "again" }, call)).toMatchObject({ ok: true });
    const other = { ...view.terms, note: "other" };
    expect(await stub.issue({ terms: other, reason: "again" }, call)).toMatchObject({
      refusal: { code: "voucher_exists" },
    });
    expect(await stub.view()).toMatchObject({ version: 1 });
  });

  test("keeps a hold that was taken before it was disabled, and takes no new one", async () => {
    const stub = await coupon();
    await stub.hold(ask(1), call);
    const view = await seen(stub);
    await stub.edit({ terms: { ...view.terms, isDisabled: true }, reason: "campaign over" }, call);
    expect(await stub.hold(ask(2), call)).toMatchObject({ refusal: { code: "disabled" } });
    expect(await stub.commit(at(1), call)).toMatchObject({ ok: true });
  });

  test("stores nothing when somebody guesses at a code", async () => {
    const stub = env.VOUCHERS.getByName(`gift:${"0".repeat(32)}`);
    expect(await stub.view()).toBeUndefined();
    expect(await stub.hold(ask(1, 100), call)).toMatchObject({ refusal: { code: "voucher_unknown" } });
    const tables = await runInDurableObject(
      stub,
      (_instance, object) =>
        object.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'voucher'").toArray().length,
    );
    expect(tables).toBe(0);
  });

  test("frees the claim of an order that nobody knows, once its deadline has passed", async () => {
    const stub = await card(500);
    await stub.hold(ask(99, 200), call);
    const later = epochMs(Date.now() + 3_600_000);
    await runInDurableObject(stub, (instance) => {
      instance.clock = { now: () => later };
    });
    await runDurableObjectAlarm(stub);
    expect(await stub.view()).toMatchObject({ held: 0, balanceMinor: 500 });
    expect(await stub.hold(ask(99, 200), call)).toMatchObject({ refusal: { code: "hold_gone" } });
  });

  test("waits in its outbox until the projector has applied the state", async () => {
    const stub = await card(500);
    const waiting = (): Promise<number> =>
      runInDurableObject(
        stub,
        (_instance, object) =>
          object.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n,
      );
    await runDurableObjectAlarm(stub);
    expect(await waiting()).toBe(1);
    const { version } = await seen(stub);
    await stub.acknowledge("projection", [version]);
    // The row goes with the next write; at the latest with the alarm that would have sent it again.
    await runDurableObjectAlarm(stub);
    expect(await waiting()).toBe(0);
  });
});
