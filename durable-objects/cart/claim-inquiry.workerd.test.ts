import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { epochMs, mintId, SECRET_ID_RANDOM_BYTES, type OrderId, type Result } from "#kernel";
import { armFailpoint, clearFailpoints } from "#platform";
import {
  PLACEMENT_INQUIRY_MS,
  PLACEMENT_REINQUIRY_MS,
  PLACEMENT_RETRY_MS,
} from "../../src/cart/domain/limits.ts";
import type { OrderInquiry } from "./claim-inquiry.ts";

const CALL = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor: "customer" };
const STALE_MS = PLACEMENT_INQUIRY_MS + 1_000;
const line = (variantId: string) => ({
  lineId: `lin_${variantId}`,
  variantId,
  quantity: 1,
  unitPriceMinor: 3400,
});
const newOrder = (): OrderId => mintId("ord", epochMs(Date.now()));

afterEach(clearFailpoints);

function must<T>(result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

/** A cart whose checkout was just claimed for an order that never came. */
async function claimedCart() {
  const cart = env.CARTS.getByName(mintId("crt", epochMs(Date.now()), SECRET_ID_RANDOM_BYTES));
  must(await cart.open({ currency: "EUR", country: "DE", lines: [line("a")] }, CALL));
  const { checkoutId } = must(await cart.openCheckout(undefined, CALL));
  const orderId = newOrder();
  must(await cart.beginPlacement({ checkoutId, orderId }, CALL));
  return { cart, checkoutId, orderId };
}
type Claimed = Awaited<ReturnType<typeof claimedCart>>;
type Cart = Claimed["cart"];

const setAhead = (cart: Cart, milliseconds: number, limitMs = 1_000): Promise<void> =>
  runInDurableObject<Rpc.DurableObjectBranded, void>(cart, (object) => {
    const now = epochMs(Date.now() + milliseconds);
    Object.assign(object, { clock: { now: () => now }, workLimitMs: limitMs });
  });

/** What the cart gets to hear about orders, and how often it asked. */
async function hears(cart: Cart, answer: OrderInquiry): Promise<{ count: number }> {
  const asked = { count: 0 };
  await runInDurableObject<Rpc.DurableObjectBranded, void>(cart, (object) => {
    const inquiry: OrderInquiry = (orderId) => {
      asked.count += 1;
      return answer(orderId);
    };
    Object.assign(object, { orderInquiry: () => inquiry });
  });
  return asked;
}

/** Long enough for somebody else to come meanwhile. */
async function answerLate(): Promise<"unknown"> {
  await scheduler.wait(100);
  return "unknown";
}

/** What is stored, without being somebody who looks. */
const stored = (cart: Cart): Promise<string> =>
  runInDurableObject(
    cart,
    (_, state) =>
      state.storage.sql
        .exec<{ status: string }>(
          "SELECT json_extract(state, '$.cart.checkouts[0].status') AS status FROM cart",
        )
        .one().status,
  );

const deadlines = (cart: Cart) =>
  runInDurableObject(cart, async (_, state) => ({
    keys: state.storage.sql
      .exec<{ key: string }>("SELECT key FROM due ORDER BY key")
      .toArray()
      .map(({ key }) => key),
    alarm: await state.storage.getAlarm(),
  }));

const LOOKS: readonly (readonly [string, (claimed: Claimed) => Promise<unknown>])[] = [
  ["a look at the cart", ({ cart }) => cart.view()],
  ["a look at the checkout", ({ cart, checkoutId }) => cart.checkout(checkoutId)],
  ["another line", ({ cart }) => cart.addLine(line("b"), undefined, CALL)],
  ["another quantity", ({ cart }) => cart.setQuantity({ lineId: "lin_a", quantity: 3 }, undefined, CALL)],
  ["going to checkout", ({ cart }) => cart.openCheckout(undefined, CALL)],
  [
    "a change of the checkout",
    ({ cart, checkoutId }) => cart.patchCheckout({ checkoutId, email: "a@b.example" }, undefined, CALL),
  ],
  ["opening the cart again", ({ cart }) => cart.open({ currency: "EUR", country: "DE" }, CALL)],
];

describe("a claimed checkout whose order never came", () => {
  it.each(LOOKS)("is opened by %s, once it is old enough", async (_name, look) => {
    const claimed = await claimedCart();
    const asked = await hears(claimed.cart, () => Promise.resolve("unknown"));
    await look(claimed).catch(() => undefined);
    expect([await stored(claimed.cart), asked.count]).toEqual(["placing", 0]);
    await setAhead(claimed.cart, STALE_MS);
    const answer = await look(claimed);
    expect(answer).toMatchObject({ ok: true });
    expect([await stored(claimed.cart), asked.count]).toEqual(["open", 1]);
  });

  it("shows itself open to the one who looked, by the word of the order object itself", async () => {
    const { cart, checkoutId } = await claimedCart();
    await setAhead(cart, STALE_MS);
    expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "open" });
  });

  it("shows itself open to a repeat of the request that opened the cart at its checkout", async () => {
    const cart = env.CARTS.getByName(mintId("crt", epochMs(Date.now()), SECRET_ID_RANDOM_BYTES));
    const input = { currency: "EUR", country: "DE", requestHash: "h", lines: [line("a")], checkout: {} };
    const { checkoutId } = must(await cart.openAtCheckout(input, CALL));
    must(await cart.beginPlacement({ checkoutId, orderId: newOrder() }, CALL));
    expect(must(await cart.openAtCheckout(input, CALL))).toMatchObject({ status: "placing" });
    await setAhead(cart, STALE_MS);
    expect(must(await cart.openAtCheckout(input, CALL))).toMatchObject({ checkoutId, status: "open" });
  });

  it("changes the cart once, however often it was tried", async () => {
    const { cart } = await claimedCart();
    await setAhead(cart, STALE_MS);
    const { lines, version } = must(await cart.addLine(line("a"), { key: "k", requestHash: "h" }, CALL));
    expect([lines.map(({ quantity }) => quantity), version]).toEqual([[2], 2]);
    const again = must(await cart.addLine(line("a"), { key: "k", requestHash: "h" }, CALL));
    expect(again.version).toBe(2);
  });

  it("can be claimed by another order", async () => {
    const { cart, checkoutId, orderId } = await claimedCart();
    const other = { checkoutId, orderId: newOrder() };
    const refused = { ok: false, refusal: { code: "checkout_closed", orderId } };
    expect(await cart.beginPlacement(other, CALL)).toEqual(refused);
    await setAhead(cart, STALE_MS);
    expect(await cart.beginPlacement(other, CALL)).toMatchObject({ ok: true, value: { claim: "new" } });
  });

  it("is held for its own order, unasked, and from then on for two minutes more", async () => {
    const { cart, checkoutId, orderId } = await claimedCart();
    const asked = await hears(cart, () => Promise.resolve("unknown"));
    await setAhead(cart, STALE_MS);
    expect(must(await cart.beginPlacement({ checkoutId, orderId }, CALL)).claim).toBe("held");
    await cart.view();
    expect([await stored(cart), asked.count]).toEqual(["placing", 0]);
    await setAhead(cart, 2 * STALE_MS);
    await cart.view();
    expect([await stored(cart), asked.count]).toEqual(["open", 1]);
  });

  it("stays claimed when its order comes while it is being asked", async () => {
    const { cart, checkoutId, orderId } = await claimedCart();
    const asked = await hears(cart, answerLate);
    await setAhead(cart, STALE_MS);
    const look = cart.checkout(checkoutId);
    await vi.waitUntil(() => asked.count === 1);
    expect(must(await cart.beginPlacement({ checkoutId, orderId }, CALL)).claim).toBe("held");
    expect(must(await look)).toMatchObject({ status: "placing", orderId });
  });

  it("asks once for two who look at the same time", async () => {
    const { cart, checkoutId } = await claimedCart();
    const asked = await hears(cart, answerLate);
    await setAhead(cart, STALE_MS);
    const other = { checkoutId, orderId: newOrder() };
    const [look, claim] = await Promise.all([cart.checkout(checkoutId), cart.beginPlacement(other, CALL)]);
    expect([look.ok, claim.ok, asked.count]).toEqual([true, true, 1]);
  });
});

