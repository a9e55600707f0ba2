import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs, type CartId, type OrderId } from "#kernel";
import { TURN_MS } from "./limits.ts";
import {
  admit,
  decideAdmissions,
  decidePass,
  isOverdue,
  parseSettings,
  positionOf,
  refill,
  reopen,
  type Ticket,
} from "./line.ts";

const NOW = epochMs(1_800_000_000_000);
const cart = (n: number): CartId => `crt_${n}`;
const order = (n: number): OrderId => `ord_${n}`;
const ticket = (n: number, changes: Partial<Ticket> = {}): Ticket => ({
  number: n,
  cartId: cart(n),
  status: "waiting",
  ...changes,
});
const request = (n: number, changes: { orderId?: OrderId; quantity?: number } = {}) => ({
  cartId: cart(n),
  orderId: order(n),
  customer: "mira@example.com",
  quantity: 1,
  ...changes,
});
const waitingPosition = { kind: "waiting", ahead: 3, pollAfterSeconds: 2 } as const;

describe("the pace of a line", () => {
  test("never lets more people in than the pace allows, whenever it is asked", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 3_000 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 200 }),
        (steps, admitPerSecond) => {
          let now: number = NOW;
          let latest: number = NOW;
          let pace = { tokens: 1, at: NOW };
          let admitted = 0;
          for (const step of steps) {
            now += step;
            latest = Math.max(latest, now);
            const decision = decideAdmissions(refill(pace, { admitPerSecond }, epochMs(now)), {
              waiting: 10_000,
              inside: 0,
              unitsLeft: 10_000,
            });
            pace = decision.pace;
            admitted += decision.admit;
          }
          // Time that a clock ran twice counts twice at most.
          const run = steps.reduce((sum, step) => sum + Math.max(0, step), 0) / 1_000;
          expect(admitted).toBeLessThanOrEqual(1 + run * admitPerSecond);
        },
      ),
    );
  });

  test("never has more people inside than there are units", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), (unitsLeft, inside, waiting) => {
        const { admit: count } = decideAdmissions({ tokens: 1_000, at: NOW }, { waiting, inside, unitsLeft });
        expect(count).toBeGreaterThanOrEqual(0);
        expect(count).toBeLessThanOrEqual(waiting);
        expect(count === 0 || inside + count <= unitsLeft).toBe(true);
      }),
    );
  });
});

describe("a place in the line", () => {
  test("says how many wait in front, and how long that takes", () => {
    const line = { ahead: 99, settings: { admitPerSecond: 10 }, canAdmit: true };
    expect(positionOf(ticket(120), line)).toEqual({
      kind: "waiting",
      ahead: 99,
      estimatedSeconds: 10,
      pollAfterSeconds: 5,
    });
  });

  test("gives no time while every unit is in somebody's hands", () => {
    const position = positionOf(ticket(1), { ahead: 0, settings: { admitPerSecond: 10 }, canAdmit: false });
    expect(position).toEqual({ kind: "waiting", ahead: 0, pollAfterSeconds: 2 });
  });

  test("ends with the turn", () => {
    const admitted = admit(ticket(1), NOW);
    expect(isOverdue(admitted, epochMs(NOW + TURN_MS - 1))).toBe(false);
    expect(isOverdue(admitted, epochMs(NOW + TURN_MS))).toBe(true);
  });
});

describe("a turn at the counter", () => {
  const at = {
    now: NOW,
    settings: { admitPerSecond: 10, unitsPerCustomer: 2 },
    sameCustomer: [],
    position: waitingPosition,
  };

  test("is for those who were let in", () => {
    expect(decidePass(ticket(1), request(1), at)).toMatchObject({
      ok: false,
      refusal: { code: "not_admitted", position: waitingPosition },
    });
    expect(decidePass(admit(ticket(1), NOW), request(1), at)).toMatchObject({
      ok: true,
      value: { status: "redeemed", orderId: order(1) },
    });
  });

  test("repeats for the same order, and not for another one", () => {
    const used = ticket(1, { status: "redeemed", orderId: order(1), quantity: 1 });
    expect(decidePass(used, request(1), at)).toEqual({ ok: true, value: used });
    expect(decidePass(used, request(1, { orderId: order(2) }), at)).toMatchObject({ ok: false });
  });

  test("never gives a customer more than the limit over all carts", () => {
    const sameCustomer = [ticket(7, { status: "redeemed", orderId: order(7), quantity: 2 })];
    expect(decidePass(admit(ticket(1), NOW), request(1), { ...at, sameCustomer })).toMatchObject({
      ok: false,
      refusal: { code: "customer_limit", limit: 2, ordered: 2 },
    });
    expect(decidePass(admit(ticket(1), NOW), request(1, { quantity: 3 }), at)).toMatchObject({ ok: false });
  });

  test("comes back whole after an order that came to nothing", () => {
    const used = ticket(1, {
      status: "redeemed",
      orderId: order(1),
      customer: "mira@example.com",
      quantity: 1,
    });
    expect(reopen(used, NOW)).toEqual(admit(ticket(1), NOW));
  });
});

test("settings out of range are refused", () => {
  for (const admitPerSecond of [0, -1, Number.NaN, Infinity, 1_001])
    expect(parseSettings({ admitPerSecond })).toBeUndefined();
  expect(parseSettings({ admitPerSecond: 1, unitsPerCustomer: 0 })).toBeUndefined();
  expect(parseSettings({ admitPerSecond: 0.5, unitsPerCustomer: 1 })).toEqual({
    admitPerSecond: 0.5,
    unitsPerCustomer: 1,
  });
});
