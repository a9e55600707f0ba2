import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createTaxDesk } from "../../pricing/adapters/tax-desk.ts";
import { createTaxService } from "../../pricing/adapters/tax-service.ts";
import { PRICE_READS } from "../../../workers/shared/price-reads.ts";
import { PriceMemory } from "./price-memory.ts";
import { createPriceTruth } from "./price-truth.ts";

const WHERE = { variantIds: [], country: "US", region: "CA" };

beforeAll(() =>
  createTaxDesk(env.DB).saveCountry("US", {
    rates: [{ country: "US", taxClass: "standard", ratePpm: 72_500 }],
  }),
);

function shopWith(answer: () => Promise<Response>) {
  const taxService = createTaxService({
    baseUrl: "https://tax.example",
    apiKey: "key",
    countries: ["US"],
    fetch: answer,
    now: Date.now,
    waitMs: 50,
  });
  const memory = new PriceMemory(Date.now);
  return async (postcode?: string) => {
    const request = postcode === undefined ? WHERE : { ...WHERE, postcode };
    const { taxRates } = await createPriceTruth(env.DB, PRICE_READS, { memory, taxService }).read(request);
    return taxRates.map(({ ratePpm }) => ratePpm);
  };
}

describe("prices with a tax service", () => {
  it("have its rates, each address its own", async () => {
    let ratePpm = 90_000;
    const rates = shopWith(() =>
      Promise.resolve(Response.json({ rates: [{ taxClass: "standard", ratePpm: (ratePpm += 1) }] })),
    );
    expect([await rates("94016"), await rates("90001"), await rates("94016")]).toEqual([
      [90_001],
      [90_002],
      [90_001],
    ]);
  });

  it.each<[string, () => Promise<Response>]>([
    ["refuses", () => Promise.resolve(new Response("", { status: 500 }))],
    ["cannot be reached", () => Promise.reject(new Error("refused"))],
    ["never answers", () => new Promise(() => undefined)],
  ])("have the table's when it %s", async (_, answer) => {
    expect(await shopWith(answer)("94016")).toEqual([72_500]);
  });
});
