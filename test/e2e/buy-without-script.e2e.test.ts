import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
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
import { signIn } from "../support/staff-harness.ts";

const harness = useShop();
const plain = { javaScriptEnabled: false } as const;

describe("a shopper without client script", () => {
  let page: Page;
  let number = "";
  beforeAll(async () => {
    page = await harness.newPage({ ...plain, viewport: { width: 390, height: 844 } });
  });

  it("finds a product from the home page, also on a phone, and picks its options by links", async () => {
    await page.goto("/");
    await page.getByText("Menu", { exact: true }).click();
    await page.getByRole("navigation", { name: "Menu" }).getByRole("link", { name: "Prints" }).click();
    await page.getByRole("main").getByRole("link", { name: /Heron/ }).click();
    await page.getByRole("main").getByRole("link", { name: "A3", exact: true }).click();
    await page.getByRole("main").getByRole("link", { name: "Black", exact: true }).click();
    await page.waitForURL(/(?=.*size=a3)(?=.*frame=black)/);
    expect(await mainText(page)).toContain("Frame: Black");
  });

  it("adds to the cart, changes the quantity, takes the line out and puts it back", async () => {
    await page.getByRole("button", { name: /^Add to cart/ }).click();
    await page.waitForURL("**/cart");
    expect(await heading(page)).toBe("Cart, 1 item");
    await page
      .getByRole("spinbutton", { name: /Quantity/ })
      .or(page.getByLabel(/Quantity/))
      .first()
      .fill("2");
    await page
      .getByRole("button", { name: /Update/ })
      .first()
      .click();
    expect(await heading(page)).toBe("Cart, 2 items");
    await page
      .getByRole("button", { name: /Remove/ })
      .first()
      .click();
    expect(await heading(page)).toBe("Your cart is empty");
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await heading(page)).toBe("Cart, 2 items");
  });

  it("is told all that is missing, keeps what was typed, and gets on after mending it", async () => {
    await startCheckout(page);
    await page.getByLabel("City").fill("Bremen");
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("There is a problem");
    expect(await page.title()).toMatch(/^Error:/);
    expect(await page.getByLabel("City").inputValue()).toBe("Bremen");
    await giveDetails(page, "plain@example.com");
    await chooseDelivery(page);
  });

  it("pays at the provider and reads the order, asking again until it has arrived", async () => {
    await orderAndPay(page, harness.shop.paymentUrl);
    await payWith(page, "Approve");
    ({ number } = await readOrder(page));
    await eventually(async () => {
      await page.getByRole("link", { name: "Check again" }).click();
      return (await heading(page)).includes("has arrived") ? true : undefined;
    }, 30_000);
  });

  it("filters and sorts a collection, and searches", async () => {
    await page.goto("/collections/prints");
    await page.getByLabel(/Sort/).selectOption("Price, low to high");
    await page.getByRole("button", { name: "Apply" }).first().click();
    await page.waitForURL(/sort=price_asc/);
    const prices = await page.getByRole("main").locator(".price-now").allInnerTexts();
    const minors = prices.map((text) => Number(text.replaceAll(/\D/g, "")));
    expect(minors.length).toBeGreaterThan(5);
    expect(minors).toEqual(minors.toSorted((a, b) => a - b));
    await page.goto("/search");
    await page.getByRole("main").getByRole("searchbox").first().fill("heron");
    await page.getByRole("main").getByRole("searchbox").first().press("Enter");
    await page.waitForURL(/q=heron/);
    expect(await mainText(page)).toContain("Heron");
  });

  it("is served by staff who need no client script either", async () => {
    const desk = await harness.newPage(plain);
    await signIn(desk, harness.shop);
    await desk.goto("/admin/orders");
    await desk.getByRole("link", { name: number }).click();
    expect(await mainText(desk)).toContain("Delivered");
  });
});