describe("a claimed checkout whose order lives", () => {
  it.each(["live", "committing"] as const)(
    "keeps its claim while it is %s, and asks seldom",
    async (fate) => {
      const { cart, checkoutId, orderId } = await claimedCart();
      const asked = await hears(cart, () => Promise.resolve(fate));
      const look = async (aheadMs: number): Promise<number> => {
        await setAhead(cart, aheadMs);
        expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "placing", orderId });
        const refusal = { code: "checkout_closed", orderId };
        expect(await cart.openCheckout(undefined, CALL)).toEqual({ ok: false, refusal });
        return asked.count;
      };
      expect(await look(STALE_MS)).toBe(1);
      expect(await look(STALE_MS + PLACEMENT_REINQUIRY_MS - 10_000)).toBe(1);
      expect(await look(STALE_MS + PLACEMENT_REINQUIRY_MS + 10_000)).toBe(2);
    },
  );

  it("that cannot be reached keeps its claim, and the cart answers", async () => {
    const { cart, checkoutId, orderId } = await claimedCart();
    const asked = await hears(cart, () => Promise.reject(new Error("out of reach")));
    const look = async (aheadMs: number): Promise<number> => {
      await setAhead(cart, aheadMs);
      expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "placing", orderId });
      expect(await cart.addLine(line("b"), undefined, CALL)).toMatchObject({ ok: true });
      return asked.count;
    };
    expect(await look(STALE_MS)).toBe(1);
    expect(await look(STALE_MS + PLACEMENT_RETRY_MS + 10_000)).toBe(2);
  });

  it("that never answers keeps nobody waiting", async () => {
    const { cart, checkoutId } = await claimedCart();
    await hears(cart, () => new Promise<never>(() => undefined));
    await setAhead(cart, STALE_MS, 100);
    expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "placing" });
  });

  it("is answered from what is stored when the inquiry breaks before or after the question", async () => {
    for (const name of ["cart.before-inquiry", "cart.after-inquiry"]) {
      const { cart, checkoutId } = await claimedCart();
      armFailpoint(name, () => Promise.reject(new Error(`the test throws at ${name}`)));
      await setAhead(cart, STALE_MS);
      expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "placing" });
      clearFailpoints();
    }
  });
});

