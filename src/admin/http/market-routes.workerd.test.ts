import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createPriceDesk } from "../../pricing/adapters/price-desk.ts";
import { priceInputs } from "../../pricing/http/read-inputs.ts";
import type { AdminPorts } from "../app/ports.ts";
import { createMarketPages } from "./market-routes.tsx";

const prices = createPriceDesk({ db: env.DB, shopCurrency: "EUR", now: () => Date.now() });
const app = createMarketPages(() => ({ prices, priceInputs, shopCurrency: "EUR" }) as AdminPorts);
const post = (path: string, fields: Readonly<Record<string, string>>) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields) });
const SWISS = {
  marketId: "ch",
  name: "Switzerland",
  currency: "CHF",
  countries: "CH, LI",
  locales: "de-CH, fr-CH",
  defaultLocale: "de-CH",
  pricesIncludeTax: "yes",
  exchangeRate: "0,95",
  stepMinor: "5",
  endingMinor: "0",
  pathPrefix: "ch",
  version: "0",
};
const stored = async () => (await prices.markets()).find(({ market }) => market.marketId === "ch");

describe("markets for staff", () => {
  beforeEach(() => env.DB.prepare("DELETE FROM markets WHERE is_default = 0").run());

  it("are made, changed and shown", async () => {
    const made = await post("/markets/new", SWISS);
    expect([made.status, made.headers.get("location")]).toEqual([303, "/admin/markets/ch?done=saved"]);
    expect((await stored())?.market).toMatchObject({
      exchangeRatePpm: 950_000,
      countries: ["CH", "LI"],
      rounding: { stepMinor: 5, endingMinor: 0 },
      isDefault: false,
    });
    expect(await (await app.request("/markets/ch")).text()).toContain('value="0.95"');
    expect((await post("/markets/ch", { ...SWISS, exchangeRate: "0.9", version: "1" })).status).toBe(303);
    expect(await (await app.request("/markets")).text()).toContain("Switzerland");
    expect((await stored())?.market.exchangeRatePpm).toBe(900_000);
  });

  it("say every mistake at its field, and keep what was typed", async () => {
    const wrong = { name: "", currency: "FRANC", countries: "Schweiz", locales: "", exchangeRate: "much" };
    const answer = await post("/markets/new", { ...SWISS, ...wrong, stepMinor: "five", pathPrefix: "chx" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    for (const field of [
      "name",
      "currency",
      "countries",
      "locales",
      "exchangeRate",
      "stepMinor",
      "pathPrefix",
    ])
      expect(page).toContain(`id="${field}-error"`);
    expect(page).toContain('value="much"');
    expect(await stored()).toBeUndefined();
  });

  it("refuse an ending above its step, another currency, a key that is taken and a stale form", async () => {
    const ending = await post("/markets/new", { ...SWISS, endingMinor: "9" });
    expect([ending.status, (await ending.text()).includes('id="endingMinor-error"')]).toEqual([422, true]);
    await post("/markets/new", SWISS);
    const again = await post("/markets/new", { ...SWISS, name: "Again" });
    expect([again.status, (await again.text()).includes('id="marketId-error"')]).toEqual([409, true]);
    const other = await post("/markets/ch", { ...SWISS, currency: "EUR", version: "1" });
    expect([other.status, (await other.text()).includes('id="currency-error"')]).toEqual([422, true]);
    await post("/markets/ch", { ...SWISS, name: "First", version: "1" });
    const stale = await post("/markets/ch", { ...SWISS, name: "Second", version: "1" });
    expect([stale.status, (await stored())?.market.name]).toEqual([409, "First"]);
    expect((await app.request("/markets/none")).status).toBe(404);
  });
});
