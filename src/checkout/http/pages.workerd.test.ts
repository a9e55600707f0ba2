import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkoutApp, ORIGIN, testPaymentMethods } from "../../../test/support/checkout-app.ts";
import { FakePrices, heron, HERON_ID, TOWEL_ID } from "../../../test/support/fake-prices.ts";

/** A browser without script: keeps cookies by path, follows nothing by itself. */
class Visitor {
  readonly #app: ReturnType<typeof checkoutApp>["app"];
  readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(prices: FakePrices) {
    this.#app = checkoutApp(prices).app;
  }

  async send(path: string, form?: Record<string, string>): Promise<Response> {
    const headers = new Headers({ cookie: this.#cookiesFor(path) });
    const init: RequestInit = { headers };
    if (form) {
      headers.set("content-type", "application/x-www-form-urlencoded");
      Object.assign(init, { method: "POST", body: new URLSearchParams(form).toString() });
    }
    const answer = await this.#app.request(ORIGIN + path, init);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = "", rest = ""] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      const cookiePath = /path=([^;]+)/i.exec(rest)?.[1] ?? "/";
      this.cookies.set(name + cookiePath, { value, path: cookiePath });
    }
    return answer;
  }

  /** Sends a form and follows its redirect; gives the page and its path. */
  async go(
    path: string,
    form?: Record<string, string>,
  ): Promise<{ readonly path: string; readonly html: string }> {
    let answer = await this.send(path, form);
    let at = path;
    while (answer.status === 303) {
      at = (answer.headers.get("location") ?? "").replace(ORIGIN, "");
      if (at.startsWith("https://pay.example")) return { path: at, html: "" };
      answer = await this.send(at);
    }
    return { path: at, html: await answer.text() };
  }

  #cookiesFor(path: string): string {
    return [...this.cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, cookie]) => `${name.slice(0, name.length - cookie.path.length)}=${cookie.value}`)
      .join("; ");
  }
}

const DETAILS = {
  email: "mira@example.com",
  country: "DE",
  fullName: "Mira Beispiel",
  line1: "Lindenallee 12",
  postalCode: "104 05",
  city: "Berlin",
  do: "continue",
};
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const lineIdIn = (html: string): string => /id="quantity-(lin_\w+)"/.exec(html)?.[1] ?? "";

let prices: FakePrices;
let visitor: Visitor;
let serial = 100;

beforeEach(() => {
  prices = new FakePrices();
  serial += 1;
  prices.variants = [heron({ sku: `PAGE-${serial}` }), ...prices.variants.slice(1)];
  visitor = new Visitor(prices);
});

const sku = (): string => prices.variants[0]?.sku ?? "";
const stock = (units: number) =>
  env.STOCK.getByName(sku()).adjust(
    { adjustmentId: `adj-${sku()}`, kind: "received", quantity: units, reason: "test" },
    { traceparent: "", actor: "test" },
  );

async function toReview(quantity = 1) {
  await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: String(quantity) });
  const details = await visitor.go("/checkout", {});
  await visitor.go(details.path, DETAILS);
  const checkout = details.path.split("?")[0] ?? "";
  return { checkout, ...(await visitor.go(`${checkout}?step=delivery`, { deliveryMethodId: "post" })) };
}

const pay = (review: { readonly checkout: string; readonly html: string }) => ({
  path: `${review.checkout}?step=review`,
  form: { key: hidden(review.html, "key"), expectedTotal: hidden(review.html, "expectedTotal") },
});

