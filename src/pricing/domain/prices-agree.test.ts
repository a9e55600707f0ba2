import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PPM } from "#kernel";
import type { Market } from "./market.ts";
import type { PriceEntry, PriceList } from "./price-list.ts";
import { priceFor, stepsOf } from "./price-for.ts";
import { quote } from "./quote.ts";
import { ratesAt, type TaxRule } from "./tax-rules.ts";
import { deliveryRatePpm } from "./tax-table.ts";
import { workOut, type VariantFacts } from "./work-out.ts";

// "Every price shown equals the price charged": lists × currencies × tax modes × discounts × quantities.

const seed = Number(process.env["SEED"] ?? 20261130);
const AT_MS = 1_000_000;

const market = fc.record({
  currency: fc.constantFrom("EUR", "CHF", "JPY", "KWD"),
  pricesIncludeTax: fc.boolean(),
  stepMinor: fc.constantFrom(1, 5, 100),
  exchangeRatePpm: fc.integer({ min: 1_000, max: 200_000_000 }),
});
const list = fc.record({
  kind: fc.constantFrom("sale" as const, "price" as const),
  priority: fc.integer({ min: -1, max: 1 }),
  customerGroup: fc.constantFrom("trade", undefined),
  marketId: fc.constantFrom("m", "elsewhere", undefined),
  startsAtMs: fc.constantFrom(AT_MS - 1, AT_MS + 1, undefined),
  percentOffPpm: fc.option(fc.integer({ min: 0, max: PPM }), { nil: undefined }),
  entries: fc.uniqueArray(
    fc.record({
      variant: fc.integer({ min: 0, max: 2 }),
      minQuantity: fc.integer({ min: 1, max: 20 }),
      amountMinor: fc.integer({ min: 0, max: 50_000 }),
      isPercent: fc.boolean(),
    }),
    { maxLength: 6, selector: (one) => `${one.variant} ${one.minQuantity}` },
  ),
});
const shop = fc.record({
  market,
  lists: fc.array(list, { maxLength: 5 }),
  bases: fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 3, maxLength: 3 }),
  quantities: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 3 }),
  group: fc.constantFrom("", "trade"),
  ratePpm: fc.integer({ min: 0, max: 300_000 }),
  taxesDelivery: fc.boolean(),
  deliveryMinor: fc.integer({ min: 0, max: 2_000 }),
  percentPpm: fc.integer({ min: 0, max: PPM }),
  fixedMinor: fc.integer({ min: 0, max: 20_000 }),
  fundMinor: fc.integer({ min: 0, max: 50_000 }),
});
type Shop = typeof shop extends fc.Arbitrary<infer T> ? T : never;

const variantId = (index: number): string => `var_${index}`;

function facts(of: Shop) {
  const { stepMinor, ...terms } = of.market;
  const here: Market = {
    marketId: "m",
    name: "Here",
    countries: ["US"],
    defaultLocale: "en-US",
    locales: ["en-US"],
    rounding: { stepMinor, endingMinor: 0 },
    pathPrefix: "us",
    isDefault: false,
    ...terms,
  };
  const lists = of.lists.map(
    ({ entries: _, customerGroup, marketId, startsAtMs, percentOffPpm, ...rest }, index) => ({
      listId: `list-${index}`,
      title: "",
      status: "active" as const,
      ...rest,
      ...(customerGroup === undefined ? {} : { customerGroup }),
      ...(marketId === undefined ? {} : { marketId }),
      ...(startsAtMs === undefined ? {} : { startsAtMs }),
      ...(percentOffPpm === undefined ? {} : { percentOffPpm }),
    }),
  ) satisfies PriceList[];
  const entries: PriceEntry[] = of.lists.flatMap((one, index) =>
    one.entries.map(({ variant, minQuantity, amountMinor, isPercent }) => ({
      listId: `list-${index}`,
      variantId: variantId(variant),
      minQuantity,
      price: isPercent
        ? { kind: "percent" as const, percentOffPpm: Math.min(PPM, amountMinor * 20) }
        : { kind: "fixed" as const, amountMinor },
    })),
  );
  const variants: VariantFacts[] = of.bases.map((priceMinor, index) => ({
    variantId: variantId(index),
    productNumber: 1,
    priceMinor,
  }));
  const round = { markets: [here], lists, entries, variants, shopCurrency: "EUR", atMs: AT_MS };
  return { here, variants, ...workOut({ ...round, history: [], reductions: [] }) };
}

