import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { DEMO_COUPON, DEMO_GIFT_CARD } from "../../scripts/demo/load.ts";
import { openCheckout } from "../support/api-shopper-harness.ts";
import { eventually, useShop } from "../support/shop-harness.ts";
import { chooseDelivery, giveDetails, mainText, startCheckout } from "../support/shopper-harness.ts";
import { adminCall, providerMovements, saveProduct, signIn } from "../support/staff-harness.ts";

const harness = useShop({ isDemoLoaded: false });

const SKU = "CODE-1";
const PRICE_MINOR = 5000;
const answerSchema = z.looseObject({
  type: z.string().optional(),
  reason: z.string().optional(),
  orderId: z.string().optional(),
  due: z.looseObject({ amountMinor: z.int() }).optional(),
});
const voucherSchema = z.looseObject({ usedCount: z.int(), held: z.int(), balanceMinor: z.int() });

let productPath = "";
let serial = 0;

beforeAll(async () => {
  await adminCall(harness.shop, "/tax-rates/DE", {
    method: "PUT",
    body: { rates: [{ taxClass: "standard", ratePpm: 190_000 }] },
  });
  await adminCall(harness.shop, "/delivery-methods/standard-de", {
    method: "PUT",
    body: {
      name: "Standard",
      carrier: "Post",
      countries: ["DE"],
      currency: "EUR",
      priceMinor: 490,
      minDays: 1,
      maxDays: 3,
      cutoffHour: 15,
      position: 1,
      isActive: true,
    },
  });
  productPath = await saveProduct(
    harness.shop,
    { sku: SKU, title: "Code print", priceMinor: PRICE_MINOR },
    500,
  );
});