describe("the cart page", () => {
  it("adds, changes, removes and puts back without script", async () => {
    const added = await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "2" });
    expect(added).toMatchObject({ path: "/cart", html: expect.stringContaining("<h1>Cart, 2 items</h1>") });
    expect(visitor.cookies.get("cart_count/")?.value).toBe("2");
    const id = lineIdIn(added.html);
    expect((await visitor.go("/cart", { [`quantity-${id}`]: "5", update: id })).html).toContain(
      "Cart, 5 items",
    );
    const removed = await visitor.go("/cart", { [`quantity-${id}`]: "5", remove: id });
    expect(removed.html).toContain("Removed");
    expect(removed.html).toContain("Your cart is empty");
    expect(visitor.cookies.get("cart_count/")?.value).toBe("0");
    const undo = { variantId: hidden(removed.html, "variantId"), quantity: hidden(removed.html, "quantity") };
    expect((await visitor.go("/cart/lines", undo)).html).toContain("Cart, 5 items");
  });

  it.each(["0", "-1", "1.5", "21", "1e3", "", "many", "９"])(
    "refuses %j units with 422 and says what to enter",
    async (quantity) => {
      const answer = await visitor.send("/cart/lines", { variantId: HERON_ID, quantity });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain("Enter a quantity from 1 to 20.");
    },
  );

  it("keeps what was typed when a line is refused, in summary and field alike", async () => {
    const { html } = await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "2" });
    const id = lineIdIn(html);
    const answer = await visitor.send("/cart", { [`quantity-${id}`]: "99", update: id });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain("<title>Error: Cart, 2 items");
    expect(page).toContain(`href="#quantity-${id}"`);
    expect(page).toContain('value="99"');
  });

  it("tells of a changed price once, and never lets a line vanish", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    prices.change(sku(), { priceMinor: 3600 });
    expect((await visitor.go("/cart")).html).toContain("The price changed from €34.00 to €36.00.");
    expect((await visitor.go("/cart")).html).not.toContain("The price changed");
    prices.change(sku(), { productStatus: "archived" });
    expect((await visitor.go("/cart")).html).toContain("We do not sell this any more.");
  });

  it("lowers a line to what there is and says so", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "3" });
    prices.change(sku(), { availability: "low", availableUnits: 1 });
    expect((await visitor.go("/cart")).html).toContain("We have 1 of these. Your cart now holds 1.");
    expect((await visitor.go("/cart")).html).toContain("Cart, 1 item<");
  });

  it("checks out without what sold out, which stays in the cart", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    await visitor.go("/cart/lines", { variantId: TOWEL_ID, quantity: "1" });
    prices.change(sku(), { availability: "sold_out", availableUnits: 0 });
    expect((await visitor.go("/cart")).html).toContain("Check out · €22.90");
    const checkout = await visitor.go("/checkout", {});
    expect(checkout.html).toContain("1 item stays in your cart: sold out.");
    expect(checkout.html).not.toContain("Heron");
  });

  it("starts anew when the cart is gone", async () => {
    visitor.cookies.set("kerbside_cart/", { value: `crt_${"0".repeat(36)}`, path: "/" });
    expect((await visitor.go("/cart")).html).toContain("Your cart is empty");
    expect((await visitor.go("/cart/lines", { sku: "towel", quantity: "1" })).html).toContain("Cart, 1 item");
  });
});

