import { describe, expect, it } from "vitest";
import { after, epochMs } from "#kernel";
import type { CouponTerms, GiftCardTerms, StoreCreditTerms, VoucherTerms, VoucherView } from "../contract.ts";
import { assessCodes, labelOf, type BasketFacts, type CodeStatus } from "./assess.ts";
import {
  couponId,
  kindOfVoucherId,
  makeSecretCode,
  parseCouponCode,
  parseSecretCode,
  showSecretCode,
} from "./codes.ts";
import { mistakesOfTerms } from "./terms.ts";

const NOW = epochMs(1_795_000_000_000);

const coupon = (code: string, changes: Partial<CouponTerms> = {}): CouponTerms => ({
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
const card: GiftCardTerms = { kind: "gift_card", note: "", currency: "EUR", hint: "7KQM", isDisabled: false };
const credit: StoreCreditTerms = {
  ...card,
  kind: "store_credit",
  customer: "mira@example.com",
  codeHash: "0".repeat(32),
};

const view = (terms: VoucherTerms, changes: Partial<VoucherView> = {}): VoucherView => ({
  voucherId: terms.kind === "coupon" ? couponId(terms.code) : `${terms.kind}:x`,
  terms,
  usedCount: 0,
  held: 0,
  balanceMinor: 0,
  version: 1,
  updatedAt: NOW,
  ...changes,
});
const facts = (changes: Partial<BasketFacts> = {}): BasketFacts => ({
  currency: "EUR",
  country: "DE",
  lines: [
    { lineId: "a", productHandle: "heron", totalMinor: 3400 },
    { lineId: "b", productHandle: "towel", totalMinor: 1800 },
  ],
  collections: [{ productHandle: "towel", collectionHandle: "cloth" }],
  now: NOW,
  ...changes,
});

const enter = (views: readonly VoucherView[], basket = facts()) =>
  assessCodes(
    views.map(({ voucherId, terms }) => ({ voucherId, label: labelOf(terms) })),
    views,
    basket,
  );
const statusOf = (one: VoucherView, basket = facts()): CodeStatus["code"] | undefined =>
  enter([one], basket).codes[0]?.status.code;

describe("a code", () => {
  it.each([
    ["in order", coupon("AAA"), {}, "applied"],
    ["that was switched off", coupon("AAA", { isDisabled: true }), {}, "expired"],
    ["whose time is over", coupon("AAA", { validUntil: NOW }), {}, "expired"],
    ["whose time has not come", coupon("AAA", { validFrom: after(NOW, 1) }), {}, "not_yet_valid"],
    ["that all others used", coupon("AAA", { maxUses: 3 }), { usedCount: 2, held: 1 }, "used_up"],
    ["for other goods", coupon("AAA", { productHandles: ["tile"] }), {}, "not_for_these_goods"],
    ["for goods of a collection", coupon("AAA", { collectionHandles: ["cloth"] }), {}, "applied"],
    ["for another country", coupon("AAA", { countries: ["AT"] }), {}, "not_for_this_country"],
    ["for another currency", coupon("AAA", { currencies: ["USD"] }), {}, "wrong_currency"],
    ["just above its minimum", coupon("AAA", { minimumMinor: 5200, currencies: ["EUR"] }), {}, "applied"],
    [
      "below its minimum",
      coupon("AAA", { minimumMinor: 5201, currencies: ["EUR"] }),
      {},
      "minimum_not_reached",
    ],
    ["of a card with money", card, { balanceMinor: 100 }, "applied"],
    ["of a card whose money others hold", card, { balanceMinor: 100, held: 100 }, "empty"],
    ["of a card that was switched off", { ...card, isDisabled: true }, { balanceMinor: 100 }, "unknown"],
    ["of a card in another currency", { ...card, currency: "USD" }, { balanceMinor: 1 }, "wrong_currency"],
    ["of a credit before an address is known", credit, { balanceMinor: 100 }, "applied"],
  ] as const)("%s", (_, terms, numbers, expected) => {
    expect(statusOf(view(terms, numbers))).toBe(expected);
  });

  it("of a credit applies for its own customer only", () => {
    const one = view(credit, { balanceMinor: 100 });
    expect(statusOf(one, facts({ email: "MIRA@example.com" }))).toBe("applied");
    expect(statusOf(one, facts({ email: "tom@example.com" }))).toBe("not_yours");
  });

  it("that nobody issued is unknown", () => {
    const { codes } = assessCodes([{ voucherId: "coupon:X", label: "X" }], [], facts());
    expect(codes).toEqual([{ voucherId: "coupon:X", label: "X", status: { code: "unknown" } }]);
  });

  it("counts only the lines it is for", () => {
    expect(enter([view(coupon("AAA", { collectionHandles: ["cloth"] }))]).reductions).toMatchObject([
      { lineIds: ["b"] },
    ]);
  });

  it("that stands alone keeps the one entered after it out, and cards never", () => {
    const { codes } = enter([
      view(coupon("AAA")),
      view(coupon("BBB", { isCombinable: true })),
      view(card, { balanceMinor: 5 }),
    ]);
    expect(codes.map((code) => code.status.code)).toEqual(["applied", "not_combinable", "applied"]);
  });

  it("that may be combined goes with others of its kind", () => {
    const both = [coupon("AAA", { isCombinable: true }), coupon("BBB", { isCombinable: true })];
    expect(enter(both.map((terms) => view(terms))).reductions).toHaveLength(2);
  });
});

describe("codes as typed", () => {
  it("forgive case, spaces and hyphens, and the letters that look like digits", () => {
    expect(parseCouponCode(" welcome10 ")).toBe("WELCOME10");
    expect(parseSecretCode("OIL0 0000-0000 0000-7kqm")).toBe("0110000000000000" + "7kqm");
  });

  it.each(["", "AB", "A B", "-AB", "A--B", "ÄÖÜ", "X".repeat(33)])("%j is no coupon", (text) => {
    expect(parseCouponCode(text)).toBeUndefined();
  });

  it("of a card are shown in groups and read back", () => {
    const code = makeSecretCode(Uint8Array.from({ length: 20 }, (_, n) => n * 7));
    expect(showSecretCode(code)).toMatch(/^(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    expect(parseSecretCode(showSecretCode(code))).toBe(code);
  });

  it("name objects of their kind only", () => {
    expect(kindOfVoucherId("coupon:WELCOME10")).toBe("coupon");
    expect(kindOfVoucherId("coupon:welcome10")).toBeUndefined();
    expect(kindOfVoucherId(`gift:${"a".repeat(32)}`)).toBe("gift_card");
    expect(kindOfVoucherId("gift:short")).toBeUndefined();
  });
});

describe("terms", () => {
  it.each([
    ["code", { code: "no" }],
    ["benefit", { benefit: { kind: "percent", ppm: 0 } }],
    ["benefit", { benefit: { kind: "percent", ppm: 1_000_001 } }],
    ["benefit", { benefit: { kind: "fixed", amountMinor: 0.5 }, currencies: ["EUR"] }],
    ["currencies", { benefit: { kind: "fixed", amountMinor: 500 } }],
    ["currencies", { minimumMinor: 500, currencies: ["EUR", "USD"] }],
    ["maxUses", { maxUses: 0 }],
    ["validUntil", { validFrom: NOW, validUntil: NOW }],
  ] as const)("with a wrong %s are refused at it", (field, changes) => {
    expect(mistakesOfTerms(coupon("WELCOME10", changes)).map((row) => row.field)).toEqual([field]);
  });
});