async function api(path: string, init: { method?: string; body?: unknown; key?: string } = {}) {
  const answer = await fetch(`${harness.shop.url}/api${path}`, {
    method: init.method ?? "GET",
    headers: {
      "content-type": "application/json",
      ...(init.key === undefined ? {} : { "idempotency-key": init.key }),
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  return { status: answer.status, json: answerSchema.parse(await answer.json()) };
}

/** A checkout with codes that lacks nothing but the order. */
async function checkoutWith(codes: readonly string[], email = `mira-${(serial += 1)}@example.com`) {
  const checkoutId = await openCheckout(harness.shop, { sku: SKU, email });
  const read = z.object({ cartId: z.string() });
  const first = read.parse(await (await fetch(`${harness.shop.url}/api/checkouts/${checkoutId}`)).json());
  for (const code of codes)
    expect(await api(`/carts/${first.cartId}/codes`, { method: "POST", body: { code } })).toMatchObject({
      status: 200,
    });
  await api("/checkouts", { method: "POST", body: { cartId: first.cartId } });
  return checkoutId;
}

const place = (checkoutId: string) =>
  api(`/checkouts/${checkoutId}/place`, {
    method: "POST",
    body: { payment: { kind: "token", token: "tok_approve" } },
    key: crypto.randomUUID(),
  });

async function coupon(code: string, body: object = {}) {
  await adminCall(harness.shop, `/coupons/${code}`, {
    method: "PUT",
    body: { benefit: { kind: "percent", ppm: 100_000 }, ...body },
  });
  return async () => voucherSchema.parse(await adminCall(harness.shop, `/coupons/${code}`));
}

async function giftCard(amountMinor: number) {
  const answer = await fetch(`${harness.shop.url}/admin/api/gift-cards`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${harness.shop.adminToken}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify({ currency: "EUR", amountMinor }),
  });
  const { id, code } = z.object({ id: z.string(), code: z.string() }).parse(await answer.json());
  const read = async () => voucherSchema.parse(await adminCall(harness.shop, `/gift-cards/${id}`));
  return { code, read };
}

describe("buying with codes", () => {
  it("takes a coupon off, charges the rest, and counts its use", async () => {
    const read = await coupon("TEN");
    const checkoutId = await checkoutWith(["ten"]);
    const shown = await api(`/checkouts/${checkoutId}`);
    expect(shown.json.due?.amountMinor).toBe(PRICE_MINOR - 500 + 490);
    const placed = await place(checkoutId);
    expect(placed.status).toBe(201);
    await eventually(async () => ((await read()).usedCount === 1 ? true : undefined));
    const order = await adminCall(harness.shop, `/orders/${placed.json.orderId}`);
    expect(JSON.stringify(order)).toContain("TEN");
  });

  it("pays an order that a gift card covers without asking the provider", async () => {
    const { code, read } = await giftCard(10_000);
    const checkoutId = await checkoutWith([code]);
    expect((await api(`/checkouts/${checkoutId}`)).json.due?.amountMinor).toBe(0);
    const placed = await place(checkoutId);
    expect(placed.status).toBe(201);
    await eventually(async () =>
      (await read()).balanceMinor === 10_000 - PRICE_MINOR - 490 ? true : undefined,
    );
    expect(await providerMovements(harness.shop, placed.json.orderId)).toEqual([]);
  });

  it("pays a part with a gift card and charges the rest", async () => {
    const { code, read } = await giftCard(2_000);
    const checkoutId = await checkoutWith([code]);
    expect((await api(`/checkouts/${checkoutId}`)).json.due?.amountMinor).toBe(PRICE_MINOR + 490 - 2_000);
    expect((await place(checkoutId)).status).toBe(201);
    await eventually(async () => ((await read()).balanceMinor === 0 ? true : undefined));
  });

  it("lets exactly one of two buyers have the last use, and tells the other why", async () => {
    const read = await coupon("LAST", { maxUses: 1 });
    const both = await Promise.all([checkoutWith(["LAST"]), checkoutWith(["LAST"])]);
    const answers = await Promise.all(both.map((checkoutId) => place(checkoutId)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)?.json).toMatchObject({
      type: "/problems/orders/voucher-refused",
      reason: "used_up",
    });
    await eventually(async () => {
      const { usedCount, held } = await read();
      return usedCount === 1 && held === 0 ? true : undefined;
    });
  });

  it("lets one customer have one use, whatever the case of the address", async () => {
    await coupon("ONCE", { maxUsesPerCustomer: 1 });
    expect((await place(await checkoutWith(["ONCE"], "tom@example.com"))).status).toBe(201);
    const second = await place(await checkoutWith(["ONCE"], "Tom@example.com"));
    expect(second).toMatchObject({ status: 409, json: { reason: "customer_limit" } });
  });
});

describe("a shopper without script", () => {
  it("whose code is used up at the till is told so, and pays the total without it", async () => {
    await coupon("GONE", { maxUses: 1 });
    const page = await harness.newPage({ javaScriptEnabled: false });
    await page.goto(productPath);
    await page.getByRole("button", { name: /^Add to cart/ }).click();
    await page.waitForURL("**/cart");
    await page.getByText("Have a code?").click();
    await page.getByLabel("Code or gift card").fill("gone");
    await page.getByRole("button", { name: "Apply" }).click();
    expect(await mainText(page)).toContain("−€5.00");
    await startCheckout(page);
    await giveDetails(page, "slow@example.com");
    await chooseDelivery(page);
    expect((await place(await checkoutWith(["GONE"]))).status).toBe(201);
    await page.getByRole("button", { name: /^Order and pay/ }).click();
    const text = await mainText(page);
    expect(text).toMatch(/GONE (?:has just been used up|is)|The total changed/);
    expect(text).toContain("€54.90");
    await page.getByRole("button", { name: "Order and pay €54.90" }).click();
    await page.waitForURL(`${harness.shop.paymentUrl}/pay/**`);
  });

  it("who mistypes a code reads so at its field", async () => {
    const page = await harness.newPage({ javaScriptEnabled: false });
    await page.goto(productPath);
    await page.getByRole("button", { name: /^Add to cart/ }).click();
    await page.waitForURL("**/cart");
    await page.getByText("Have a code?").click();
    await page.getByLabel("Code or gift card").fill("NOPE");
    await page.getByRole("button", { name: "Apply" }).click();
    expect(await mainText(page)).toContain("We do not know this code.");
  });
});

describe("staff", () => {
  it("make a coupon and issue a card in the back office, and the card's code is shown once", async () => {
    const page = await harness.newPage();
    await signIn(page, harness.shop);
    await page.goto("/admin/vouchers/new?kind=coupon");
    await page.getByLabel("Code").fill("spring");
    await page.getByLabel("Percent", { exact: true }).fill("12,5");
    await page.getByRole("button", { name: "Create it" }).click();
    expect(await mainText(page)).toContain("12.5 %");
    await page.goto("/admin/vouchers/new?kind=gift_card");
    await page.getByLabel(/Amount/).fill("25");
    await page.getByRole("button", { name: "Issue it" }).click();
    const code = /(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}/.exec(await mainText(page))?.[0] ?? "";
    expect(code).not.toBe("");
    await page.getByRole("link", { name: "See it" }).click();
    expect(await mainText(page)).not.toContain(code);
    expect(await mainText(page)).toContain("€25.00");
    const checkoutId = await checkoutWith([code]);
    expect((await api(`/checkouts/${checkoutId}`)).json.due?.amountMinor).toBe(PRICE_MINOR + 490 - 2_500);
  });
});

it("the demo's codes are well-formed", () => {
  expect(DEMO_COUPON).toMatch(/^[A-Z0-9-]{3,32}$/);
  expect(DEMO_GIFT_CARD.replaceAll("-", "")).toHaveLength(20);
});
