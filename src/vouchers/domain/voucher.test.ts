import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { after, DAY_MS, epochMs, invariant, type OrderId } from "#kernel";
import type { CouponTerms, GiftCardTerms, StoreCreditTerms, VoucherHoldRequest } from "../contract.ts";
import {
  availableMinor,
  decideAdjustment,
  decideCommit,
  decideGiveBack,
  decideHold,
  decideRelease,
  evolveVoucher,
  usesLeft,
  type ClaimRecord,
  type VoucherMovement,
  type VoucherState,
} from "./voucher.ts";

const NOW = epochMs(1_795_000_000_000);
const seed = Number(process.env["SEED"] ?? 20261122);
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;

const couponTerms = (changes: Partial<CouponTerms> = {}): CouponTerms => ({
  kind: "coupon",
  code: "WELCOME10",
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
const cardTerms: GiftCardTerms = {
  kind: "gift_card",
  note: "",
  currency: "EUR",
  hint: "7KQM",
  isDisabled: false,
};
const creditTerms: StoreCreditTerms = {
  ...cardTerms,
  kind: "store_credit",
  customer: "mira@example.com",
  codeHash: "0".repeat(32),
};

const state = (changes: Partial<VoucherState> = {}): VoucherState => ({
  voucherId: "coupon:WELCOME10",
  terms: couponTerms(),
  usedCount: 0,
  held: 0,
  balanceMinor: 0,
  version: 1,
  ...changes,
});
const card = (balanceMinor: number, held = 0): VoucherState =>
  state({ voucherId: "gift:x", terms: cardTerms, balanceMinor, held });

const ask = (changes: Partial<VoucherHoldRequest> = {}): VoucherHoldRequest => ({
  orderId: order(1),
  part: 0,
  amountMinor: 0,
  currency: "EUR",
  customer: "mira@example.com",
  ttlSeconds: 60,
  ...changes,
});
const facts = { existing: undefined, customerClaims: 0, now: NOW };
const claim = (changes: Partial<ClaimRecord> = {}): ClaimRecord => ({
  orderId: order(1),
  part: 0,
  amountMinor: 0,
  customer: "mira@example.com",
  status: "held",
  expiresAt: after(NOW, 60_000),
  ...changes,
});

describe("a hold", () => {
  const limited = (used: number, held: number) =>
    state({ terms: couponTerms({ maxUses: 7 }), usedCount: used, held });
  it.each([
    ["of an unknown voucher", undefined, {}, {}, "voucher_unknown"],
    ["of a disabled one", state({ terms: couponTerms({ isDisabled: true }) }), {}, {}, "disabled"],
    ["before its day", state({ terms: couponTerms({ validFrom: after(NOW, 1) }) }), {}, {}, "not_yet_valid"],
    ["at the instant it ends", state({ terms: couponTerms({ validUntil: NOW }) }), {}, {}, "expired"],
    ["of the eighth use of seven", limited(4, 3), {}, {}, "used_up"],
    [
      "in another currency",
      state({ terms: couponTerms({ currencies: ["USD"] }) }),
      {},
      {},
      "voucher_unknown",
    ],
    [
      "of a customer who had theirs",
      state({ terms: couponTerms({ maxUsesPerCustomer: 1 }) }),
      { customerClaims: 1 },
      {},
      "customer_limit",
    ],
    ["of more money than is free", card(500, 200), {}, { amountMinor: 301 }, "insufficient"],
    ["of no money", card(500), {}, { amountMinor: 0 }, "invalid_amount"],
    ["of half a cent", card(500), {}, { amountMinor: 0.5 }, "invalid_amount"],
    ["of money in another currency", card(500), {}, { amountMinor: 1, currency: "USD" }, "voucher_unknown"],
    [
      "of somebody else's credit",
      state({ terms: creditTerms, balanceMinor: 500 }),
      {},
      { amountMinor: 1, customer: "tom@example.com" },
      "voucher_unknown",
    ],
    ["after its release", state(), { existing: claim({ status: "released" }) }, {}, "hold_gone"],
    [
      "of another amount",
      card(500),
      { existing: claim({ amountMinor: 5 }) },
      { amountMinor: 6 },
      "hold_mismatch",
    ],
  ] as const)("%s is refused", (_, voucher, fact, request, code) => {
    expect(decideHold(voucher, { ...facts, ...fact }, ask(request))).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });

  it("repeats its answer, even when the voucher has ended meanwhile", () => {
    const ended = state({ terms: couponTerms({ isDisabled: true }) });
    const answer = decideHold(ended, { ...facts, existing: claim() }, ask());
    expect(answer).toEqual({ ok: true, value: { claim: claim() } });
  });

  it("knows its customer in any spelling of case", () => {
    const credit = state({ terms: creditTerms, balanceMinor: 500 });
    expect(decideHold(credit, facts, ask({ amountMinor: 500, customer: " MIRA@Example.com" })).ok).toBe(true);
  });
});

describe("staff", () => {
  it("cannot take money that an order holds", () => {
    const take = { adjustmentId: "a", amountMinor: -301, reason: "correction" };
    expect(decideAdjustment(card(500, 200), take).ok).toBe(false);
    expect(decideAdjustment(card(500, 200), { ...take, amountMinor: -300 }).ok).toBe(true);
  });

  it("cannot put money on a coupon", () => {
    expect(decideAdjustment(state(), { adjustmentId: "a", amountMinor: 5, reason: "" }).ok).toBe(false);
  });

  it("who have read another version change nothing", () => {
    const late = { adjustmentId: "a", amountMinor: 5, reason: "", expectedVersion: 9 };
    expect(decideAdjustment(card(0), late)).toMatchObject({ refusal: { code: "version_conflict" } });
  });
});

it("a refund gives back at most what its order has spent", () => {
  const spent = { committedMinor: 300, givenBackMinor: 100 };
  expect(decideGiveBack(card(0), spent, 200).ok).toBe(true);
  expect(decideGiveBack(card(0), spent, 201).ok).toBe(false);
});

it("a limit that is lowered below what is used leaves none, and never a negative number", () => {
  expect(usesLeft(state({ terms: couponTerms({ maxUses: 2 }), usedCount: 5 }))).toBe(0);
});

type Command =
  | { readonly kind: "hold"; readonly order: number; readonly amount: number; readonly customer: number }
  | { readonly kind: "commit" | "release"; readonly order: number }
  | { readonly kind: "giveBack"; readonly order: number; readonly amount: number }
  | { readonly kind: "adjust"; readonly amount: number }
  | { readonly kind: "wait"; readonly days: number };

const orders = fc.integer({ min: 0, max: 11 });
const commands = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant("hold" as const),
      order: orders,
      amount: fc.integer({ min: 0, max: 60 }),
      customer: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ kind: fc.constantFrom("commit" as const, "release" as const), order: orders }),
    fc.record({
      kind: fc.constant("giveBack" as const),
      order: orders,
      amount: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({ kind: fc.constant("adjust" as const), amount: fc.integer({ min: -40, max: 40 }) }),
    fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 0, max: 4 }) }),
  ),
  { maxLength: 80 },
);

