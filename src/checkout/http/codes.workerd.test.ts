import { beforeEach, describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import type { CouponTerms, VoucherView } from "#vouchers";
import { checkoutApp, jsonCaller, ORIGIN } from "../../../test/support/checkout-app.ts";
import { FakePrices, HERON_ID } from "../../../test/support/fake-prices.ts";

const coupon = (code: string, changes: Partial<CouponTerms> = {}): VoucherView => ({
  voucherId: `coupon:${code}`,
  terms: {
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
  },
  usedCount: 0,
  held: 0,
  balanceMinor: 0,
  version: 1,
  updatedAt: epochMs(1_795_000_000_000),
});
const card = (hash: string, balanceMinor: number): VoucherView => ({
  ...coupon("CARD"),
  voucherId: `gift:${hash}`,
  terms: { kind: "gift_card", note: "", currency: "EUR", hint: "7KQM", isDisabled: false },
  balanceMinor,
});

let prices: FakePrices;
let call: ReturnType<typeof jsonCaller>;

beforeEach(() => {
  prices = new FakePrices();
  prices.vouchers = [coupon("WELCOME10"), card("CARD-A", 1000)];
  call = jsonCaller(checkoutApp(prices).app);
});

async function cart(quantity = 1): Promise<string> {
  const { id } = (await call("POST", "/api/carts")).json;
  await call("POST", `/api/carts/${id}/lines`, { body: { variantId: HERON_ID, quantity } });
  return `/api/carts/${id}`;
}
const enter = (path: string, code: string) => call("POST", `${path}/codes`, { body: { code } });

describe("a cart's codes in the API", () => {
  it("take their part off, pay their part, and leave the rest to pay", async () => {
    const path = await cart();
    await enter(path, "welcome10");
    const both = await enter(path, "card-a");
    expect(both).toMatchObject({
      status: 200,
      json: {
        items: { amountMinor: 3400 },
        discounts: [{ voucherId: "coupon:WELCOME10", label: "WELCOME10", amount: { amountMinor: 340 } }],
        discount: { amountMinor: 340 },
        total: { amountMinor: 3550 },
        tenders: [{ label: "Gift card ending 7KQM", amount: { amountMinor: 1000 } }],
        due: { amountMinor: 2550 },
        lines: [{ total: { amountMinor: 3060 }, discount: { amountMinor: 340 } }],
        codes: [{ status: "applied" }, { status: "applied" }],
      },
    });
    expect(both.json.tax.amountMinor).toBe(489 + 78);
  });

  it("are kept once, and asking again gives the same cart", async () => {
    const path = await cart();
    const first = await enter(path, "WELCOME10");
    const again = await enter(path, " Welcome10");
    expect(again).toMatchObject({ status: first.status, json: { version: first.json.version } });
    expect(again.json.codes).toHaveLength(1);
  });

  it.each([
    ["that nobody issued", "NOPE", "unknown"],
    ["of a card that was switched off", "CARD-OFF", "unknown"],
    ["that is over", "OVER", "expired"],
    ["that cannot be combined", "ALONE", "not_combinable"],
  ])("%s are refused and change nothing", async (_, code, reason) => {
    const off = card("CARD-OFF", 500);
    prices.vouchers.push(
      { ...off, terms: { ...off.terms, isDisabled: true } as VoucherView["terms"] },
      coupon("OVER", { validUntil: epochMs(1) }),
      coupon("ALONE"),
    );
    const path = await cart();
    const before = await enter(path, "WELCOME10");
    expect(await enter(path, code)).toMatchObject({
      status: 422,
      json: { type: "/problems/cart/code-refused", reason, errors: [{ pointer: "/code" }] },
    });
    expect((await call("GET", path)).json.version).toBe(before.json.version);
  });

  it("say what is missing, and apply by themselves once it is there", async () => {
    prices.vouchers.push(coupon("BIG", { minimumMinor: 6800, currencies: ["EUR"] }));
    const path = await cart();
    const small = await enter(path, "BIG");
    expect(small.json).toMatchObject({
      codes: [{ status: "minimum_not_reached", missing: { amountMinor: 3400 } }],
      discount: { amountMinor: 0 },
    });
    const line = small.json.lines[0].id;
    const big = await call("PATCH", `${path}/lines/${line}`, { body: { quantity: 2 } });
    expect(big.json).toMatchObject({ codes: [{ status: "applied" }], discount: { amountMinor: 680 } });
  });

  it("are taken out by their id or as typed", async () => {
    const path = await cart();
    await enter(path, "WELCOME10");
    await enter(path, "CARD-A");
    const byId = await call("DELETE", `${path}/codes/${encodeURIComponent("coupon:WELCOME10")}`);
    expect(byId.json.codes).toMatchObject([{ label: "Gift card ending 7KQM" }]);
    expect((await call("DELETE", `${path}/codes/card-a`)).json.codes).toEqual([]);
    expect(await call("DELETE", `${path}/codes/card-a`)).toMatchObject({
      status: 404,
      json: { type: "/problems/cart/code-not-in-cart" },
    });
  });

  it("cost a cart without any no read", async () => {
    const path = await cart();
    prices.reads = 0;
    await call("GET", path);
    expect(prices.reads).toBe(1);
    await enter(path, "WELCOME10");
    prices.reads = 0;
    await call("GET", path);
    expect(prices.reads).toBe(1);
  });

  it("that pay another part than was shown stop the order before anything is charged", async () => {
    const path = await cart();
    await enter(path, "CARD-A");
    const cartId = path.slice("/api/carts/".length);
    const { id } = (await call("POST", "/api/checkouts", { body: { cartId } })).json;
    const address = { fullName: "Mira", line1: "Lindenallee 12", postalCode: "10405", city: "Berlin" };
    const body = { email: "mira@example.com", address, deliveryMethodId: "post" };
    const shown = await call("PATCH", `/api/checkouts/${id}`, { body });
    expect(shown.json.due.amountMinor).toBe(2890);
    prices.vouchers = [card("CARD-A", 400)];
    const placed = await call("POST", `/api/checkouts/${id}/place`, {
      body: { payment: { kind: "token", token: "tok_approve" } },
      headers: { "idempotency-key": crypto.randomUUID() },
    });
    expect(placed).toMatchObject({
      status: 409,
      json: {
        type: "/problems/checkout/total-changed",
        oldDue: { amountMinor: 2890 },
        newDue: { amountMinor: 3490 },
      },
    });
  });
});

describe("the cart page", () => {
  async function visit() {
    const { app } = checkoutApp(prices);
    let cookie = "";
    const send = async (path: string, form?: Record<string, string>): Promise<Response> => {
      const answer = await app.request(ORIGIN + path, {
        method: form ? "POST" : "GET",
        headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
        ...(form ? { body: new URLSearchParams(form).toString() } : {}),
      });
      const set = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
      if (set.length > 0) cookie = set.join("; ");
      return answer;
    };
    await send("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    return send;
  }

  it("takes a code without script, shows what it takes off, and takes it out again", async () => {
    const send = await visit();
    expect((await send("/cart/codes", { code: "welcome10" })).status).toBe(303);
    const html = await (await send("/cart")).text();
    expect(html).toContain("WELCOME10");
    expect(html).toContain("−€3.40");
    await send("/cart/codes/remove", { voucherId: "coupon:WELCOME10" });
    expect(await (await send("/cart")).text()).not.toContain("WELCOME10");
  });

  it("shows the mistake at its field, with what was typed", async () => {
    const send = await visit();
    const answer = await send("/cart/codes", { code: "NOPE" });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("We do not know this code.");
    expect(html).toContain('value="NOPE"');
  });

  it("says what a card pays and what is left", async () => {
    const send = await visit();
    await send("/cart/codes", { code: "card-a" });
    const html = await (await send("/cart")).text();
    expect(html).toContain("Gift card ending 7KQM");
    expect(html).toContain("−€10.00");
    expect(html).toContain("Check out · €28.90");
  });
});