describe("every price shown is the price charged", () => {
  it("on card, product page with its steps, cart line, checkout total and charge", () => {
    fc.assert(
      fc.property(shop, (of) => {
        const { here, variants, rows, cards } = facts(of);
        const prices = rows.filter((row) => row.customerGroup === "" || row.customerGroup === of.group);
        const terms = { market: here, prices };
        const priced = (index: number, quantity: number) =>
          priceFor(
            { variantId: variantId(index), currency: "EUR", priceMinor: of.bases[index] ?? 0 },
            quantity,
            terms,
          );
        // The product page shows steps; the cart asks for one quantity.
        const lines = variants.map(({ variantId: id }, index) => {
          const quantity = of.quantities[index] ?? 1;
          const shown = stepsOf(id, prices)
            .filter((step) => step.minQuantity <= quantity)
            .at(-1);
          const charged = priced(index, quantity);
          expect(charged?.priceMinor).toBe(shown?.amountMinor);
          expect(charged?.currency).toBe(here.currency);
          const lineId = `lin_${index}`;
          return {
            lineId,
            variantId: id,
            sku: id,
            quantity,
            unitPriceMinor: charged?.priceMinor ?? -1,
            taxClass: "standard" as const,
          };
        });
        // A card shows what everybody pays for one.
        const forAll = { market: here, prices: rows.filter((row) => row.customerGroup === "") };
        const ones = variants.map(
          (variant) => priceFor({ ...variant, currency: "EUR" }, 1, forAll)?.priceMinor ?? -1,
        );
        expect(cards).toMatchObject([{ priceMinMinor: Math.min(...ones), priceMaxMinor: Math.max(...ones) }]);

        const rules: TaxRule[] = [
          {
            country: "US",
            region: "CA",
            taxClass: "standard",
            validFromMs: 0,
            ratePpm: of.ratePpm,
            taxesDelivery: of.taxesDelivery,
          },
        ];
        const taxRates = ratesAt(rules, undefined, { country: "US", region: "CA", atMs: AT_MS });
        const isTaxAdded = !here.pricesIncludeTax;
        const total = quote({
          currency: here.currency,
          country: "US",
          lines,
          taxRates,
          isTaxAdded,
          delivery: {
            methodId: "d",
            name: "",
            carrier: "",
            priceMinor: of.deliveryMinor,
            earliestDate: "",
            latestDate: "",
          },
          reductions: [
            { label: "percent", benefit: { kind: "percent", ppm: of.percentPpm } },
            { label: "fixed", benefit: { kind: "fixed", amountMinor: of.fixedMinor } },
          ],
          funds: [{ voucherId: "gift:1", kind: "gift_card", label: "card", availableMinor: of.fundMinor }],
        });
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
        const added = isTaxAdded ? total.taxMinor : 0;
        expect(total.itemsMinor).toBe(sum(lines.map((line) => line.unitPriceMinor * line.quantity)));
        expect(total.totalMinor).toBe(
          sum(total.lines.map((line) => line.totalMinor)) + total.deliveryMinor + added,
        );
        expect(total.totalMinor).toBe(total.itemsMinor - total.discountMinor + total.deliveryMinor + added);
        expect(total.dueMinor + sum(total.tenders.map((tender) => tender.amountMinor))).toBe(
          total.totalMinor,
        );
        expect(total.taxMinor).toBe(sum(total.lines.map((line) => line.taxMinor)) + total.deliveryTaxMinor);
        expect(total.deliveryTaxMinor > 0 && deliveryRatePpm(taxRates, "US") === 0).toBe(false);
        for (const line of total.lines) {
          const exact = isTaxAdded
            ? (line.totalMinor * of.ratePpm) / PPM
            : (line.totalMinor * of.ratePpm) / (PPM + of.ratePpm);
          expect(Math.abs(line.taxMinor - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe("which tax holds", () => {
  const rule = (country: string, region: string, ratePpm: number, validFromMs = 0): TaxRule => ({
    country,
    region,
    taxClass: "standard",
    validFromMs,
    ratePpm,
    taxesDelivery: true,
  });
  const rules = [
    rule("DE", "", 190_000),
    rule("FR", "", 200_000),
    rule("FR", "", 210_000, 500),
    rule("CH", "", 81_000),
    rule("US", "", 0),
    rule("US", "CA", 72_500),
  ];
  const small = { originCountry: "DE", isAboveThreshold: false };
  const large = { originCountry: "DE", isAboveThreshold: true };
  it.each([
    ["the destination's above the threshold", large, "FR", "", 1, 200_000],
    ["the origin's below it, within the EU", small, "FR", "", 1, 190_000],
    ["the destination's outside the EU, whatever the threshold", small, "CH", "", 1, 81_000],
    ["the newest that has begun", large, "FR", "", 500, 210_000],
    ["the state's before the country's", large, "US", "CA", 1, 72_500],
    ["the country's while the state is not known", large, "US", "", 1, 0],
    ["none where no rule speaks", large, "IS", "", 1, undefined],
  ])("%s", (_rule, settings, country, region, atMs, expected) => {
    for (const given of [rules, [...rules].reverse()]) {
      const [rate] = ratesAt(given, settings, { country, region, atMs });
      expect(rate?.ratePpm).toBe(expected);
      if (rate) expect(rate.country).toBe(country);
    }
  });
});