describe("the checkout pages", () => {
  it("lead step by step, and no step can be skipped", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    const { path } = await visitor.go("/checkout", {});
    expect((await visitor.go(`${path}?step=review`)).html).toContain("Who and where");
    const delivery = await visitor.go(path, DETAILS);
    expect(delivery).toMatchObject({
      path: `${path}?step=delivery`,
      html: expect.stringContaining("How it comes to you"),
    });
    const review = await visitor.go(`${path}?step=delivery`, { deliveryMethodId: "post" });
    expect(review.html).toContain("Order and pay €38.90");
    expect(review.html).toContain("10405 Berlin");
  });

  it("refuse a form with 422, the values kept, one sentence per field in summary and field", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    const { path } = await visitor.go("/checkout", {});
    const answer = await visitor.send(path, { ...DETAILS, postalCode: "1", email: "mira" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain("<title>Error: Who and where");
    for (const sentence of [
      "Enter a postcode with 5 digits.",
      "Enter your e-mail address, like name@example.com.",
    ]) {
      expect(page.split(sentence).length - 1).toBeGreaterThanOrEqual(2);
    }
    expect(page).toContain('value="Lindenallee 12"');
    expect(page).toContain('value="mira"');
  });

  it("change the fields with the country and lose nothing that was typed", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    const { path } = await visitor.go("/checkout", {});
    const page = (await visitor.go(path, { ...DETAILS, country: "US", do: "country" })).html;
    expect(page).toContain("ZIP code");
    expect(page).toContain("Select");
    expect(page).toContain('value="Mira Beispiel"');
  });

  it("say at the country that the shop does not deliver there", async () => {
    await visitor.go("/cart/lines", { variantId: HERON_ID, quantity: "1" });
    const { path } = await visitor.go("/checkout", {});
    const answer = await visitor.send(path, { ...DETAILS, country: "IS" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("We do not deliver to Iceland yet.");
  });

  it("adopt a cart that changed in another tab, and say how", async () => {
    const { checkout } = await toReview();
    await visitor.go("/cart/lines", { variantId: TOWEL_ID, quantity: "2" });
    const page = (await visitor.go(`${checkout}?step=review`)).html;
    expect(page).toContain("Your cart changed.");
    expect(page).toContain("Kiln leaf, tea towel is new: 2.");
    expect(page).toContain("Order and pay €70.00");
  });

  it("have ended for whoever has no such checkout", async () => {
    expect((await visitor.send("/checkout/nonsense")).status).toBe(404);
    expect((await visitor.send(`/checkout/chk_${"0".repeat(46)}`)).status).toBe(404);
  });
});

describe("ordering in another language", () => {
  it("keeps what the buyer read from the cart to the order, and the shop's own words for staff", async () => {
    const own = { productTitle: "Heron print", variantTitle: "A3, oak" };
    prices.change(sku(), { productTitle: "Reiher", variantTitle: "A3, Eiche", own });
    await stock(5);
    const review = await toReview();
    expect(review.html).toContain("A3, Eiche");
    const { path, form } = pay(review);
    const placed = await visitor.go(path, form);
    expect(placed.html).toContain("Reiher");
    expect(placed.html).not.toContain("Heron print");
    const orderId = /ord_\w+/.exec(placed.path)?.[0] ?? "";
    const view = await env.ORDERS.getByName(orderId).view();
    expect(view.ok && view.value.draft.lines).toMatchObject([
      { title: "Reiher", variantTitle: "A3, Eiche", shopTitle: "Heron print", shopVariantTitle: "A3, oak" },
    ]);
  });
});

describe("ordering from the review page", () => {
  it("ends on one order for two presses, a reload, and going back", async () => {
    await stock(5);
    const review = await toReview();
    const { path, form } = pay(review);
    const [first, second] = [await visitor.go(path, form), await visitor.go(path, form)];
    expect(first.path).toMatch(/^\/orders\/ord_/);
    expect(second.path).toBe(first.path);
    expect(first.html).toContain("is confirmed");
    expect((await visitor.go(review.checkout)).path).toBe(first.path);
    expect((await visitor.go("/orders/" + first.path.split("/")[2])).html).toContain("Delivery address");
  });

  it("shows the order to nobody without its cookie, and tells no referrer", async () => {
    await stock(5);
    const { path, form } = pay(await toReview());
    const order = await visitor.go(path, form);
    const stranger = await new Visitor(prices).send(order.path);
    expect(stranger.status).toBe(404);
    expect(stranger.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await stranger.text()).not.toContain("Mira");
    const key = [...visitor.cookies].find(([name]) => name.startsWith("kerbside_order"))?.[1].value ?? "";
    const swapped = await new Visitor(prices).send(`${order.path}?key=${key}`);
    expect(swapped.status).toBe(303);
    expect(swapped.headers.get("location")).toBe(order.path);
    expect(swapped.headers.getSetCookie().join()).toMatch(/kerbside_order=.*HttpOnly.*SameSite=Lax/i);
  });

  it("shows the review again with the old and new total when a price moved, under a new key", async () => {
    await stock(5);
    const review = await toReview();
    prices.change(sku(), { priceMinor: 3600 });
    const { path, form } = pay(review);
    const answer = await visitor.send(path, form);
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expect(page).toContain(
      "The total changed from €38.90 to €40.90: Heron, A3, oak costs €2.00 more. Nothing was charged.",
    );
    expect(page).toContain("Order and pay €40.90");
    expect(hidden(page, "key")).not.toBe(form.key);
    const again = pay({ checkout: review.checkout, html: page });
    expect((await visitor.go(again.path, again.form)).html).toContain("is confirmed");
  });

  it("names what sold out and lets the buyer take fewer or remove it", async () => {
    await stock(1);
    const review = await toReview(2);
    const { path, form } = pay(review);
    const answer = await visitor.send(path, form);
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expect(page).toContain("we have 1 of these, you asked for 2");
    const fewer = await visitor.go(`${review.checkout}/lines`, {
      lineId: hidden(page, "lineId"),
      quantity: "1",
    });
    expect(fewer.html).toContain("Order and pay €38.90");
    const again = pay({ checkout: review.checkout, html: fewer.html });
    expect((await visitor.go(again.path, again.form)).html).toContain("is confirmed");
  });

  it("does not let a foreign form order anything", async () => {
    const { checkout } = await toReview();
    const answer = await visitor.send(`${checkout}?step=review`, { key: "short", expectedTotal: "1" });
    expect(answer.status).toBe(303);
    expect((await visitor.go(checkout)).html).toContain("Review and pay");
  });

  it("refuses a live socket without key, and opens one with it", async () => {
    await stock(5);
    const { path, form } = pay(await toReview());
    const order = await visitor.go(path, form);
    expect((await new Visitor(prices).send(`${order.path}/live`)).status).toBe(404);
    expect((await visitor.send(`${order.path}/live`)).status).toBe(426);
  });
});

describe("choosing how to pay", () => {
  afterEach(() => {
    testPaymentMethods.isCardDown = false;
  });

  it("offers every way that this order may use, cards first", async () => {
    await stock(20);
    const { html } = await toReview();
    expect([...html.matchAll(/name="paymentMethod" value="(\w+)"( checked)?/g)].map(([, id]) => id)).toEqual([
      "card",
      "bank_transfer",
      "cash_on_delivery",
    ]);
    expect(/value="card"[^>]*checked|checked[^>]*value="card"/.test(html)).toBe(true);
    const dear = await toReview(9);
    expect(dear.html).not.toContain("Cash on delivery");
  });

  it("by transfer makes an order that waits for its money and keeps its units", async () => {
    await stock(5);
    const { path, form } = pay(await toReview());
    const order = await visitor.go(path, { ...form, paymentMethod: "bank_transfer" });
    expect(order.path).toMatch(/^\/orders\/ord_/);
    expect(order.html).not.toContain("is confirmed");
    const level = await env.STOCK.getByName(sku()).level();
    expect(level).toMatchObject({ held: 1 });
  });

  it("with cash is confirmed at once", async () => {
    await stock(5);
    const { path, form } = pay(await toReview());
    const order = await visitor.go(path, { ...form, paymentMethod: "cash_on_delivery" });
    expect(order.html).toContain("is confirmed");
  });

  it("with cash above the limit is refused beside the choice, and the checkout stays open", async () => {
    await stock(20);
    const review = await toReview(9);
    const { path, form } = pay(review);
    const answer = await visitor.send(path, { ...form, paymentMethod: "cash_on_delivery" });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("This way to pay cannot be used for this order.");
    const again = pay({ checkout: review.checkout, html: page });
    expect((await visitor.go(again.path, again.form)).html).toContain("is confirmed");
  });

  it("says above the button that cards do not work, keeps the cart, and offers what does", async () => {
    await stock(5);
    testPaymentMethods.isCardDown = true;
    const { html, checkout } = await toReview();
    const notice = html.indexOf("Card payment is not working right now.");
    expect(notice).toBeGreaterThan(0);
    expect(notice).toBeLessThan(html.indexOf("Order and pay"));
    expect(html).toContain("Your cart is kept. Choose another way to pay");
    expect(html).not.toMatch(/name="paymentMethod" value="card"/);
    const { path, form } = pay({ checkout, html });
    const order = await visitor.go(path, { ...form, paymentMethod: "cash_on_delivery" });
    expect(order.html).toContain("is confirmed");
  });

  it("in a word that is no method orders nothing", async () => {
    await stock(5);
    const { path, form } = pay(await toReview());
    expect((await visitor.send(path, { ...form, paymentMethod: "gold" })).status).toBe(303);
    expect(await env.STOCK.getByName(sku()).level()).toMatchObject({ held: 0, onHand: 5 });
  });
});

describe("an order that is not paid", () => {
  it("says until when the items are kept and how to go on", async () => {
    await stock(5);
    const review = await toReview();
    const { path, form } = pay(review);
    const orderId = await orderIdOf(review.checkout.split("/")[2] ?? "", form.key);
    await runInDurableObject(env.ORDERS.getByName(orderId), (order) => {
      order.payments.next = "redirect";
    });
    expect((await visitor.go(path, form)).path).toMatch(/^https:\/\/pay\.example/);
    const page = (await visitor.go(`/orders/${orderId}`)).html;
    expect(page).toContain("is not paid yet");
    expect(page).toContain("Return to payment");
    expect((await visitor.go(review.checkout)).path).toBe(`/orders/${orderId}`);
    expect((await visitor.go(`/orders/${orderId}/cancel`, {})).html).toContain("is cancelled");
  });
});

async function orderIdOf(checkoutId: string, key: string): Promise<string> {
  return checkoutApp(prices).ports.names.orderId(checkoutId as `chk_${string}`, key);
}
