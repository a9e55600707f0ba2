import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { eventually, useShop } from "../support/shop-harness.ts";
import { heading, mainText, orderAndPay, payWith, readOrder } from "../support/shopper-harness.ts";
import { openCheckout } from "../support/api-shopper-harness.ts";
import {
  countStock,
  ordersOf,
  providerMovements,
  saveProduct,
  stockLevel,
} from "../support/staff-harness.ts";

// Whatever happens between the button and the money: one order, and nothing charged that was not bought.

const harness = useShop();
const UNITS = 50;
const PRICE_MINOR = 2_000;

/** A product per test, so that each test counts only what is its own. */
const skuOf = (name: string): string => `T-${name}`.toUpperCase().replaceAll(" ", "-");
const SKUS = [
  ...["with", "without"].flatMap((word) =>
    ["declined", "returned", "gone", "dearer"].map((name) => skuOf(`${name} ${word}`)),
  ),
  ...["double", "tabs", "back"].map(skuOf),
];
const sheet = (sku: string, priceMinor: number) => ({ sku, title: `Sheet ${sku}`, priceMinor });

beforeAll(async () => {
  await Promise.all(SKUS.map((sku) => saveProduct(harness.shop, sheet(sku, PRICE_MINOR), UNITS)));
});

/** A new shopper before the button that orders one unit of the product. */
async function shopperAtReview(name: string, options: { readonly javaScriptEnabled?: boolean } = {}) {
  const { shop } = harness;
  const sku = skuOf(name);
  const email = `${sku.toLowerCase()}@example.com`;
  const page = await harness.newPage(options);
  onTestFinished(() => page.context().close());
  await page.goto(`/checkout/${await openCheckout(shop, { sku, email })}?step=review`);
  return { page, email, shop, sku };
}

const kindsOf = async (orderId: string): Promise<readonly string[]> =>
  (await providerMovements(harness.shop, orderId)).map(({ kind }) => kind);

const moneyMoved = async (): Promise<number> => (await providerMovements(harness.shop)).length;

const pressOrder = (page: Page): Promise<void> =>
  page.getByRole("button", { name: /^Order and pay/ }).click();

describe.each([
  ["with", true],
  ["without", false],
])("%s client script", (word, javaScriptEnabled) => {
  it("a declined card charges nothing, and another card pays the same order", async () => {
    const { page, shop } = await shopperAtReview(`declined ${word}`, { javaScriptEnabled });
    await orderAndPay(page, shop.paymentUrl);
    await payWith(page, "Decline");
    await page.getByText("Your bank said no to this payment. Nothing was charged.").first().waitFor();
    await payWith(page, "Approve");
    const { id } = await readOrder(page);
    expect(await kindsOf(id)).toEqual(["authorised", "captured"]);
  });

  it("who leaves the provider's page finds the order not paid yet, and can return to payment", async () => {
    const { page, shop } = await shopperAtReview(`returned ${word}`, { javaScriptEnabled });
    await orderAndPay(page, shop.paymentUrl);
    await page.getByRole("link", { name: /without paying/ }).click();
    const before = await readOrder(page);
    expect(await heading(page)).toContain("is not paid yet");
    expect(await mainText(page)).toMatch(
      /You have not paid yet. We keep these items for you until \d\d:\d\d/,
    );
    expect(await kindsOf(before.id)).toEqual([]);
    await page.getByRole("link", { name: "Return to payment" }).click();
    await page.waitForURL(`${shop.paymentUrl}/pay/**`);
    await payWith(page, "Approve");
    expect(await readOrder(page)).toEqual(before);
    expect(await heading(page)).not.toContain("not paid");
    expect(await kindsOf(before.id)).toEqual(["authorised", "captured"]);
  });

  it("a line that sells out before placing is named on Review, and nothing is charged or held", async () => {
    const { page, email, shop, sku } = await shopperAtReview(`gone ${word}`, { javaScriptEnabled });
    const moved = await moneyMoved();
    await countStock(shop, sku, 0);
    await pressOrder(page);
    await page.getByText("Something sold out.").waitFor();
    const text = await mainText(page);
    expect(text).toContain("Nothing is held and nothing was charged.");
    expect(text).toContain(`Sheet ${sku}`);
    expect(text).toContain("sold out while you were here");
    expect(await moneyMoved()).toBe(moved);
    expect(await stockLevel(shop, sku)).toMatchObject({ onHand: 0, held: 0 });
    const live = (await ordersOf(shop, email)).filter(({ status }) => status !== "cancelled");
    expect(live).toEqual([]);
    await page.getByRole("button", { name: "Remove" }).first().click();
    await page.waitForURL("**/cart");
  });

  it("a price that changed after Review is said with both totals, and nothing is charged until it is agreed to", async () => {
    const { page, shop, sku } = await shopperAtReview(`dearer ${word}`, { javaScriptEnabled });
    const moved = await moneyMoved();
    await saveProduct(shop, sheet(sku, PRICE_MINOR + 250), UNITS);
    await pressOrder(page);
    await page.getByText("The total changed.").waitFor();
    // 20.00 and 4.90 for delivery, then 2.50 more.
    expect(await mainText(page)).toMatch(/changed from €24\.90 to €27\.40.*Nothing was charged/);
    expect(await moneyMoved()).toBe(moved);
    expect((await stockLevel(shop, sku)).held).toBe(0);
    await page.getByRole("button", { name: "Order and pay €27.40" }).click();
    await page.waitForURL(`${shop.paymentUrl}/pay/**`);
    expect(await mainText(page)).toContain("€27.40");
    await payWith(page, "Approve");
    const { id } = await readOrder(page);
    expect((await providerMovements(shop, id)).map(({ amount }) => amount.amountMinor)).toEqual([
      2_740, 2_740,
    ]);
  });
});

