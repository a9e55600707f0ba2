import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, eventually, useShop } from "../support/shop-harness.ts";
import { buyByApi } from "../support/api-shopper-harness.ts";
import {
  addToCart,
  chooseDelivery,
  giveDetails,
  orderAndPay,
  payWith,
  readOrder,
  startCheckout,
} from "../support/shopper-harness.ts";
import { ordersOf, signIn } from "../support/staff-harness.ts";

// Every page, planted state and step: no axe-core violation, one h1, no sideways scroll at 320 px.

const harness = useShop();

type Look = { readonly colorScheme: "light" | "dark"; readonly width: number };
const PHONE_LIGHT: Look = { colorScheme: "light", width: 390 };
const DESK_DARK: Look = { colorScheme: "dark", width: 1440 };
const MOST: readonly Look[] = [PHONE_LIGHT, DESK_DARK];
/** Where money is spent, both themes at both widths. */
const ALL: readonly Look[] = [
  ...MOST,
  { colorScheme: "dark", width: 390 },
  { colorScheme: "light", width: 1440 },
];
const HEIGHT = 900;
const NARROWEST = 320;

/** All that is wrong with the page as it stands, in each look; the page is not loaded anew. */
async function problemsOf(page: Page, looks: readonly Look[] = MOST): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: HEIGHT });
    for (const problem of await accessibilityProblems(page))
      problems.push(`${colorScheme} ${width}: ${problem}`);
  }
  await page.setViewportSize({ width: NARROWEST, height: HEIGHT });
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
  if (wide > NARROWEST) problems.push(`${wide} px wide in a window of ${NARROWEST} px`);
  const headings = await page.locator("h1").count();
  if (headings !== 1) problems.push(`${headings} h1 headings`);
  return problems;
}

const SHOP_PAGES = [
  ["home", "/"],
  ["a collection", "/collections/prints"],
  ["a sorted collection", "/collections/prints?sort=price_asc"],
  ["a collection by rule", "/collections/new"],
  ["a product that is sold out", "/products/meridian"],
  ["a product on sale", "/products/shingle"],
  ["a product to preorder", "/products/sawtooth"],
  ["a product on backorder", "/products/tide"],
  ["a product with 24 variants", "/products/switchback"],
  ["a product with an Arabic title", "/products/courtyard-star"],
  ["a product without picture", "/products/trimming-table"],
  ["a product with nine pictures", "/products/isobar"],
  ["a product with a long title", "/products/long-meadow"],
  ["search with hits", "/search?q=blue"],
  ["search without hits", "/search?q=zzzzzz"],
  ["search with nothing asked", "/search"],
  ["a page that is not there", "/products/no-such-thing"],
  ["delivery and returns", "/pages/delivery-returns"],
  ["about", "/pages/about"],
  ["find an order", "/find-order"],
  ["a link that was asked for", "/find-order?sent=yes"],
  ["delivery to a postcode", "/delivery?product=heron&country=DE&postcode=25980"],
  ["delivery to no postcode", "/delivery?product=heron&country=DE&postcode=x"],
  ["nothing seen lately", "/recently-viewed"],
  ["an explained problem", "/problems/orders/order-unknown"],
  ["an order that is not shown", "/orders/ord_0000000000000000000000000000000000000000"],
  ["a checkout that has ended", "/checkout/chk_unknown"],
] as const;

it("the checks of this file find what is wrong", async () => {
  const page = await harness.newPage();
  await page.goto("/pages/about");
  await page.evaluate(`document.querySelector("main").insertAdjacentHTML("beforeend",
    '<h1>Again</h1><img src="/favicon.svg"><pre>' + "wide ".repeat(200) + "</pre>")`);
  const problems = (await problemsOf(page)).join("\n");
  expect(problems).toContain("image-alt");
  expect(problems).toContain("2 h1 headings");
  expect(problems).toContain("px wide");
});

describe("pages of the shop", () => {
  let page: Page;
  beforeAll(async () => {
    page = await harness.newPage();
  });

  it.each(SHOP_PAGES)("%s (%s)", async (_name, path) => {
    await page.goto(path);
    expect(await problemsOf(page)).toEqual([]);
  });
});