describe("the alarm of a cart", () => {
  it("is the idle one alone, and an order does not move it", async () => {
    const cart = env.CARTS.getByName(mintId("crt", epochMs(Date.now()), SECRET_ID_RANDOM_BYTES));
    must(await cart.open({ currency: "EUR", country: "DE", lines: [line("a")] }, CALL));
    const before = await deadlines(cart);
    expect(before.keys).toEqual(["idle"]);
    const { checkoutId } = must(await cart.openCheckout(undefined, CALL));
    for (const end of ["reopen", "finishPlacement"] as const) {
      const placement = { checkoutId, orderId: newOrder() };
      must(await cart.beginPlacement(placement, CALL));
      expect(await deadlines(cart)).toEqual(before);
      await cart[end](placement, CALL);
      expect(await deadlines(cart)).toEqual(before);
    }
  });
});

describe("a cart that was stored while each claim had a deadline", () => {
  async function oldCart(): Promise<Claimed> {
    const claimed = await claimedCart();
    await runInDurableObject(claimed.cart, async (_, state) => {
      const { sql } = state.storage;
      sql.exec("UPDATE cart SET state = json_remove(state, '$.cart.checkouts[0].claimedAt')");
      const at = Date.now() - 1_000;
      sql.exec("INSERT INTO due (key, at_ms) VALUES (?, ?)", `placement:${claimed.checkoutId}`, at);
      await state.storage.setAlarm(Date.now() + 600_000);
    });
    await evictDurableObject(claimed.cart);
    return claimed;
  }

  it("opens its checkout when that is due", async () => {
    const { cart } = await oldCart();
    expect(await runDurableObjectAlarm(cart)).toBe(true);
    expect([await stored(cart), (await deadlines(cart)).keys]).toEqual(["open", ["idle"]]);
  });

  it("lets the deadline go while the order lives; whoever looks later asks again", async () => {
    const { cart, checkoutId } = await oldCart();
    const asked = await hears(cart, () => Promise.resolve("live"));
    expect(await runDurableObjectAlarm(cart)).toBe(true);
    expect([await stored(cart), (await deadlines(cart)).keys, asked.count]).toEqual(["placing", ["idle"], 1]);
    await setAhead(cart, PLACEMENT_REINQUIRY_MS + 1_000);
    await cart.checkout(checkoutId);
    expect(asked.count).toBe(2);
  });

  it("opens its checkout for whoever looks before", async () => {
    const { cart, checkoutId } = await oldCart();
    expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "open" });
  });
});
