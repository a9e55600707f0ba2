import { expect, it } from "vitest";
import * as z from "zod";
import { buyByApi } from "../support/api-shopper-harness.ts";
import { eventually, useShop } from "../support/shop-harness.ts";

// Small helps around buying: the lost mail, the postcode, what was looked at.

const harness = useShop();
const SKU = "KE-PR-HERON-A3-BLACK";

type MailRow = { readonly template: string; readonly recipient: string; readonly html: string };
const linkMails = async (): Promise<readonly MailRow[]> => {
  const db = await harness.shop.shop.getD1Database("DB", "kerbside-storefront");
  const { results } = await db
    .prepare("SELECT template, recipient, html FROM mails WHERE template = 'order_link'")
    .all<MailRow>();
  return results;
};

it("who has lost the mail finds the order without an account and without script", async () => {
  const { orderId } = await buyByApi(harness.shop, { sku: SKU, email: "mira@example.com" });
  const db = await harness.shop.shop.getD1Database("DB", "kerbside-storefront");
  const number = await eventually(async () => {
    const row = await db.prepare("SELECT number FROM orders WHERE id = ?").bind(orderId).first();
    return z.object({ number: z.string() }).safeParse(row).data?.number;
  });
  const page = await harness.newPage({ javaScriptEnabled: false });
  const ask = async (email: string): Promise<string> => {
    await page.goto("/find-order");
    await page.getByLabel("Order number").fill(number.toLowerCase().replaceAll("-", " "));
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByRole("heading", { level: 1, name: "Look into your mail" }).waitFor();
    return page.locator("main").innerHTML();
  };
  const forStranger = await ask("curious@example.com");
  const forBuyer = await ask("Mira@Example.com");
  expect(forBuyer).toBe(forStranger);

  const mail = await eventually(async () => (await linkMails())[0]);
  expect(mail.recipient).toBe("mira@example.com");
  const href = /href="([^"]+\/orders\/ord_[^"]+key=[^"]+)"/.exec(mail.html)?.[1]?.replaceAll("&amp;", "&");
  await page.goto(href ?? "");
  expect(await page.locator("h1").innerText()).toContain(number);
  expect(page.url()).not.toContain("key=");
  await ask("mira@example.com");
  expect(await linkMails()).toHaveLength(1);
});

it("what does not read as a number or an address is said at its field", async () => {
  const page = await harness.newPage({ javaScriptEnabled: false });
  await page.goto("/find-order");
  await page.getByLabel("Order number").fill("K-1");
  await page.getByRole("button", { name: "Send the link" }).click();
  expect(await page.title()).toMatch(/^Error: /);
  expect(await page.getByLabel("Order number").inputValue()).toBe("K-1");
});

it.each([true, false])(
  "a postcode gets its days and cost on the product, with script: %s",
  async (hasScript) => {
    const page = await harness.newPage({ javaScriptEnabled: hasScript });
    await page.goto("/products/heron?size=a3&frame=black");
    await page.locator("summary", { hasText: "Delivery and returns" }).click();
    await page.getByLabel("Postcode").fill("25980");
    await page.getByRole("button", { name: "Show days and cost" }).click();
    const ways = page.locator(".delivery-ways");
    await ways.waitFor();
    expect(await ways.innerText()).toMatch(/Standard to 25980, Germany[\s\S]*Arrives[\s\S]*€4\.90/);
    expect(new URL(page.url()).pathname).toBe(hasScript ? "/products/heron" : "/delivery");
  },
);

it("what was looked at stands at the foot of the next page, and can be forgotten", async () => {
  const page = await harness.newPage();
  await page.goto("/products/tide", { waitUntil: "networkidle" });
  await page.goto("/products/heron", { waitUntil: "networkidle" });
  const strip = page.locator("seen-lately");
  await strip.getByRole("heading", { name: "Seen lately" }).waitFor();
  expect(await strip.locator(".card-title").allInnerTexts()).toEqual(["Tide, print on cotton paper"]);
  await page.goto("/recently-viewed");
  expect(await page.locator(".card").count()).toBe(2);
  await page.getByRole("button", { name: "Forget these" }).click();
  await page.getByText("Nothing here yet").waitFor();
  expect(await page.context().cookies()).not.toContainEqual(
    expect.objectContaining({ name: "kerbside_seen" }),
  );
});