/** Plays commands as the object does, and keeps its own count of what happened. */
class Play {
  voucher: VoucherState;
  readonly claims = new Map<number, ClaimRecord>();
  readonly movements: VoucherMovement[] = [];
  readonly givenBack = new Map<number, number>();
  now = NOW;

  constructor(voucher: VoucherState) {
    this.voucher = voucher;
  }

  run(command: Command): void {
    switch (command.kind) {
      case "hold": {
        const customer = `c${command.customer}@example.com`;
        const isCoupon = this.voucher.terms.kind === "coupon";
        const held = decideHold(
          this.voucher,
          {
            existing: this.claims.get(command.order),
            customerClaims: this.claimsOf(customer),
            now: this.now,
          },
          ask({ orderId: order(command.order), amountMinor: isCoupon ? 0 : command.amount, customer }),
        );
        if (held.ok) this.settle(command.order, held.value.claim, held.value.movement);
        return;
      }
      case "commit": {
        const done = decideCommit(this.voucher, this.claims.get(command.order), {
          orderId: order(command.order),
        });
        if (done.ok) this.settle(command.order, done.value.claim, done.value.movement);
        return;
      }
      case "release": {
        const request = {
          orderId: order(command.order),
          part: 0,
          now: this.now,
          givenBackMinor: this.givenBack.get(command.order) ?? 0,
        };
        const done = decideRelease(this.voucher, this.claims.get(command.order), request);
        this.settle(command.order, done.claim, done.movement);
        return;
      }
      case "giveBack": {
        const record = this.claims.get(command.order);
        const givenBackMinor = this.givenBack.get(command.order) ?? 0;
        const committedMinor = record?.status === "committed" ? record.amountMinor : 0;
        const done = decideGiveBack(this.voucher, { committedMinor, givenBackMinor }, command.amount);
        if (!done.ok) return;
        this.givenBack.set(command.order, givenBackMinor + command.amount);
        this.move(done.value);
        return;
      }
      case "adjust": {
        const done = decideAdjustment(this.voucher, {
          adjustmentId: "a",
          amountMinor: command.amount,
          reason: "",
        });
        if (done.ok) this.move(done.value);
        return;
      }
      case "wait":
        this.now = after(this.now, command.days * DAY_MS);
    }
  }

