import type { Page } from "playwright-core";
import * as z from "zod";
import type { RunningShop } from "../../scripts/lib/shop.ts";
import { DEMO_SECRETS } from "../../scripts/lib/demo-secrets.ts";
import { eventually } from "./shop-harness.ts";

// What staff do: through the admin API and through the pages of the back office. And what the provider's books say.

/** Calls the admin API with the token; any answer that is not 2xx fails the test. */
export async function adminCall(
  shop: RunningShop,
  path: string,
  init: { readonly method?: string; readonly body?: unknown } = {},
): Promise<unknown> {
  const answer = await fetch(`${shop.url}/admin/api${path}`, {
    method: init.method ?? "GET",
    headers: { authorization: `Bearer ${shop.adminToken}`, "content-type": "application/json" },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** One product with one variant, whose handle is its SKU in small letters. */
export type SimpleProduct = { readonly sku: string; readonly title: string; readonly priceMinor: number };

/**
 * Writes a product as a whole, sets its units and waits until the catalogue knows of them; repeating with another price
 * changes the price. Gives the path of its page.
 */
export async function saveProduct(shop: RunningShop, product: SimpleProduct, units: number): Promise<string> {
  const handle = product.sku.toLowerCase();
  await adminCall(shop, `/products/${handle}`, {
    method: "PUT",
    body: {
      title: product.title,
      status: "active",
      descriptionHtml: "<p>Made for a test.</p>",
      vendor: "Kerbside Editions",
      productType: "Print",
      tags: [],
      options: [],
      variants: [
        {
          sku: product.sku,
          optionValues: [],
          priceMinor: product.priceMinor,
          weightGrams: 100,
          taxClass: "standard",
          requiresShipping: true,
        },
      ],
      pictures: [],
      attributes: [],
      collections: [],
    },
  });
  await countStock(shop, product.sku, units);
  if (units > 0) await whenInStock(shop, handle);
  return `/products/${handle}`;
}

const stockedSchema = z.object({ availability: z.string() });

/** Waits until the catalogue, which is seconds behind the stock, offers the product. */
export async function whenInStock(shop: RunningShop, handle: string): Promise<void> {
  await eventually(async () => {
    const { availability } = stockedSchema.parse(await adminCall(shop, `/products/${handle}`));
    return availability === "sold_out" ? undefined : true;
  });
}

/** Records that so many units lie on the shelf. */
export const countStock = (shop: RunningShop, sku: string, units: number): Promise<unknown> =>
  adminCall(shop, `/stock/${sku}/adjustments`, {
    method: "POST",
    body: { kind: "counted", quantity: units, reason: "test" },
  });

const levelSchema = z.object({ onHand: z.int(), held: z.int(), available: z.int() });

/** The level of one SKU, from its own object. */
export const stockLevel = async (shop: RunningShop, sku: string) =>
  levelSchema.parse(await adminCall(shop, `/stock/${sku}`));

const ordersSchema = z.object({
  items: z.array(z.object({ id: z.string(), status: z.string() })),
});

/** The orders in the projected list whose e-mail this is; seconds behind the orders. */
export async function ordersOf(shop: RunningShop, email: string) {
  const answer = await adminCall(shop, `/orders?q=${encodeURIComponent(email)}`);
  return ordersSchema.parse(answer).items;
}

const movementsSchema = z.object({
  items: z.array(z.object({ kind: z.string(), amount: z.object({ amountMinor: z.int() }) })),
});

/** What the payment provider's own book says about one order; without an order, the newest page of all. */
export async function providerMovements(shop: RunningShop, orderId?: string) {
  const query = orderId === undefined ? "limit=100" : `reference=${orderId}`;
  const answer = await fetch(`${shop.paymentUrl}/v1/ledger?${query}`, {
    headers: { authorization: `Bearer ${DEMO_SECRETS.PAYMENT_SANDBOX_KEY}` },
  });
  return movementsSchema.parse(await answer.json()).items;
}

/** Signs in by the form and stands on the overview. */
export async function signIn(page: Page, shop: RunningShop): Promise<void> {
  await page.goto("/admin");
  await page.getByLabel(/word/).fill(shop.adminPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${shop.url}/admin`);
}