it("a double click on the button makes one order and one payment", async () => {
  const { page, email, shop, sku } = await shopperAtReview("double");
  await page.getByRole("button", { name: /^Order and pay/ }).dblclick();
  await page.waitForURL(`${shop.paymentUrl}/pay/**`);
  await payWith(page, "Approve");
  const { id } = await readOrder(page);
  const orders = await eventually(async () => {
    const found = await ordersOf(shop, email);
    return found.length > 0 ? found : undefined;
  });
  expect(orders.map((order) => order.id)).toEqual([id]);
  expect(await kindsOf(id)).toEqual(["authorised", "captured"]);
  expect(await stockLevel(shop, sku)).toMatchObject({ onHand: UNITS - 1, held: 0 });
});

it("the same Review sent from two tabs makes one order", async () => {
  const { page, shop, sku } = await shopperAtReview("tabs");
  const hidden = page.locator("form.review-pay input[type=hidden]");
  const form = { key: await hidden.nth(0).inputValue(), expectedTotal: await hidden.nth(1).inputValue() };
  const action = page.url();
  await orderAndPay(page, shop.paymentUrl);
  const again = await page.context().request.post(action, {
    form,
    headers: { origin: shop.url },
    maxRedirects: 0,
  });
  expect(again.status()).toBe(303);
  const orderPath = again.headers()["location"] ?? "";
  expect(orderPath).toMatch(/^\/orders\/ord_/);
  await page.goto(orderPath);
  expect(await heading(page)).toContain("is not paid yet");
  expect(await stockLevel(shop, sku)).toMatchObject({ onHand: UNITS, held: 1 });
});

it("reload, Back and the old Review all lead to the order that was paid", async () => {
  const { page, shop } = await shopperAtReview("back");
  const review = page.url();
  await orderAndPay(page, shop.paymentUrl);
  const payment = page.url();
  await payWith(page, "Approve");
  const order = await readOrder(page);
  await page.reload();
  expect(await readOrder(page)).toEqual(order);
  await page.goBack();
  expect(await readOrder(page)).toEqual(order);
  for (const address of [payment, review]) {
    await page.goto(address);
    expect(await readOrder(page)).toEqual(order);
  }
  expect(await kindsOf(order.id)).toEqual(["authorised", "captured"]);
});
