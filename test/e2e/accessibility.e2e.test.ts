import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { BACK_OFFICE_PAGES, SIGN_IN_PAGES } from "../pages/back-office-list.ts";
import { PAGES_ABROAD, SHOP_PAGES, type ListedPage } from "../pages/page-list.ts";
import { fillPages, pathIn, type PageWorld } from "../pages/page-world.ts";
import { RENDERED_PAGES } from "../pages/rendered-pages.tsx";
import { sendForm } from "../pages/send-form.ts";
import { accessibilityProblems, useShop } from "../support/shop-harness.ts";
import {
  addToCart,
  chooseDelivery,
  giveDetails,
  orderAndPay,
  payWith,
  readOrder,
  startCheckout,
} from "../support/shopper-harness.ts";
import { signIn } from "../support/staff-harness.ts";

// Every page of the lists in test/pages, and every step to an order: no axe-core violation in light and dark, on a phone
// and a desk, one h1, no sideways scroll.

const harness = useShop();
let world: PageWorld = {};
beforeAll(async () => {
  world = await fillPages(harness.shop);
});

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
/** Of 1280 px at 400 %, and of a small phone. */
const NARROW = [320, 360];

/** All that is wrong with the page as it stands, in each look; the page is not loaded anew. */
async function problemsOf(page: Page, looks: readonly Look[] = MOST): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: HEIGHT });
    for (const problem of await accessibilityProblems(page))
      problems.push(`${colorScheme} ${width}: ${problem}`);
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: HEIGHT });
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
    if (wide > width) problems.push(`${wide} px wide in a window of ${width} px`);
  }
  const headings = await page.locator("h1").count();
  if (headings !== 1) problems.push(`${headings} h1 headings`);
  return problems;
}

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

/** A page that leaves out the pictures, whose drawing is half of the work; the steps to an order are looked at with them. */
async function newPlainPage(): Promise<Page> {
  const page = await harness.newPage();
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setBlockedURLs", { urls: ["*/media/*"] });
  return page;
}

/** Opens a page of the lists and, where it says so, sends its form; all that is wrong with what comes. */
async function problemsOfListed(page: Page, listed: ListedPage): Promise<readonly string[]> {
  const opened = await page.goto(pathIn(world, listed.path));
  const answer = listed.send === undefined ? opened : await sendForm(page, listed.send);
  expect(answer?.status()).toBe(listed.status ?? 200);
  return problemsOf(page);
}

describe("pages of the shop", () => {
  let page: Page;
  beforeAll(async () => {
    page = await newPlainPage();
  });

  it.each([...SHOP_PAGES, ...PAGES_ABROAD])("$name", async (listed) => {
    expect(await problemsOfListed(page, listed)).toEqual([]);
  });

  it.each(RENDERED_PAGES)("$name", async ({ html }) => {
    const body = await html();
    await page.route("**/rendered", (route) => route.fulfill({ body, contentType: "text/html" }));
    await page.goto("/rendered");
    await page.unroute("**/rendered");
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
  beforeAll(async () => {
    page = await newPlainPage();
  });

  it.each(SIGN_IN_PAGES)("$name", async (listed) => {
    expect(await problemsOfListed(page, listed)).toEqual([]);
  });

  describe("for whoever has signed in", () => {
    beforeAll(() => signIn(page, harness.shop));

    it.each(BACK_OFFICE_PAGES)("$name", async (listed) => {
      expect(await problemsOfListed(page, listed)).toEqual([]);
    });
  });
});
