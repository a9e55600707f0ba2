import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochMs, isId, makeId, SECRET_ID_RANDOM_BYTES, type OrderId, type Result } from "#kernel";
import { addCode, removeCode } from "./cart-codes.ts";
import { addLine, markSeen, openCart, setQuantity, viewCart, type CartState } from "./cart.ts";
import {
  beginPlacement,
  findCheckout,
  finishPlacement,
  openAtCheckout,
  openCheckout,
  openedWith,
  patchCheckout,
  reopen,
  type CheckoutDecision,
} from "./checkout.ts";
import { cartIdOfCheckout, checkoutTimeCharacters, isLive, makeCheckoutId } from "./checkout-state.ts";
import { MAX_CHECKOUTS, MAX_CODES, MAX_LINES, MAX_QUANTITY } from "./limits.ts";

const NOW = epochMs(1_795_000_000_000);
const CART_ID = makeId("crt", NOW, new Uint8Array(SECRET_ID_RANDOM_BYTES));
const order = (number: number): OrderId => makeId("ord", NOW, new Uint8Array(26).fill(number));

const NEW = { cartId: CART_ID, currency: "EUR", country: "DE", now: NOW };
const empty = must(openCart(NEW));

function must<T>(result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const codeOf = (result: Result<unknown, { readonly code: string }>): string =>
  result.ok ? "ok" : result.refusal.code;

const add = (cart: CartState, variantId: string, quantity: number, expectedVersion?: number) =>
  addLine(cart, {
    lineId: `lin_${variantId}`,
    variantId,
    quantity,
    unitPriceMinor: 3400,
    now: NOW,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  });
const set = (cart: CartState, lineId: string, quantity: number) =>
  setQuantity(cart, { lineId, quantity, now: NOW });
const open = (cart: CartState, exceptLineIds: readonly string[] = []) =>
  openCheckout(cart, { exceptLineIds, now: NOW });

const filled = must(add(must(add(empty, "a", 2)), "b", 1));
const opened: CheckoutDecision = must(open(filled));
const checkoutId = opened.checkout.checkoutId;
const claimed = must(beginPlacement(opened.cart, { checkoutId, orderId: order(1), now: NOW }));

describe("opening a cart with lines", () => {
  const line = (variantId: string, quantity: number) => ({
    lineId: `lin_${variantId}`,
    variantId,
    quantity,
    unitPriceMinor: 3400,
  });

  it("is the same as opening it and adding them", () => {
    const cart = must(openCart({ ...NEW, lines: [line("a", 2), line("b", 1)] }));
    expect(cart).toEqual(filled);
  });

  it("refuses as a whole what adding would refuse", () => {
    expect(codeOf(openCart({ ...NEW, lines: [line("a", 2), line("b", MAX_QUANTITY + 1)] }))).toBe(
      "quantity_out_of_range",
    );
    const tooMany = Array.from({ length: MAX_LINES + 1 }, (_, index) => line(`v${index}`, 1));
    expect(codeOf(openCart({ ...NEW, lines: tooMany }))).toBe("too_many_lines");
  });
});

describe("opening a checkout with details", () => {
  const details = { email: "mira@example.com", country: "AT", deliveryMethodId: "post" };

  it("is the same as opening it and giving them", () => {
    const { cart, checkout } = must(openCheckout(filled, { details, now: NOW }));
    const apart = must(patchCheckout(opened.cart, checkoutId, details));
    expect(checkout).toEqual(apart.checkout);
    expect(cart).toEqual(apart.cart);
  });

  it("changes the one that is open, and opens none for a cart that was seen otherwise", () => {
    const again = must(openCheckout(opened.cart, { details, now: NOW }));
    expect(again.checkout).toMatchObject({ checkoutId, ...details, version: 2 });
    const stale = { details, expectedVersion: filled.version + 1, now: NOW };
    expect(codeOf(openCheckout(filled, stale))).toBe("version_conflict");
  });
});

describe("opening a cart at its checkout", () => {
  const line = (quantity: number) => ({ lineId: "lin_a", variantId: "a", quantity, unitPriceMinor: 3400 });
  const lines = [line(2)];
  const input = { ...NEW, requestHash: "h1", lines };
  const { cart, checkout } = must(openAtCheckout(input, { details: { country: "AT" } }));

  it("is the same as opening one after the other", () => {
    const apart = must(openCheckout(must(openCart(input)), { details: { country: "AT" }, now: NOW }));
    expect(cart).toEqual(apart.cart);
    expect(checkout).toEqual(apart.checkout);
  });

  it("opens neither when one of them is refused", () => {
    expect(codeOf(openAtCheckout({ ...input, lines: [] }, {}))).toBe("cart_empty");
    expect(codeOf(openAtCheckout({ ...input, lines: [line(MAX_QUANTITY + 1)] }, {}))).toBe(
      "quantity_out_of_range",
    );
  });

  it("gives a repeat the checkout that was opened, and another request nothing", () => {
    const later = {
      ...cart,
      checkouts: [{ ...checkout, checkoutId: makeCheckoutId(CART_ID, epochMs(NOW + 1)) }, checkout],
    };
    expect(must(openedWith(later, "h1")).checkout).toEqual(checkout);
    expect(codeOf(openedWith(cart, "h2"))).toBe("idempotency_key_reused");
    expect(codeOf(openedWith({ ...cart, checkouts: [] }, "h1"))).toBe("idempotency_key_reused");
    expect(codeOf(openedWith(must(openCart({ ...NEW, lines })), undefined))).toBe("idempotency_key_reused");
  });
});

describe("opening a checkout of a cart as it was seen", () => {
  const seen = { expectedVersion: filled.version, quoted: { quotedTotalMinor: 10_200 } };

  it("remembers what the new one was shown to cost", () => {
    const { checkout } = must(openCheckout(filled, { ...seen, now: NOW }));
    expect(checkout).toMatchObject({ quotedTotalMinor: 10_200, version: 1 });
  });

  it("leaves what was shown of an open one", () => {
    const { checkout } = must(openCheckout(opened.cart, { ...seen, now: NOW }));
    expect(checkout.quotedTotalMinor).toBeUndefined();
  });

  it("refuses another version of it", () => {
    const result = openCheckout(must(add(filled, "c", 1)), { ...seen, now: NOW });
    expect(result).toMatchObject({ refusal: { code: "version_conflict", version: filled.version + 1 } });
  });
});

describe("a cart", () => {
  it("grows the line of a variant that it holds already", () => {
    const cart = must(add(filled, "a", 3));
    expect(cart.lines).toHaveLength(2);
    expect(cart.lines[0]).toMatchObject({ lineId: "lin_a", quantity: 5 });
    expect(cart.version).toBe(filled.version + 1);
  });

  it.each([
    ["nothing", 0, "quantity_out_of_range"],
    ["less than nothing", -1, "quantity_out_of_range"],
    ["half a unit", 1.5, "quantity_out_of_range"],
    ["more than a line takes", MAX_QUANTITY + 1, "quantity_out_of_range"],
    ["more than the line has room for", MAX_QUANTITY - 1, "quantity_out_of_range"],
    ["no number", Number.NaN, "quantity_out_of_range"],
    ["what just fits", MAX_QUANTITY - 2, "ok"],
  ])("adding %s", (_, quantity, code) => {
    expect(codeOf(add(filled, "a", quantity))).toBe(code);
  });

  it("takes 50 lines and no more, but its lines may still grow", () => {
    let cart = empty;
    for (let index = 0; index < MAX_LINES; index += 1) cart = must(add(cart, `v${index}`, 1));
    expect(codeOf(add(cart, "one-more", 1))).toBe("too_many_lines");
    expect(codeOf(add(cart, "v0", 1))).toBe("ok");
  });

  it("refuses a change made for another version, before anything else", () => {
    expect(add(filled, "a", -1, 7)).toEqual({
      ok: false,
      refusal: { code: "version_conflict", version: filled.version },
    });
  });

  it("removes a line at zero, and refuses a line that it does not know", () => {
    expect(must(set(filled, "lin_a", 0)).lines.map((line) => line.lineId)).toEqual(["lin_b"]);
    expect(codeOf(set(filled, "lin_z", 1))).toBe("line_unknown");
    expect(codeOf(set(filled, "lin_a", MAX_QUANTITY + 1))).toBe("quantity_out_of_range");
  });

  it("keeps its version when nothing changes", () => {
    expect(must(set(filled, "lin_a", 2))).toBe(filled);
    expect(markSeen(filled, [{ lineId: "lin_a", unitPriceMinor: 3600 }])).toMatchObject({
      version: filled.version,
    });
  });

  it("never leaves its limits, whatever is asked of it", () => {
    const commands = fc.array(
      fc.record({
        variant: fc.integer({ min: 0, max: 60 }),
        quantity: fc.integer({ min: -2, max: 25 }),
        isSet: fc.boolean(),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(commands, (list) => {
        let cart = empty;
        for (const { variant, quantity, isSet } of list) {
          const before = cart;
          const result = isSet ? set(cart, `lin_v${variant}`, quantity) : add(cart, `v${variant}`, quantity);
          cart = result.ok ? result.value : before;
          expect(cart.version).toBeGreaterThanOrEqual(before.version);
        }
        expect(cart.lines.length).toBeLessThanOrEqual(MAX_LINES);
        expect(cart.lines.every((line) => line.quantity >= 1 && line.quantity <= MAX_QUANTITY)).toBe(true);
        expect(new Set(cart.lines.map((line) => line.variantId)).size).toBe(cart.lines.length);
      }),
      { seed: 20261127 },
    );
  });
});

describe("a checkout", () => {
  it("has an id that leads back to its cart and ends with its time", () => {
    expect(isId("chk", checkoutId)).toBe(true);
    expect(cartIdOfCheckout(checkoutId)).toBe(CART_ID);
    expect(checkoutTimeCharacters(checkoutId)).toHaveLength(10);
    expect(cartIdOfCheckout("chk_short")).toBeUndefined();
    expect(cartIdOfCheckout(CART_ID)).toBeUndefined();
  });

  it("is the cart's only open one, and comes up to the cart when opened again", () => {
    const again = must(open(must(add(opened.cart, "c", 1))));
    expect(again.checkout.checkoutId).toBe(checkoutId);
    expect(again.checkout.lines).toHaveLength(3);
    expect(again.cart.checkouts.filter(isLive)).toHaveLength(1);
    expect(must(open(opened.cart)).checkout).toBe(opened.checkout);
  });

  it("leaves lines that cannot be had in the cart", () => {
    const some = must(open(filled, ["lin_a"]));
    expect(some.checkout.lines.map((line) => line.lineId)).toEqual(["lin_b"]);
    expect(codeOf(open(filled, ["lin_a", "lin_b"]))).toBe("cart_empty");
    expect(codeOf(open(empty))).toBe("cart_empty");
  });

  it("stores details, and refuses them for another version or once it is claimed", () => {
    const patched = must(
      patchCheckout(opened.cart, checkoutId, {
        email: "mira@example.com",
        country: "AT",
        expectedVersion: 1,
      }),
    );
    expect(patched.checkout).toMatchObject({ email: "mira@example.com", country: "AT", version: 2 });
    expect(viewCart(patched.cart).country).toBe("AT");
    expect(codeOf(patchCheckout(patched.cart, checkoutId, { wantsNews: true, expectedVersion: 1 }))).toBe(
      "version_conflict",
    );
    expect(codeOf(patchCheckout(claimed.cart, checkoutId, { wantsNews: true }))).toBe("checkout_closed");
    expect(codeOf(patchCheckout(opened.cart, `${checkoutId}0` as typeof checkoutId, {}))).toBe(
      "checkout_unknown",
    );
  });

  it("does not count a shown quote as a change", () => {
    expect(must(patchCheckout(opened.cart, checkoutId, { quotedTotalMinor: 5690 })).checkout).toMatchObject({
      version: 1,
      quotedTotalMinor: 5690,
    });
  });
});

describe("placing", () => {
  it("claims the checkout for one order, and answers a repeat as held", () => {
    expect(claimed).toMatchObject({ claim: "new", checkout: { status: "placing", orderId: order(1) } });
    expect(must(beginPlacement(claimed.cart, { checkoutId, orderId: order(1), now: NOW })).claim).toBe(
      "held",
    );
  });

  it("refuses a second order and names the first", () => {
    expect(beginPlacement(claimed.cart, { checkoutId, orderId: order(2), now: NOW })).toEqual({
      ok: false,
      refusal: { code: "checkout_closed", orderId: order(1) },
    });
    expect(codeOf(open(claimed.cart))).toBe("checkout_closed");
  });

  it("refuses a cart that changed after the checkout looked", () => {
    const changed = must(add(opened.cart, "c", 1));
    expect(codeOf(beginPlacement(changed, { checkoutId, orderId: order(1), now: NOW }))).toBe("cart_changed");
  });

  it("takes what was ordered out of the cart, and leaves what came later", () => {
    const later = must(add(must(add(claimed.cart, "c", 4)), "a", 3));
    const finished = finishPlacement(later, { checkoutId, orderId: order(1), now: NOW });
    expect(finished.lines.map((line) => [line.variantId, line.quantity])).toEqual([
      ["a", 3],
      ["c", 4],
    ]);
    expect(findCheckout(finished, checkoutId)?.status).toBe("placed");
    expect(viewCart(finished).checkoutId).toBeUndefined();
  });

  it("ends once: another order, or a repeat, changes nothing", () => {
    const end = { checkoutId, orderId: order(1), now: NOW };
    const finished = finishPlacement(claimed.cart, end);
    expect(finishPlacement(finished, end)).toBe(finished);
    expect(finishPlacement(claimed.cart, { ...end, orderId: order(2) })).toBe(claimed.cart);
    expect(reopen(claimed.cart, { ...end, orderId: order(2) })).toBe(claimed.cart);
    const reopened = reopen(claimed.cart, end);
    expect(reopen(reopened, end)).toBe(reopened);
    expect(finishPlacement(reopened, end)).toBe(reopened);
  });

  it("opens the checkout again with its details when the order comes to nothing", () => {
    const reopened = reopen(claimed.cart, { checkoutId, orderId: order(1), now: NOW });
    expect(findCheckout(reopened, checkoutId)).toMatchObject({ status: "open" });
    expect(findCheckout(reopened, checkoutId)?.orderId).toBeUndefined();
    expect(reopened.lines).toEqual(filled.lines);
    expect(must(beginPlacement(reopened, { checkoutId, orderId: order(2), now: NOW })).claim).toBe("new");
  });

  it("brings the lines back when a placed order is undone", () => {
    const end = { checkoutId, orderId: order(1), now: NOW };
    const undone = reopen(finishPlacement(claimed.cart, end), end);
    expect(undone.lines).toEqual(filled.lines);
    expect(codeOf(beginPlacement(undone, { checkoutId, orderId: order(2), now: NOW }))).toBe("ok");
  });

  it("brings only the lines back when another checkout is open by then", () => {
    const end = { checkoutId, orderId: order(1), now: NOW };
    const next = must(open(must(add(finishPlacement(claimed.cart, end), "z", 1))));
    const undone = reopen(next.cart, end);
    expect(undone.lines.map((line) => line.variantId)).toEqual(["z", "a", "b"]);
    expect(undone.checkouts.filter(isLive).map((row) => row.checkoutId)).toEqual([next.checkout.checkoutId]);
    expect(reopen(undone, end)).toBe(undone);
  });

  it("claims nothing for a new order of what is gone; one that was tried before goes on", () => {
    const asked = { checkoutId, now: NOW, soldOut: ["b"] };
    const gone = must(beginPlacement(opened.cart, { ...asked, orderId: order(1) }));
    expect(gone.claim).toBe("sold_out");
    expect(gone.cart).toBe(opened.cart);
    expect(must(beginPlacement(claimed.cart, { ...asked, orderId: order(1) })).claim).toBe("held");
    const reopened = reopen(claimed.cart, { checkoutId, orderId: order(1), now: NOW });
    expect(must(beginPlacement(reopened, { ...asked, orderId: order(1) })).claim).toBe("again");
    const others = { ...asked, soldOut: ["z"], orderId: order(2) };
    expect(must(beginPlacement(opened.cart, others)).claim).toBe("new");
  });

  it("answers an order that was tried before, so that its stored reply can be given", () => {
    const reopened = reopen(claimed.cart, { checkoutId, orderId: order(1), now: NOW });
    expect(must(beginPlacement(reopened, { checkoutId, orderId: order(1), now: NOW })).claim).toBe("again");
    const changed = must(add(reopened, "c", 1));
    expect(must(beginPlacement(changed, { checkoutId, orderId: order(1), now: NOW })).claim).toBe("lapsed");
    const other = must(beginPlacement(reopened, { checkoutId, orderId: order(2), now: NOW }));
    expect(must(beginPlacement(other.cart, { checkoutId, orderId: order(1), now: NOW })).claim).toBe(
      "lapsed",
    );
  });

  it("remembers a bounded number of checkouts and never two of one id", () => {
    let cart = filled;
    for (let index = 0; index < MAX_CHECKOUTS * 2; index += 1) {
      const now = epochMs(NOW + index);
      const next = must(openCheckout(must(add(cart, "a", 1)), { exceptLineIds: [], now }));
      const claim = { checkoutId: next.checkout.checkoutId, orderId: order(index) };
      cart = finishPlacement(must(beginPlacement(next.cart, { ...claim, now })).cart, { ...claim, now });
      expect(new Set(cart.checkouts.map((row) => row.checkoutId)).size).toBe(cart.checkouts.length);
    }
    expect(cart.checkouts.length).toBeLessThanOrEqual(MAX_CHECKOUTS);
  });
});

describe("codes", () => {
  const code = (name: string) => ({ voucherId: `coupon:${name}`, label: name, now: NOW });
  const coded = must(addCode(filled, code("ONE")));
  const names = (cart: CartState) => viewCart(cart).codes.map((row) => row.label);

  it("are kept once, and make a new version only when something changed", () => {
    expect(coded.version).toBe(filled.version + 1);
    expect(must(addCode(coded, code("ONE")))).toBe(coded);
    expect(names(must(addCode(coded, code("TWO"))))).toEqual(["ONE", "TWO"]);
  });

  it("are at most five", () => {
    const many = Array.from({ length: MAX_CODES }, (_, n) => code(`C${n}`));
    const full = many.reduce((cart, row) => must(addCode(cart, row)), filled);
    expect(codeOf(addCode(full, code("LAST")))).toBe("too_many_codes");
  });

  it("that are not in the cart cannot be taken out", () => {
    expect(codeOf(removeCode(coded, { voucherId: "coupon:X", now: NOW }))).toBe("code_not_in_cart");
    expect(names(must(removeCode(coded, { voucherId: "coupon:ONE", now: NOW })))).toEqual([]);
  });

  it("go with the order and come back when it comes to nothing", () => {
    const { cart, checkout } = must(open(coded));
    const placement = { checkoutId: checkout.checkoutId, orderId: order(1), now: NOW };
    expect(must(beginPlacement(cart, placement)).checkout.codes).toEqual([
      { voucherId: "coupon:ONE", label: "ONE" },
    ]);
    const placed = finishPlacement(must(beginPlacement(cart, placement)).cart, placement);
    expect(names(placed)).toEqual([]);
    expect(names(reopen(placed, placement))).toEqual(["ONE"]);
  });

  it("that were entered after the checkout looked make its order wait", () => {
    const { cart, checkout } = must(open(filled));
    const later = must(addCode(cart, code("LATE")));
    const placement = { checkoutId: checkout.checkoutId, orderId: order(1), now: NOW };
    expect(codeOf(beginPlacement(later, placement))).toBe("cart_changed");
    expect(must(open(later)).checkout.codes).toEqual([{ voucherId: "coupon:LATE", label: "LATE" }]);
  });
});
