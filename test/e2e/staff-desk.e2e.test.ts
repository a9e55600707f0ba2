import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { eventually, useShop } from "../support/shop-harness.ts";
import {
  addToCart,
  chooseDelivery,
  giveDetails,
  heading,
  mainText,
  orderAndPay,
  payWith,
  readOrder,
  startCheckout,
} from "../support/shopper-harness.ts";
import { adminCall, providerMovements, saveProduct, signIn, stockLevel } from "../support/staff-harness.ts";

// What staff do with an order after it was placed, by the forms of the back office, and what its buyer sees of it.

const harness = useShop();
const UNITS = 50;
const PRINT = { sku: "DESK-1", title: "Desk print", priceMinor: 3000 };
const FRAME = { sku: "DESK-2", title: "Desk frame", priceMinor: 1000 };

/** Less than the print is worth, because a part of its price went back before. */
const LEFT_MINOR = PRINT.priceMinor + 490 - 500;

let printPath = "";
let desk: Page;

beforeAll(async () => {
  printPath = await saveProduct(harness.shop, PRINT, UNITS);
  await saveProduct(harness.shop, FRAME, UNITS);
  desk = await harness.newPage();
  await signIn(desk, harness.shop);
});

async function toReview(page: Page, email: string): Promise<void> {
  await addToCart(page, printPath);
  await startCheckout(page);
  await giveDetails(page, email);
  await chooseDelivery(page);
}

/** Opens the order at the desk; what it says there. */
async function openOrder(orderId: string): Promise<string> {
  await desk.goto(`/admin/orders/${orderId}`);
  return mainText(desk);
}

/** Presses a button of the desk and waits for the page that follows. */
async function press(name: string): Promise<void> {
  await Promise.all([desk.waitForNavigation(), desk.getByRole("button", { name, exact: true }).click()]);
}

const untilOrder = (orderId: string, words: string): Promise<string> =>
  eventually(async () => {
    const text = await openOrder(orderId);
    return text.includes(words) ? text : undefined;
  });

const refunded = async (orderId: string): Promise<readonly number[]> =>
  (await providerMovements(harness.shop, orderId))
    .filter((movement) => movement.kind === "refunded")
    .map((movement) => movement.amount.amountMinor);

