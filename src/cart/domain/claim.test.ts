import { describe, expect, it } from "vitest";
import { epochMs, makeId, SECRET_ID_RANDOM_BYTES, type OrderId, type Result } from "#kernel";
import { openCart, type CartState } from "./cart.ts";
import { beginPlacement, finishPlacement, openCheckout, reopen } from "./checkout.ts";
import { overdueClaim, reopenAbandoned } from "./claim.ts";
import { PLACEMENT_INQUIRY_MS } from "./limits.ts";

const NOW = epochMs(1_795_000_000_000);
const LATER = epochMs(NOW + PLACEMENT_INQUIRY_MS + 1);
const CART_ID = makeId("crt", NOW, new Uint8Array(SECRET_ID_RANDOM_BYTES));
const order = (number: number): OrderId => makeId("ord", NOW, new Uint8Array(26).fill(number));

function must<T>(result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

const line = { lineId: "lin_a", variantId: "a", quantity: 2, unitPriceMinor: 3400 };
const opened = must(
  openCheckout(must(openCart({ cartId: CART_ID, currency: "EUR", country: "DE", lines: [line], now: NOW })), {
    now: NOW,
  }),
);
const { checkoutId } = opened.checkout;
const placement = { checkoutId, orderId: order(1) };
const begin = (cart: CartState, now = NOW) => must(beginPlacement(cart, { ...placement, now }));
const claimed = begin(opened.cart).cart;
const claim = { ...placement, claimedAt: NOW };

/** As it was stored before the instant of a claim was kept. */
const withoutInstant = (cart: CartState): CartState => ({
  ...cart,
  checkouts: cart.checkouts.map(({ claimedAt: _, ...checkout }) => checkout),
});

describe("a claim", () => {
  it("is overdue after two minutes, and not a moment earlier", () => {
    expect(overdueClaim(claimed, epochMs(LATER - 1))).toBeUndefined();
    expect(overdueClaim(claimed, LATER)).toEqual(claim);
  });

  it("of unknown age is overdue", () => {
    expect(overdueClaim(withoutInstant(claimed), NOW)).toEqual(placement);
  });

  it("that has ended is never overdue", () => {
    for (const cart of [
      opened.cart,
      reopen(claimed, { ...placement, now: NOW }),
      finishPlacement(claimed, { ...placement, now: NOW }),
    ]) {
      expect(overdueClaim(cart, LATER)).toBeUndefined();
    }
  });

  it("is renewed by its order when it is overdue, and only then", () => {
    expect(begin(claimed, epochMs(LATER - 1))).toMatchObject({ claim: "held", cart: claimed });
    expect(begin(claimed, epochMs(LATER - 1)).cart).toBe(claimed);
    for (const old of [claimed, withoutInstant(claimed)]) {
      const renewed = begin(old, LATER);
      expect(renewed).toMatchObject({ claim: "held", checkout: { claimedAt: LATER, version: 2 } });
      expect(overdueClaim(renewed.cart, LATER)).toBeUndefined();
    }
  });

  it("of a placed order is not renewed", () => {
    const placed = finishPlacement(claimed, { ...placement, now: NOW });
    expect(begin(placed, LATER)).toMatchObject({ claim: "held" });
    expect(begin(placed, LATER).cart).toBe(placed);
  });

  it("that leads nowhere opens the checkout again, which forgets it", () => {
    const open = reopenAbandoned(claimed, claim, LATER);
    expect(open.checkouts).toMatchObject([{ checkoutId, status: "open" }]);
    expect(open.checkouts[0]).not.toHaveProperty("claimedAt");
    expect(open.lines).toEqual(claimed.lines);
    expect(reopenAbandoned(withoutInstant(claimed), placement, LATER).checkouts).toMatchObject([
      { status: "open" },
    ]);
  });

  it("that ended or changed since it was asked about stays as it is", () => {
    const renewed = begin(claimed, LATER).cart;
    const placed = finishPlacement(claimed, { ...placement, now: NOW });
    const open = reopen(claimed, { ...placement, now: NOW });
    const others = must(beginPlacement(open, { checkoutId, orderId: order(2), now: LATER })).cart;
    for (const cart of [renewed, placed, open, others]) {
      expect(reopenAbandoned(cart, claim, LATER)).toBe(cart);
    }
  });
});
