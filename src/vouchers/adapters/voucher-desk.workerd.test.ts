import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { CouponTerms, VoucherRpc } from "#vouchers";
import { objectNamespace, type CallContext } from "#platform";
import { createVoucherDesk } from "./voucher-desk.ts";
import { voucherListSql } from "./voucher-queries.ts";
import { findVoucherByCode } from "./vouchers-read.ts";

const call: CallContext = { traceparent: "", actor: "staff:test" };
const desk = createVoucherDesk({
  db: env.DB,
  vouchers: objectNamespace<VoucherRpc>(env.VOUCHERS),
  secret: "test-secret",
});
const gift = (issueKey: string, amountMinor = 5000) => ({
  issueKey,
  currency: "EUR",
  amountMinor,
  note: "for Tom",
});
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

async function issued(issueKey: string) {
  const answer = await desk.issueAccount(gift(issueKey), call);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}

describe("staff's desk", () => {
  test("issues one card per key, with one code that is stored nowhere", async () => {
    const first = await issued("k1");
    const again = await issued("k1");
    const other = await issued("k2");
    expect(again).toEqual(first);
    expect(other.code).not.toBe(first.code);
    expect(first.code).toHaveLength(20);
    const { results } = await env.DB.prepare("SELECT * FROM vouchers").all();
    expect(JSON.stringify(results)).not.toContain(first.code);
    expect((await findVoucherByCode(env.DB, first.code.toUpperCase()))?.voucherId).toBe(first.view.voucherId);
  });

  test("refuses the same key with another amount", async () => {
    await issued("k3");
    const other = await desk.issueAccount({ ...gift("k3"), note: "for Mira" }, call);
    expect(other).toMatchObject({ refusal: { code: "voucher_exists" } });
  });

  test("gives a customer one credit, found by its code and never by the address", async () => {
    const order = { ...gift("k4"), customer: "Mira@Example.com" };
    const answer = await desk.issueAccount(order, call);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { view, code } = answer.value;
    expect(view.terms).toMatchObject({ kind: "store_credit", customer: "mira@example.com" });
    expect((await findVoucherByCode(env.DB, code))?.voucherId).toBe(view.voucherId);
    expect(await findVoucherByCode(env.DB, "mira@example.com")).toBeUndefined();
    const second = await desk.issueAccount({ ...order, issueKey: "k5" }, call);
    expect(second).toMatchObject({ refusal: { code: "voucher_exists" } });
  });

  test("saves a coupon, replaces its terms, and refuses terms that make no sense at their field", async () => {
    expect(await desk.saveCoupon({ terms: terms("DESK10") }, call)).toMatchObject({ value: { version: 1 } });
    expect(await desk.saveCoupon({ terms: terms("DESK10") }, call)).toMatchObject({ value: { version: 1 } });
    const limited = terms("DESK10", { maxUses: 3 });
    expect(await desk.saveCoupon({ terms: limited, expectedVersion: 7 }, call)).toMatchObject({
      refusal: { code: "version_conflict", version: 1 },
    });
    expect(await desk.saveCoupon({ terms: limited, expectedVersion: 1 }, call)).toMatchObject({
      value: { version: 2, terms: { maxUses: 3 } },
    });
    const wrong = terms("DESK10", { benefit: { kind: "fixed", amountMinor: 500 } });
    expect(await desk.saveCoupon({ terms: wrong }, call)).toMatchObject({
      refusal: { code: "invalid_terms", mistakes: [{ field: "currencies" }] },
    });
    const page = await desk.list({ kind: "coupon", search: "desk", limit: 10 });
    expect(page).toMatchObject({ value: { items: [{ voucherId: "coupon:DESK10", version: 2 }] } });
  });

  test("puts money on once per id, switches a card off, and journals who did it", async () => {
    const { view } = await issued("k6");
    const adjustment = { adjustmentId: "sorry-1", amountMinor: 250, reason: "broken frame" };
    await desk.adjust({ voucherId: view.voucherId, adjustment }, call);
    await desk.adjust({ voucherId: view.voucherId, adjustment }, call);
    const off = { voucherId: view.voucherId, change: { isDisabled: true } };
    expect(await desk.changeAccount(off, call)).toMatchObject({
      value: { balanceMinor: 5250, terms: { isDisabled: true, note: "for Tom" } },
    });
    const journal = await desk.journal(view.voucherId, { limit: 10 });
    expect(journal.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      "edited staff:test",
      "topped_up staff:test",
      "issued staff:test",
    ]);
  });

  test("walks a list page by page without a gap or a repeat", async () => {
    for (let n = 0; n < 5; n += 1) await desk.saveCoupon({ terms: terms(`WALK-${n}`) }, call);
    for (const search of ["walk", undefined]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { kind: "coupon" as const, limit: 2, ...(search === undefined ? {} : { search }) };
        const page = await desk.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        if (!page.ok) throw new Error(page.refusal.code);
        seen.push(...page.value.items.map((item) => item.voucherId));
        cursor = page.value.nextCursor;
      } while (cursor !== undefined);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => id.startsWith("coupon:WALK"))).toHaveLength(5);
    }
  });

  test.each(["", "walk"])("finds its rows by an index, for the search %j", async (search) => {
    const { sql, parameters } = voucherListSql({ kind: "coupon", search }, []);
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...parameters, 10)
      .all<{ detail: string }>();
    const plan = results.map((row) => row.detail).join("; ");
    expect(plan).toMatch(/SEARCH vouchers USING INDEX/);
    expect(plan).not.toContain("TEMP B-TREE");
  });
});
