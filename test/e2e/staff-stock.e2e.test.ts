import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, eventually, useShop } from "../support/shop-harness.ts";
import { adminCall, countStock, saveProduct, signIn, stockLevel } from "../support/staff-harness.ts";

// What staff do with stock, by the forms of the back office in a browser without script.

const harness = useShop({ isDemoLoaded: false });

const SKU = "KE-DESK-ONE";
const PARTS = ["KE-DESK-PAPER", "KE-DESK-FRAME"] as const;
const BUNDLE = "KE-DESK-SET";
const HEIGHT = 900;
const product = (sku: string) => ({ sku, title: `Made of ${sku}`, priceMinor: 1200 });

let page: Page;
beforeAll(async () => {
  for (const sku of [SKU, ...PARTS, BUNDLE]) await saveProduct(harness.shop, product(sku), 10);
  await adminCall(harness.shop, "/locations/annex", {
    method: "PUT",
    body: { name: "Annex", address: "", priority: 20, isActive: true, shipsOrders: true },
  });
  page = await harness.newPage({ javaScriptEnabled: false });
  await signIn(page, harness.shop);
});

const openStock = (sku: string) => page.goto(`/admin/stock/${sku}`);
const press = (name: string) => page.getByRole("button", { name }).click();
const said = () => page.getByRole("status").textContent();
const fault = () => page.locator(".field-error").first().textContent();

/** Fills the form that changes what lies on a shelf, and sends it. */
async function record(kind: string, quantity: string): Promise<void> {
  await page.getByRole("combobox", { name: /^What happened/ }).selectOption(kind);
  await page.getByRole("textbox", { name: /^Units/ }).fill(quantity);
  await page.getByRole("textbox", { name: /^Reason/ }).fill("by hand");
  await press("Record it");
}

const idOf = (name: string) => page.locator(`input[name="${name}"]`).inputValue();

/** Sends the same fields once more, as a second click on the button does; it is answered as the first time. */
async function sendAgain(path: string, form: Record<string, string>): Promise<void> {
  const headers = { origin: harness.shop.url };
  const answer = await page.request.post(path, { form, headers, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
}

describe("units on the shelf", () => {
  it("what came in is on hand once, even when the form is sent twice", async () => {
    await countStock(harness.shop, SKU, 10);
    await openStock(SKU);
    const adjustmentId = await idOf("adjustmentId");
    await record("received", "5");
    expect(await said()).toContain("Received: recorded.");
    const form = { adjustmentId, kind: "received", quantity: "5", reason: "by hand" };
    await sendAgain(`/admin/stock/${SKU}`, form);
    expect(await stockLevel(harness.shop, SKU)).toMatchObject({ onHand: 15 });
  });

  it("a count of a shelf that has moved since is refused, and goes through when it is sent again", async () => {
    await countStock(harness.shop, SKU, 10);
    await openStock(SKU);
    await countStock(harness.shop, SKU, 8);
    await record("counted", "10");
    expect(await fault()).toContain("Units have moved since this page was opened.");
    expect(await stockLevel(harness.shop, SKU)).toMatchObject({ onHand: 8 });
    await press("Record it");
    expect(await said()).toContain("Counted: recorded.");
    expect(await stockLevel(harness.shop, SKU)).toMatchObject({ onHand: 10 });
  });

  it("more than lies there cannot be taken away, and the page says how many do", async () => {
    await openStock(SKU);
    await record("adjusted", "-99");
    expect(await fault()).toContain("Only 10 units are on hand.");
  });
});

describe("how a SKU sells", () => {
  const selling = `/admin/stock/${SKU}/selling`;
  const policy = async () => (await adminCall(harness.shop, `/stock/${SKU}`)) as { readonly policy: unknown };

  it("a backorder with its limit and its day is set", async () => {
    await page.goto(selling);
    await page.getByLabel("Backorder").check();
    await page.getByLabel(/^Units that may/).fill("12");
    await page.getByLabel(/^Day on which/).fill("2027-01-18");
    await press("Set the policy");
    expect(await said()).toContain("The selling policy is set.");
    expect((await policy()).policy).toEqual({ kind: "backorder", limit: 12, expectedAt: "2027-01-18" });
  });

  it("a preorder without a day is refused at its field", async () => {
    await page.goto(selling);
    await page.getByLabel("Preorder").check();
    await page.getByLabel(/^Day on which/).fill("");
    await press("Set the policy");
    expect(await fault()).toBe("Enter the day, such as 2026-12-14.");
  });

  it("a policy that somebody else has set meanwhile is not overwritten unseen", async () => {
    await page.goto(selling);
    const other = { method: "PUT", body: { kind: "untracked" } };
    await adminCall(harness.shop, `/stock/${SKU}/policy`, other);
    await page.getByLabel("Sell only what is there").check();
    await press("Set the policy");
    expect(await fault()).toContain("Somebody else changed it meanwhile.");
    expect((await policy()).policy).toEqual({ kind: "untracked" });
    await press("Set the policy");
    expect((await policy()).policy).toEqual({ kind: "deny" });
  });

  it("what a location keeps back cannot be bought", async () => {
    await page.goto(selling);
    await page.getByLabel("Units at Main").fill("4");
    await press("Keep them back");
    expect(await stockLevel(harness.shop, SKU)).toMatchObject({ onHand: 10, available: 6 });
    await page.getByLabel("Units at Main").fill("a few");
    await press("Keep them back");
    expect(await fault()).toBe("Enter a whole number from 0 to 1000000.");
    await adminCall(harness.shop, `/stock/${SKU}/safety/main`, { method: "PUT", body: { quantity: 0 } });
  });
});

describe("announced units", () => {
  const incoming = async () =>
    ((await adminCall(harness.shop, `/stock/${SKU}/open`)) as { readonly incoming: readonly unknown[] })
      .incoming;

  it("are announced once, received in part, and withdrawn for the rest", async () => {
    await page.goto(`/admin/stock/${SKU}/announced`);
    await page.getByLabel(/^Units/).fill("40");
    await page.getByLabel(/^Day/).fill("2027-01-18");
    await page.getByLabel(/^Reference/).fill("PO-2231");
    const announcementId = await idOf("announcementId");
    await press("Announce them");
    const form = { announcementId, quantity: "40", expectedAt: "2027-01-18", reference: "PO-2231" };
    await sendAgain(`/admin/stock/${SKU}/announced`, form);
    await openStock(SKU);
    expect(await incoming()).toMatchObject([{ quantity: 40, received: 0, reference: "PO-2231" }]);

    await page.getByRole("combobox", { name: /^Announcement/ }).selectOption({ index: 1 });
    await record("received", "15");
    expect(await incoming()).toMatchObject([{ quantity: 25, received: 15 }]);

    await page.getByRole("link", { name: "PO-2231" }).click();
    await page.getByLabel(/^Units/).fill("30");
    await press("Save");
    expect(await incoming()).toMatchObject([{ quantity: 30, received: 15 }]);

    await page.getByRole("link", { name: "PO-2231" }).click();
    await press("Withdraw what has not come");
    expect(await incoming()).toEqual([]);
    await sendAgain(`/admin/stock/${SKU}/announced`, { announcementId, isKnown: "yes", do: "withdraw" });
    expect(await incoming()).toEqual([]);
  });
});

describe("a transfer", () => {
  it("arrives in part: the rest stays on its way, and what is lost is gone", async () => {
    await countStock(harness.shop, SKU, 10);
    await page.goto(`/admin/transfers/new?sku=${SKU}`);
    await page.getByLabel("To", { exact: true }).selectOption("annex");
    await page.getByRole("textbox", { name: /^What is sent/ }).fill(`${SKU} 6`);
    await press("Send the units");
    await page.getByRole("textbox", { name: "Arrived" }).fill("4");
    await press("Record it");
    expect(await said()).toContain("Recorded.");
    const at = async () =>
      (
        (await adminCall(harness.shop, `/stock/${SKU}`)) as {
          readonly locations: readonly { readonly location: string }[];
        }
      ).locations;
    expect(await at()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ location: "main", onHand: 4 }),
        expect.objectContaining({ location: "annex", onHand: 4, inTransit: 2 }),
      ]),
    );
    await page.getByRole("textbox", { name: "Arrived" }).fill("7");
    await press("Record it");
    expect(await fault()).not.toBe("");
    await page.getByRole("textbox", { name: "Arrived" }).fill("0");
    await page.getByRole("textbox", { name: "Lost" }).fill("2");
    await press("Record it");
    expect(await at()).toEqual(
      expect.arrayContaining([expect.objectContaining({ location: "annex", onHand: 4, inTransit: 0 })]),
    );
  });
});

