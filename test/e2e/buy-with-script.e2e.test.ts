import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, useShop } from "../support/shop-harness.ts";
import {
  chooseDelivery,
  giveDetails,
  heading,
  mainText,
  orderAndPay,
  payWith,
  readOrder,
  startCheckout,
} from "../support/shopper-harness.ts";
import { providerMovements, signIn, stockLevel } from "../support/staff-harness.ts";

const harness = useShop();
const EMAIL = "script@example.com";
const SKU = "KE-PR-HERON-A3-BLACK";

describe("a shopper with client script", () => {
  let page: Page;
  let order: { readonly id: string; readonly number: string };
  const mistakes: string[] = [];

  beforeAll(async () => {
    page = await harness.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => mistakes.push(error.message));
  });

  it("finds a product from the home page and picks its options by links, without a new page", async () => {
    await page.goto("/");
    await page.getByRole("navigation", { name: "Shop" }).getByRole("link", { name: "Prints" }).click();
    await page.waitForURL("**/collections/prints");
    await page.getByRole("main").getByRole("link", { name: /Heron/ }).click();
    await page.waitForURL("**/products/heron**");
    await markPage(page);
    await page.getByRole("main").getByRole("link", { name: "A3", exact: true }).click();
    await page.waitForURL(/size=a3/);
    await eventually(async () => ((await mainText(page)).includes("Size: A3") ? true : undefined));
    await page.getByRole("main").getByRole("link", { name: "Black", exact: true }).click();
    await page.waitForURL(/(?=.*size=a3)(?=.*frame=black)/);
    await eventually(async () => ((await mainText(page)).includes("Frame: Black") ? true : undefined));
    expect(await isSamePage(page)).toBe(true);
  });

  it("adds to the cart on the spot and hears about it", async () => {
    await page.getByRole("button", { name: /^Add to cart/ }).click();
    const status = page.getByRole("status").filter({ hasText: /cart/i });
    await status.waitFor();
    expect(await isSamePage(page)).toBe(true);
    await page.goto("/cart");
    expect(await heading(page)).toBe("Cart, 1 item");
  });

  it("is told all that is missing, keeps what was typed, and gets on after mending it", async () => {
    await startCheckout(page);
    await page.getByLabel("City").fill("Bremen");
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    const summary = page.getByRole("alert");
    await summary.waitFor();
    expect(await summary.innerText()).toContain("There is a problem");
    expect(await summary.getByRole("link").count()).toBeGreaterThanOrEqual(4);
    expect(await page.title()).toMatch(/^Error:/);
    expect(await page.getByLabel("City").inputValue()).toBe("Bremen");
    expect(await page.getByLabel("E-mail").getAttribute("aria-invalid")).toBe("true");
    await giveDetails(page, EMAIL);
    await chooseDelivery(page);
  });

  it("pays on the provider's own origin and comes back to the order", async () => {
    await orderAndPay(page, harness.shop.paymentUrl);
    expect(new URL(page.url()).origin).not.toBe(new URL(harness.shop.url).origin);
    await payWith(page, "Approve");
    order = await readOrder(page);
  });

  it("sees the order arrive while the page stays open, and hears each change", async () => {
    await markPage(page);
    await page.getByRole("heading", { level: 1, name: /has arrived/ }).waitFor({ timeout: 30_000 });
    expect(await isSamePage(page)).toBe(true);
    expect(await page.getByRole("status").last().innerText()).toContain(`Order ${order.number} has arrived`);
    expect(await page.title()).toContain("has arrived");
    expect(mistakes).toEqual([]);
  });

  it("has an empty cart and no number beside it", async () => {
    await page.goto("/cart");
    expect(await heading(page)).toBe("Your cart is empty");
    expect(await page.locator("cart-count").innerText()).toBe("");
  });

  it("has paid once, by the provider's book", async () => {
    const kinds = (await providerMovements(harness.shop, order.id)).map(({ kind }) => kind);
    expect(kinds).toEqual(["authorised", "captured"]);
    expect((await stockLevel(harness.shop, SKU)).held).toBe(0);
  });

  describe("and the staff", () => {
    let desk: Page;
    beforeAll(async () => {
      desk = await harness.newPage();
    });
    afterAll(() => desk.close());

    it("signs in and finds the order in the list", async () => {
      await signIn(desk, harness.shop);
      await desk.goto("/admin/orders");
      await desk.getByRole("link", { name: order.number }).click();
      await desk.waitForURL(`**/admin/orders/${order.id}`);
      expect(await heading(desk)).toBe(`Order ${order.number}`);
    });

    it("reads the timeline and a ledger whose debits equal its credits", async () => {
      const text = await mainText(desk);
      for (const step of [
        "Placed",
        "All units held",
        "Payment captured",
        "Confirmed",
        "Shipped",
        "Delivered",
      ])
        expect(text).toContain(step);
      await desk.getByText("Ledger: what each booking did").click();
      const cells = await desk
        .getByRole("table", { name: /Ledger/ })
        .locator("tbody tr td")
        .allInnerTexts();
      const rows = cells.length / 3;
      expect(rows).toBeGreaterThanOrEqual(2);
      const sum = (column: number): number =>
        cells.reduce((total, cell, index) => (index % 3 === column ? total + minorOf(cell) : total), 0);
      expect(sum(1)).toBeGreaterThan(0);
      expect(sum(1)).toBe(sum(2));
    });

    it("finds the unit held and sold in the journal of its SKU", async () => {
      await desk.getByRole("link", { name: SKU }).click();
      await desk.waitForURL(`**/admin/stock/${SKU}`);
      const rows = desk.getByRole("row").filter({ has: desk.locator(`a[href="/admin/orders/${order.id}"]`) });
      const text = (await rows.allInnerTexts()).join("\n");
      expect(text).toContain("Held");
      expect(text).toContain("Sold");
    });

    it("finds one mail each for confirmed, shipped and delivered", async () => {
      const subjects = await eventually(async () => {
        await desk.goto("/admin/mail");
        const rows = desk.getByRole("row").filter({ hasText: order.number });
        return (await rows.count()) >= 3 ? rows.allInnerTexts() : undefined;
      });
      for (const kind of ["order confirmed", "order shipped", "order delivered"])
        expect(subjects.filter((row) => row.includes(kind))).toHaveLength(1);
    });
  });
});

/** Leaves a mark that a new page would not have. */
const markPage = (page: Page): Promise<void> =>
  page.evaluate(`document.documentElement.setAttribute("data-mark", "here")`);
const isSamePage = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`document.documentElement.getAttribute("data-mark") === "here"`);

const minorOf = (text: string): number => Number(text.replaceAll(/\D/g, ""));