  claimsOf(customer: string): number {
    return [...this.claims.values()].filter((row) => row.customer === customer && row.status !== "released")
      .length;
  }

  count(status: ClaimRecord["status"]): readonly ClaimRecord[] {
    return [...this.claims.values()].filter((row) => row.status === status);
  }

  private settle(key: number, next: ClaimRecord, movement: VoucherMovement | undefined): void {
    this.claims.set(key, next);
    if (movement) this.move(movement);
  }

  private move(movement: VoucherMovement): void {
    this.movements.push(movement);
    this.voucher = evolveVoucher(this.voucher, movement);
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("whatever happens in whatever order", () => {
  it("a coupon never passes its limits, and its numbers are those of its claims", () => {
    const limits = fc.record({
      maxUses: fc.integer({ min: 1, max: 5 }),
      each: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(limits, commands, ({ maxUses, each }, script) => {
        const terms = couponTerms({ maxUses, maxUsesPerCustomer: each, validUntil: after(NOW, 6 * DAY_MS) });
        const play = new Play(state({ terms }));
        for (const command of script) {
          play.run(command);
          const { usedCount, held } = play.voucher;
          expect(usedCount + held).toBeLessThanOrEqual(maxUses);
          expect(held).toBe(play.count("held").length);
          expect(usedCount).toBe(play.count("committed").length);
          for (const n of [0, 1, 2, 3]) expect(play.claimsOf(`c${n}@example.com`)).toBeLessThanOrEqual(each);
        }
        expect(sum(play.movements.map((row) => row.usedChange))).toBe(play.voucher.usedCount);
      }),
      { seed },
    );
  });

  it("a card never pays more than it holds, and every cent is explained by a movement", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), commands, (opening, script) => {
        const play = new Play(card(opening));
        for (const command of script) {
          play.run(command);
          const { balanceMinor, held } = play.voucher;
          expect(held).toBe(sum(play.count("held").map((row) => row.amountMinor)));
          expect(balanceMinor).toBeGreaterThanOrEqual(held);
          expect(availableMinor(play.voucher)).toBe(balanceMinor - held);
        }
        const moved = sum(play.movements.map((row) => row.balanceChange));
        expect(play.voucher.balanceMinor).toBe(opening + moved);
        const given = [...play.givenBack.values()];
        invariant(
          given.every((amount) => amount <= 60),
          "no order gets back more than it spent",
        );
      }),
      { seed },
    );
  });
});