describe("from the product to the order", () => {
  let page: Page;
  beforeAll(async () => {
    page = await harness.newPage();
  });
  const expectNoProblems = async (): Promise<void> => expect(await problemsOf(page, ALL)).toEqual([]);

  it("an empty cart", async () => {
    await page.goto("/cart");
    await expectNoProblems();
  });

  it("a product with options, and the notice after adding it", async () => {
    await page.goto("/products/heron?size=a3&frame=black");
    await expectNoProblems();
    await page.getByRole("button", { name: /^Add to cart/ }).click();
    await page.getByRole("status").filter({ hasText: /cart/i }).waitFor();
    expect(await problemsOf(page)).toEqual([]);
  });

  it("a filled cart, and one with a line just taken out", async () => {
    await addToCart(page, "/products/tide");
    await expectNoProblems();
    await page
      .getByRole("button", { name: /Remove/ })
      .last()
      .click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    expect(await problemsOf(page)).toEqual([]);
  });

  it("the details, as they are and with mistakes", async () => {
    await startCheckout(page);
    await expectNoProblems();
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    await page.getByRole("alert").waitFor();
    await expectNoProblems();
  });

  it("delivery and review", async () => {
    await giveDetails(page, "axe@example.com");
    await expectNoProblems();
    await chooseDelivery(page);
    await expectNoProblems();
  });

  it("the provider's page, as it is, with mistakes and after a declined card", async () => {
    await orderAndPay(page, harness.shop.paymentUrl);
    await expectNoProblems();
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByText("Enter the card number.").first().waitFor();
    expect(await problemsOf(page)).toEqual([]);
    await payWith(page, "Decline");
    await page.getByText("Your bank said no").first().waitFor();
    expect(await problemsOf(page)).toEqual([]);
  });

  it("an order that is not paid yet, and one that has arrived", async () => {
    await page.getByRole("link", { name: /without paying/ }).click();
    await readOrder(page);
    await expectNoProblems();
    await page.getByRole("link", { name: "Return to payment" }).click();
    await payWith(page, "Approve");
    await page.getByRole("heading", { level: 1, name: /has arrived/ }).waitFor({ timeout: 30_000 });
    await expectNoProblems();
  });
});

describe("pages of the back office", () => {
  let page: Page;
  const email = "desk@example.com";
  beforeAll(async () => {
    page = await harness.newPage();
    await buyByApi(harness.shop, { sku: "KE-PR-HERON-A3-BLACK", email });
  });

  it("sign-in, as it is and with a wrong word", async () => {
    await page.goto("/admin/sign-in");
    expect(await problemsOf(page)).toEqual([]);
    await page.getByLabel(/word/).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await problemsOf(page)).toEqual([]);
    await signIn(page, harness.shop);
  });

  it.each([
    "/admin",
    "/admin/orders",
    "/admin/orders?status=cancelled",
    "/admin/products",
    "/admin/products/heron",
    "/admin/products/courtyard-star",
    "/admin/stock",
    "/admin/stock?availability=sold_out",
    "/admin/stock/KE-PR-HERON-A3-BLACK",
    "/admin/imports",
    "/admin/dead-letters",
    "/admin/nothing",
  ])("%s", async (path) => {
    await page.goto(path);
    expect(await problemsOf(page)).toEqual([]);
  });

  it("an order, the list of mails and a mail", async () => {
    const order = await eventually(async () => {
      const found = (await ordersOf(harness.shop, email))[0];
      return found?.status === "delivered" ? found : undefined;
    }, 40_000);
    await page.goto(`/admin/orders/${order.id}`);
    expect(await problemsOf(page)).toEqual([]);
    await page.goto("/admin/mail");
    expect(await problemsOf(page)).toEqual([]);
    await page.getByRole("main").getByRole("link").first().click();
    await page.waitForURL(/\/admin\/mail\/.+/);
    expect(await problemsOf(page)).toEqual([]);
  });

  it("the form for stock with mistakes, and the report of an import with refused rows", async () => {
    await page.goto("/admin/stock/KE-PR-HERON-A3-BLACK");
    await page.getByRole("button", { name: "Record it" }).click();
    await page.getByRole("alert").waitFor();
    expect(await problemsOf(page)).toEqual([]);
    await page.goto("/admin/imports");
    const file = { name: "wrong.csv", mimeType: "text/csv", buffer: Buffer.from(WRONG_FILE) };
    await page.getByLabel("Product file").setInputFiles(file);
    await page.getByRole("button", { name: "Import" }).click();
    await page.waitForURL(/\/admin\/imports\/imp_/);
    await eventually(async () => {
      await page.reload();
      return (await page.getByText("Finished").count()) > 0 ? true : undefined;
    });
    expect(await problemsOf(page)).toEqual([]);
  });
});

const WRONG_FILE = `Handle,Title,Variant SKU,Variant Price
axe-good,Good,AXE-GOOD,12.00
axe-bad,Bad,AXE-BAD,not a price
`;