describe("an order that has arrived", () => {
  let buyer: Page;
  let id = "";

  beforeAll(async () => {
    buyer = await harness.newPage();
    await toReview(buyer, "desk@example.com");
    await orderAndPay(buyer, harness.shop.paymentUrl);
    await payWith(buyer, "Approve");
    ({ id } = await readOrder(buyer));
    await eventually(async () => ((await heading(buyer)).includes("has arrived") ? true : undefined));
  });

  it("gets a note and tags, which its buyer never sees", async () => {
    await openOrder(id);
    await desk.getByLabel("Note for colleagues").fill("Called about the corner.");
    await press("Add the note");
    await desk.getByLabel("Tags").fill("called, fragile");
    await press("Save the tags");
    expect(await mainText(desk)).toContain("Called about the corner.");
    expect(await desk.getByLabel("Tags").inputValue()).toBe("called, fragile");
    await buyer.reload();
    expect(await mainText(buyer)).not.toContain("corner");
  });

  it("is refunded in part, once", async () => {
    await openOrder(id);
    await desk.getByText(/^Refund up to/).click();
    await desk.getByLabel(/^Amount in/).fill("5.00");
    await desk.locator("#refund-reason").fill("Dented corner");
    await press("Send it back");
    await untilOrder(id, "Sent back");
    expect(await refunded(id)).toEqual([500]);
    await buyer.reload();
    expect(await mainText(buyer)).toContain("€5.00");
  });

  it("that more is asked back for than was paid says so and sends nothing", async () => {
    await openOrder(id);
    await desk.getByText(/^Refund up to/).click();
    await desk.getByLabel(/^Amount in/).fill("9000");
    await desk.locator("#refund-reason").fill("Typing error");
    await press("Send it back");
    expect(await refunded(id)).toEqual([500]);
  });

  it("comes back as its buyer asked, and the money of what came follows", async () => {
    const before = await stockLevel(harness.shop, PRINT.sku);
    await buyer.reload();
    await buyer.getByText("Send something back").click();
    await buyer.getByLabel(/how many of 1/).fill("1");
    await buyer.getByLabel("Why do you send it back?").fill("Too large");
    await buyer.getByRole("button", { name: "Ask for the return" }).click();
    await buyer.waitForURL(/#returns$/);
    expect(await mainText(buyer)).toContain("We have your wish");
    expect(await openOrder(id)).toContain("Too large");
    await press("Approve");
    await press("Book what came back");
    await press("Refund and close");
    await eventually(async () => ((await refunded(id)).length === 2 ? true : undefined));
    expect(await refunded(id)).toEqual(expect.arrayContaining([500, LEFT_MINOR]));
    const after = await eventually(async () => {
      const level = await stockLevel(harness.shop, PRINT.sku);
      return level.onHand > before.onHand ? level : undefined;
    });
    expect(after.onHand).toBe(before.onHand + 1);
    await buyer.reload();
    expect(await mainText(buyer)).toContain("Done.");
  });

  it("was told of by webhooks, which staff can work off again without any harm", async () => {
    await desk.goto("/admin/reconciliation");
    await desk.getByRole("link", { name: "Payment webhooks" }).click();
    const button = desk.getByRole("button", { name: new RegExp(`of ${id}`) }).first();
    await Promise.all([desk.waitForNavigation(), button.click()]);
    expect(await mainText(desk)).toContain("Its order has asked the provider again.");
    expect(await refunded(id)).toHaveLength(2);
  });
});

describe("an order that is paid by transfer", () => {
  it("tells account and reference on its page and by mail, and goes on when staff have the money", async () => {
    const buyer = await harness.newPage();
    await toReview(buyer, "transfer@example.com");
    await buyer.getByLabel(/^Bank transfer/).check();
    expect(await mainText(buyer)).toContain("IBAN");
    expect(await mainText(buyer)).not.toMatch(/You pay on the/);
    await buyer.getByRole("button", { name: /^Order and pay/ }).click();
    const { id, number } = await readOrder(buyer);
    const page = await mainText(buyer);
    expect(page).toMatch(/Reference\s+K-/);
    expect(page).toContain("IBAN");
    const mails = await eventually(async () => {
      const text = await openOrder(id);
      return text.includes(`Waiting for your transfer ${number}`) ? text : undefined;
    });
    expect(mails).toContain("bank transfer");
    await desk.getByLabel(/reference on the bank statement/).fill("statement 7");
    await press("Mark as paid");
    await eventually(async () =>
      /is confirmed|is being packed|is on its way|has arrived/.test(await heading(buyer)) ? true : undefined,
    );
  });
});

describe("an order that staff write", () => {
  let id = "";

  it("is a draft with a price before it is an order, and pays by what the shop offers", async () => {
    await desk.goto("/admin/drafts/new");
    await desk.locator("#sku-0").fill(PRINT.sku);
    await desk.locator("#units-0").fill("2");
    await desk.getByLabel("E-mail").fill("phone@example.com");
    await desk.getByLabel(/Full name/).fill("Mira Sand");
    await desk.getByLabel(/Street/).fill("Hafenweg 2");
    await desk.getByLabel(/Postcode/).fill("28195");
    await desk.getByLabel(/City/).fill("Bremen");
    await press("Save and see what it costs");
    expect(await mainText(desk)).toContain("€60.00");
    await desk.getByLabel("The buyer pays by").selectOption("cash_on_delivery");
    await press("Place the order");
    id = new URL(desk.url()).pathname.split("/").at(-1) ?? "";
    expect(id).toMatch(/^ord_/);
  });

  it("is edited with a preview: one unit more is paid by transfer first, and then it is part of the order", async () => {
    // The carrier of the tests moves every second, and an edit is of the order as it was seen.
    await untilOrder(id, "Delivered");
    await desk.getByRole("link", { name: /^Edit items/ }).click();
    await desk.locator("#sku-0").fill(FRAME.sku);
    await desk.locator("#units-0").fill("1");
    await desk.getByLabel(/^Why/).fill("Asked on the phone");
    await press("See what it costs");
    expect(await mainText(desk)).toContain("€10.00");
    await desk.getByLabel(/pays the difference/).selectOption("bank_transfer");
    await press("Apply the edit");
    expect(await mainText(desk)).toContain("An edit is under way");
    await desk.locator("#edit-reference").fill("statement 8");
    await press("Mark the difference as paid");
    const text = await untilOrder(id, FRAME.title);
    expect(text).not.toContain("An edit is under way");
    const { total } = (await adminCall(harness.shop, `/orders/${id}`)) as { total: { amountMinor: number } };
    expect(total.amountMinor).toBeGreaterThanOrEqual(2 * PRINT.priceMinor + FRAME.priceMinor);
  });
});
