import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { eventually, useShop } from "../support/shop-harness.ts";
import { buyByApi } from "../support/api-shopper-harness.ts";
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
import { adminCall, providerMovements, signIn, stockLevel, whenInStock } from "../support/staff-harness.ts";

const harness = useShop();

/** Two products with variants, one with a picture row, one with a price that is none, and one row of nothing known. */
const FILE = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Image Src,Image Position,Image Alt Text,Status
tea-bowl,Tea bowl,"<p>Thrown, glazed ""by hand"".</p>",Harbour Pottery,Bowl,"clay, blue",TRUE,Size,Small,Glaze,Blue,TB-S-BLUE,320,shopify,7,deny,24.50,29.00,TRUE,TRUE,/favicon.svg,1,A blue bowl,active
tea-bowl,,,,,,,,Large,,Blue,TB-L-BLUE,540,shopify,0,deny,34.50,,TRUE,TRUE,/favicon.svg,2,The same from above,active
butter-dish,Butter dish,<p>With a lid.</p>,Harbour Pottery,Dish,clay,TRUE,Title,Default Title,,,BD-1,700,shopify,12,deny,42.00,,TRUE,TRUE,,,,active
broken-jug,Broken jug,<p>Leaks.</p>,Harbour Pottery,Jug,clay,TRUE,Title,Default Title,,,BJ-1,900,shopify,3,deny,cheap,,TRUE,TRUE,,,,active
`;
const ROWS = 4;

type Counts = {
  readonly products: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, number>>;
};

/** Uploads a file by the form and waits for the end of its report. */
async function importByForm(page: Page, text: string): Promise<Counts> {
  await page.goto("/admin/imports");
  await page
    .getByLabel("Product file")
    .setInputFiles({ name: "pottery.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Import" }).click();
  await page.waitForURL(/\/admin\/imports\/imp_/);
  await eventually(async () => {
    await page.reload();
    return (await page.getByText("Finished").count()) > 0 ? true : undefined;
  });
  return { products: await countsOf(page, "Products"), rows: await countsOf(page, "Rows") };
}

async function countsOf(page: Page, line: string): Promise<Readonly<Record<string, number>>> {
  const table = page.getByRole("table", { name: "What became of the file" });
  const columns = await table.getByRole("columnheader").allInnerTexts();
  const cells = await table.getByRole("row").filter({ hasText: line }).locator("th, td").allInnerTexts();
  return Object.fromEntries(columns.map((column, index) => [column, Number(cells[index])]));
}

const versionSchema = z.object({ version: z.int(), updatedAt: z.string() });
const versionOf = async (handle: string) =>
  versionSchema.parse(await adminCall(harness.shop, `/products/${handle}`));

describe("a Shopify product file, uploaded in the back office", () => {
  let desk: Page;
  beforeAll(async () => {
    desk = await harness.newPage();
    await signIn(desk, harness.shop);
  });

  it("gets a report whose counts add up, and which names the wrong row", async () => {
    const { products, rows } = await importByForm(desk, FILE);
    expect(products).toMatchObject({ Total: 3, Created: 2, Changed: 0, Same: 0, Refused: 1, Waiting: 0 });
    expect(rows).toMatchObject({ Total: ROWS, Created: ROWS - 1, Same: 0, Refused: 1, Waiting: 0 });
    const refused = await desk.getByRole("row").filter({ hasText: "cheap" }).innerText();
    expect(refused).toContain("Variant Price");
    expect(refused).toContain("Refused");
  });

  it("is in the shop: stock, prices, pictures, and one product bought", async () => {
    expect(await stockLevel(harness.shop, "TB-S-BLUE")).toMatchObject({ onHand: 7 });
    expect((await fetch(`${harness.shop.url}/products/broken-jug`)).status).toBe(404);
    const page = await harness.newPage();
    await whenInStock(harness.shop, "tea-bowl");
    await page.goto("/products/tea-bowl");
    const text = await mainText(page);
    expect(text).toContain("€24.50");
    expect(text).toContain("€29.00");
    expect(text).toContain('glazed "by hand"');
    await addToCart(page, "/products/tea-bowl");
    await startCheckout(page);
    await giveDetails(page, "tea@example.com");
    await chooseDelivery(page);
    await orderAndPay(page, harness.shop.paymentUrl);
    await payWith(page, "Approve");
    const { id } = await readOrder(page);
    expect(await heading(page)).not.toContain("not paid");
    expect((await providerMovements(harness.shop, id)).map(({ kind }) => kind)).toEqual([
      "authorised",
      "captured",
    ]);
    expect(await stockLevel(harness.shop, "TB-S-BLUE")).toMatchObject({ onHand: 6, held: 0 });
  });

  it("changes nothing when it comes again: neither the products nor the stock that was sold", async () => {
    const before = await versionOf("tea-bowl");
    const { products } = await importByForm(desk, FILE);
    expect(products).toMatchObject({ Total: 3, Created: 0, Changed: 0, Same: 2, Refused: 1 });
    expect(await versionOf("tea-bowl")).toEqual(before);
    expect(await stockLevel(harness.shop, "TB-S-BLUE")).toMatchObject({ onHand: 6 });
  });

  it("changes what is different, and only that", async () => {
    const { products } = await importByForm(desk, FILE.replace(",42.00,", ",44.00,"));
    expect(products).toMatchObject({ Total: 3, Created: 0, Changed: 1, Same: 1, Refused: 1 });
  });

  it("without a file asks for one", async () => {
    await desk.goto("/admin/imports");
    await desk.getByRole("button", { name: "Import" }).click();
    await desk.getByRole("alert").waitFor();
    expect(await mainText(desk)).toContain("Choose a product file.");
  });
});

// A real export, where the project lies beside it; its rights do not let it lie inside.
const REAL_FILE = resolve(
  import.meta.dirname,
  "../../../shared/data/shopify/official/partners-home-and-garden.csv",
);

describe.skipIf(!existsSync(REAL_FILE))("a real Shopify export, by the command", () => {
  it("imports, and one of its products is bought", async () => {
    const { code, output } = await runImport(REAL_FILE);
    expect([0, 1], output).toContain(code);
    const handle = readFileSync(REAL_FILE, "utf8").split("\n")[1]?.split(",")[0] ?? "";
    await whenInStock(harness.shop, handle);
    const productSchema = z.object({ variants: z.array(z.object({ sku: z.string() })) });
    const product = productSchema.parse(await adminCall(harness.shop, `/products/${handle}`));
    const sku = product.variants[0]?.sku ?? "";
    const bought = await buyByApi(harness.shop, { sku, email: "garden@example.com" });
    const movements = await eventually(async () => {
      const found = await providerMovements(harness.shop, bought.orderId);
      return found.length >= 2 ? found : undefined;
    });
    expect(movements.map(({ kind }) => kind)).toEqual(["authorised", "captured"]);
  });
});

/** `npm run import -- file --url …` without npm. */
function runImport(file: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const { url, adminToken } = harness.shop;
  const child = spawn(process.execPath, ["scripts/import.ts", file, "--url", url, "--token", adminToken]);
  let output = "";
  child.stdout.on("data", (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (output += bytes.toString()));
  return new Promise((settle) => child.on("close", (code) => settle({ code, output })));
}
