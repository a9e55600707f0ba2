import { describe, expect, it } from "vitest";
import { describeTaxProvider, TABLE, type TaxSubject } from "../../../test/support/tax-provider-contract.ts";
import { ratesWithFallback, tableProvider } from "../app/tax-provider.ts";
import { TAX_MEMORY_MS, TAX_PAUSE_MS } from "../domain/limits.ts";
import { createTaxService } from "./tax-service.ts";

type How = "answer" | "fail" | "hang" | "nonsense";

/** A tax service that speaks the wire format, with rates by postcode and the moods of a real one. */
function double() {
  const service = { how: "answer" as How, asked: [] as string[], now: 1_000_000 };
  const answer = (url: URL): Response => {
    if (service.how === "fail") return new Response("", { status: 503 });
    if (service.how === "nonsense")
      return Response.json({ rates: [{ taxClass: "standard", ratePpm: 0.0725 }] });
    const ratePpm = url.searchParams.get("postcode") === "94016" ? 98_750 : 86_250;
    return Response.json({ rates: [{ taxClass: "standard", ratePpm, taxesDelivery: false }] });
  };
  const provider = createTaxService({
    baseUrl: "https://tax.example",
    apiKey: "key",
    countries: ["US"],
    now: () => service.now,
    waitMs: 50,
    fetch: (address, init) => {
      const url = new URL(address);
      expect(new Headers(init.headers).get("authorization")).toBe("Bearer key");
      service.asked.push(url.search);
      if (service.how === "hang") return new Promise(() => undefined);
      return Promise.resolve(answer(url));
    },
  });
  return { service, provider };
}

describeTaxProvider("table", (): TaxSubject => ({ provider: tableProvider }));
describeTaxProvider("service", (): TaxSubject => {
  const { service, provider } = double();
  return { provider, next: (how) => void (service.how = how) };
});

const table = () => Promise.resolve(TABLE);
const at = (postcode: string, country = "US") => ({ country, region: "CA", postcode });

describe("a tax service", () => {
  it("is asked for as close a place as is known, and once for each until it may have changed", async () => {
    const { service, provider } = double();
    const first = await provider.ratesAt(at("94016"), table);
    expect(first).toEqual({
      kind: "rates",
      rates: [{ country: "US", taxClass: "standard", ratePpm: 98_750, taxesDelivery: false }],
    });
    await provider.ratesAt(at("94016"), table);
    await provider.ratesAt(at(""), table);
    expect(service.asked).toEqual(["?country=US&region=CA&postcode=94016", "?country=US&region=CA"]);
    service.now += TAX_MEMORY_MS;
    await provider.ratesAt(at("94016"), table);
    expect(service.asked).toHaveLength(3);
  });

  it("rests after a failure, so that not every cart waits for it", async () => {
    const { service, provider } = double();
    service.how = "fail";
    expect(await ratesWithFallback(provider, at("94016"), table)).toMatchObject({ from: "table" });
    service.how = "answer";
    expect(await ratesWithFallback(provider, at("94016"), table)).toMatchObject({ from: "table" });
    expect(service.asked).toHaveLength(1);
    service.now += TAX_PAUSE_MS;
    expect(await ratesWithFallback(provider, at("94016"), table)).toMatchObject({ from: "service" });
  });

  it("is not asked about countries that are not its own", async () => {
    const { service, provider } = double();
    expect(await ratesWithFallback(provider, at("10115", "DE"), table)).toMatchObject({ from: "table" });
    expect(service.asked).toEqual([]);
  });
});
