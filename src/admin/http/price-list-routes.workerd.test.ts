import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createCatalogWriter } from "../../catalog/adapters/catalog-writer.ts";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { createPriceDesk } from "../../pricing/adapters/price-desk.ts";
import { priceInputs } from "../../pricing/http/read-inputs.ts";
import type { AdminPorts } from "../app/ports.ts";
import { createPriceListPages } from "./price-list-routes.tsx";

const prices = createPriceDesk({ db: env.DB, shopCurrency: "EUR", now: () => Date.now() });
const ports = { prices, priceInputs, timeZone: "Europe/Berlin", shopCurrency: "EUR" } as AdminPorts;
const app = createPriceListPages(() => ports);
const post = (path: string, fields: Readonly<Record<string, string>>) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields) });
const SALE = {
  listId: "autumn",
  title: "Autumn sale",
  kind: "sale",
  status: "active",
  priority: "10",
  startsAt: "2026-10-01 09:00",
  percentOff: "12,5",
  version: "0",
};
const stored = async () => {
  const found = await prices.list("autumn");
  return found.ok ? found.value : undefined;
};

describe("price lists for staff", () => {
  beforeEach(async () => {
    await clearCatalog(env.DB);
    await env.DB.batch(
      ["price_list_entries", "price_lists"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    );
    const writer = createCatalogWriter(env.DB, { currency: "EUR", sanitise: (html) => html });
    await writer.saveProduct(
      sampleProduct("mug", { variants: [sampleVariant("MUG", { priceMinor: 2000 })] }),
    );
  });

  it("are made, filled, emptied and shown", async () => {
    const made = await post("/price-lists/new", SALE);
    expect([made.status, made.headers.get("location")]).toEqual([
      303,
      "/admin/price-lists/autumn?done=saved",
    ]);
    expect((await stored())?.list).toMatchObject({
      percentOffPpm: 125_000,
      priority: 10,
      startsAtMs: Date.parse("2026-10-01T07:00:00Z"),
    });
    const add = { do: "add", sku: "MUG", minQuantity: "3", amount: "15,00", before: "20" };
    expect((await post("/price-lists/autumn", add)).status).toBe(303);
    const page = await (await app.request("/price-lists/autumn")).text();
    expect(page).toContain("€15.00");
    expect(page).toContain('value="2026-10-01 09:00"');
    const variantId = /name="variantId" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const gone = await post("/price-lists/autumn", { do: "remove", variantId, minQuantity: "3" });
    expect([gone.status, (await stored())?.entryCount]).toEqual([303, 0]);
    expect(await (await app.request("/price-lists?status=active")).text()).toContain("Autumn sale");
    expect(await (await app.request("/price-lists?status=draft")).text()).not.toContain("Autumn sale");
  });

  it("say every mistake at its field, and keep what was typed", async () => {
    const wrong = {
      ...SALE,
      listId: "Autumn!",
      title: "",
      priority: "high",
      percentOff: "120",
      endsAt: "soon",
    };
    const answer = await post("/price-lists/new", { ...wrong, currency: "EURO" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    for (const field of ["listId", "title", "priority", "percentOff", "endsAt", "currency"])
      expect(page).toContain(`id="${field}-error"`);
    expect(page).toContain('value="soon"');
    expect(await stored()).toBeUndefined();
  });

  it("refuse a period that ends before it starts, a key that is taken and a stale form", async () => {
    const backwards = await post("/price-lists/new", { ...SALE, endsAt: "2026-09-01" });
    expect([backwards.status, (await backwards.text()).includes('id="endsAt-error"')]).toEqual([422, true]);
    await post("/price-lists/new", SALE);
    const again = await post("/price-lists/new", { ...SALE, title: "Another" });
    expect([again.status, (await again.text()).includes('id="listId-error"')]).toEqual([409, true]);
    await post("/price-lists/autumn", { ...SALE, title: "First", version: "1" });
    const stale = await post("/price-lists/autumn", { ...SALE, title: "Second", version: "1" });
    expect(stale.status).toBe(409);
    expect(await stale.text()).toContain("changed meanwhile");
    expect((await stored())?.list.title).toBe("First");
  });

  it.each([
    ["no such SKU", { sku: "NONE", amount: "5" }, "sku"],
    ["neither price nor percentage", { sku: "MUG" }, "amount"],
    ["both", { sku: "MUG", amount: "5", percent: "5" }, "amount"],
    ["a price before that is lower", { sku: "MUG", amount: "5", before: "4" }, "before"],
    ["no quantity", { sku: "MUG", amount: "5", minQuantity: "0" }, "minQuantity"],
  ])("refuse a price with %s", async (_, fields, field) => {
    await post("/price-lists/new", SALE);
    const answer = await post("/price-lists/autumn", { do: "add", minQuantity: "1", ...fields });
    expect([answer.status, (await answer.text()).includes(`id="${field}-error"`)]).toEqual([422, true]);
    expect((await stored())?.entryCount).toBe(0);
  });

  it("are not there when nobody made them", async () => {
    expect((await app.request("/price-lists/none")).status).toBe(404);
    expect((await post("/price-lists/none", { do: "add", sku: "MUG", amount: "1" })).status).toBe(404);
  });
});
