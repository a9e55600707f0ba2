import type { Page } from "playwright-core";

// What a shopper does in the browser, by the names that a person reads. Works with and without client script.

/** The address that orders of the tests go to; the e-mail tells their orders apart. */
const ADDRESS = [
  [/Full name/, "Mira Sand"],
  [/Street/, "Hafenweg 2"],
  [/Postcode/, "28195"],
  [/City/, "Bremen"],
] as const;

/** Puts the product page's choice into the cart and opens the cart. */
export async function addToCart(page: Page, productPath: string): Promise<void> {
  await page.goto(productPath);
  const answer = page.waitForResponse((response) => isAdding(response.url(), response.request().method()));
  await page.getByRole("button", { name: /^(Add to cart|Preorder)/ }).click();
  await answer;
  await page.goto("/cart");
}

const isAdding = (url: string, method: string): boolean => url.endsWith("/cart/lines") && method === "POST";

/** From a filled cart to the first step of checkout. */
export async function startCheckout(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Check out/ }).click();
  await page.waitForURL(/\/checkout\/chk_/);
}

/** Fills in the first step and sends it. */
export async function giveDetails(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  for (const [label, value] of ADDRESS) await page.getByLabel(label).fill(value);
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL(/step=delivery/);
}

/** Takes the first way of delivery where several are offered, and goes on to Review. */
export async function chooseDelivery(page: Page): Promise<void> {
  const ways = page.getByRole("main").getByRole("radio");
  if ((await ways.count()) > 0) await ways.first().check();
  await page.getByRole("button", { name: /Continue/ }).click();
  await page.waitForURL(/step=review/);
}

/** Presses the button that orders; the provider's page follows. */
export async function orderAndPay(page: Page, paymentUrl: string): Promise<void> {
  await page.getByRole("button", { name: /^Order and pay/ }).click();
  await page.waitForURL(`${paymentUrl}/pay/**`);
}

/** Pays with a test card on the provider's page, by the card's name. */
export async function payWith(page: Page, card: "Approve" | "Decline"): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${card}`) }).click();
}

/** Waits for the order page; gives the order's id and its human number. */
export async function readOrder(page: Page): Promise<{ readonly id: string; readonly number: string }> {
  await page.waitForURL(/\/orders\/ord_[^/]+$/);
  const number = /^Order (\S+)/.exec(await heading(page))?.[1];
  const id = new URL(page.url()).pathname.split("/").at(-1);
  if (!number || !id) throw new Error(`This is no order page: ${page.url()}`);
  return { id, number };
}

/** The words of the page's one h1. */
export const heading = (page: Page): Promise<string> => page.getByRole("heading", { level: 1 }).innerText();

/** The words of main. */
export const mainText = (page: Page): Promise<string> => page.getByRole("main").innerText();