describe("a bundle", () => {
  const saveComponents = async (lines: string): Promise<void> => {
    await page.goto(`/admin/stock/${BUNDLE}/selling`);
    await page.getByLabel(/^Components/).fill(lines);
    await press("Save the components");
  };
  const shown = async (): Promise<string> => {
    const visitor = await harness.newPage();
    await visitor.goto(`/products/${BUNDLE.toLowerCase()}`);
    const text = (await visitor.locator("main").textContent()) ?? "";
    await visitor.close();
    return text;
  };

  it("is on the product's page as available as its scarcest component", async () => {
    await saveComponents(`${PARTS[0]} 2\n${PARTS[1]} 1`);
    expect(await said()).toContain("The components are saved.");
    await eventually(async () => ((await shown()).includes("Sold out") ? undefined : true));
    // One sheet is not enough for the two that a set needs, however many frames there are.
    await countStock(harness.shop, PARTS[0], 1);
    await eventually(async () => ((await shown()).includes("Sold out") ? true : undefined));
    await countStock(harness.shop, PARTS[0], 20);
    await eventually(async () => ((await shown()).includes("Sold out") ? undefined : true));
  });

  it("is refused in a sentence when a component is nobody's SKU, itself, or a bundle", async () => {
    await saveComponents("KE-NOBODY 1");
    expect(await fault()).toBe("No product has the SKU KE-NOBODY.");
    await saveComponents(`${BUNDLE} 1`);
    expect(await fault()).toBe("A bundle is not made of itself.");
    await saveComponents("one sheet");
    expect(await fault()).toBe("Write a SKU and its units in this line: one sheet");
  });

  it("ends when its lines are taken away", async () => {
    await saveComponents("");
    const { url, adminToken } = harness.shop;
    const answer = await fetch(`${url}/admin/api/bundles/${BUNDLE}`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    expect(answer.status).toBe(404);
    await answer.body?.cancel();
  });
});

it("every page of the stock desk is accessible on a phone and on a desk, light and dark", async () => {
  const visitor = await harness.newPage();
  await signIn(visitor, harness.shop);
  const problems: string[] = [];
  const paths = ["", `/${SKU}`, `/${SKU}/selling`, `/${SKU}/announced`].map((path) => `/admin/stock${path}`);
  for (const path of [...paths, "/admin/transfers", "/admin/transfers/new", "/admin/locations"]) {
    await visitor.goto(path);
    for (const [colorScheme, width] of [
      ["light", 390],
      ["dark", 1440],
    ] as const) {
      await visitor.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await visitor.setViewportSize({ width, height: HEIGHT });
      for (const problem of await accessibilityProblems(visitor))
        problems.push(`${path} ${colorScheme} ${width}: ${problem}`);
    }
  }
  expect(problems).toEqual([]);
});
