import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currency, currencyExponent, PPM } from "#kernel";
import { convertMinor, marketBaseMinor, marketOfCountry, roundPrice, type Market } from "./market.ts";
import { pathIn, prefixOf, readMarketPath } from "./market-path.ts";
import { lowestBefore } from "./price-history.ts";
import { resolveLadder, stepFor } from "./price-ladder.ts";
import type { PriceEntry, PriceList } from "./price-list.ts";
import { resolvePrice, type PriceCandidate } from "./resolve-price.ts";

const seed = Number(process.env["SEED"] ?? 20261130);

const HOME: Market = {
  marketId: "home",
  name: "Europe",
  currency: "EUR",
  countries: [],
  defaultLocale: "en-GB",
  locales: ["en-GB", "fr-FR"],
  pricesIncludeTax: true,
  rounding: { stepMinor: 1, endingMinor: 0 },
  exchangeRatePpm: PPM,
  pathPrefix: "",
  isDefault: true,
};
const SWISS: Market = {
  ...HOME,
  marketId: "ch",
  currency: "CHF",
  countries: ["CH"],
  defaultLocale: "de-CH",
  locales: ["de-CH", "fr-CH"],
  rounding: { stepMinor: 5, endingMinor: 0 },
  exchangeRatePpm: 950_000,
  pathPrefix: "ch",
  isDefault: false,
};
const list = (listId: string, more: Partial<PriceList> = {}): PriceList => ({
  listId,
  title: listId,
  kind: "price",
  status: "active",
  priority: 0,
  ...more,
});
const fixed = (listId: string, amountMinor: number, minQuantity = 1): PriceEntry => ({
  listId,
  variantId: "var_1",
  minQuantity,
  price: { kind: "fixed", amountMinor },
});
const ladder = (lists: readonly PriceList[], entries: readonly PriceEntry[], more: object = {}) =>
  resolveLadder({
    market: HOME,
    customerGroup: "",
    channel: "web",
    shopCurrency: "EUR",
    base: { priceMinor: 2000 },
    lists,
    entries,
    atMs: 1_000,
    ...more,
  });

describe("rounding and conversion", () => {
  it("lands on the rule, at most half a step away, and makes nothing free", () => {
    const rules = fc.integer({ min: 1, max: 1000 }).chain((stepMinor) =>
      fc.record({
        stepMinor: fc.constant(stepMinor),
        endingMinor: fc.integer({ min: 0, max: stepMinor - 1 }),
      }),
    );
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 1_000_000_000 }), (rule, amount) => {
        const rounded = roundPrice(amount, rule);
        expect(rounded).toBeGreaterThan(0);
        if (rule.stepMinor > 1) expect((rounded - rule.endingMinor) % rule.stepMinor).toBe(0);
        if (amount >= rule.stepMinor)
          expect(Math.abs(rounded - amount) * 2).toBeLessThanOrEqual(rule.stepMinor);
        expect(roundPrice(rounded, rule)).toBe(rounded);
      }),
      { seed },
    );
  });

  it.each([
    [1234, "EUR", "CHF", 950_000, 1172],
    [1234, "EUR", "JPY", 160_000_000, 1974],
    [1234, "EUR", "KWD", 330_000, 4072],
    [1000, "JPY", "KWD", 2_100, 2_100],
    [0, "EUR", "CHF", 950_000, 0],
  ])(
    "converts %i %s to %s at %i ppm into %i, half up and without floats",
    (amount, from, to, ratePpm, expected) => {
      expect(convertMinor(amount, { from, to, ratePpm })).toBe(expected);
      expect(currencyExponent(currency(to))).toBeGreaterThanOrEqual(0);
    },
  );

  it("keeps the default market at the price that staff typed", () => {
    expect(marketBaseMinor(1999, { ...HOME, rounding: { stepMinor: 100, endingMinor: 0 } }, "EUR")).toBe(
      1999,
    );
    expect(marketBaseMinor(1999, SWISS, "EUR")).toBe(1900);
  });
});

describe("which price holds", () => {
  const candidate = (one: PriceList, amountMinor: number, minQuantity = 1): PriceCandidate => ({
    list: one,
    amountMinor,
    minQuantity,
  });
  const asked = { marketId: "home", currency: "EUR", customerGroup: "trade", channel: "web", quantity: 5 };

  it.each<[string, PriceCandidate[], string | undefined]>([
    [
      "priority before everything",
      [candidate(list("a", { priority: 1 }), 900), candidate(list("b", { customerGroup: "trade" }), 100)],
      "a",
    ],
    [
      "then the more specific",
      [candidate(list("a"), 100), candidate(list("b", { customerGroup: "trade" }), 900)],
      "b",
    ],
    ["then the lower", [candidate(list("a"), 300), candidate(list("b"), 200)], "b"],
    ["then the smaller id", [candidate(list("b"), 200), candidate(list("a"), 200)], "a"],
    ["one list with one voice", [candidate(list("a"), 100), candidate(list("a"), 150, 5)], "a"],
    ["nobody else's group", [candidate(list("a", { customerGroup: "press" }), 1)], undefined],
    ["no other currency", [candidate(list("a", { currency: "CHF" }), 1)], undefined],
    ["no quantity that is not reached", [candidate(list("a"), 1, 6)], undefined],
  ])("%s", (_rule, candidates, expected) => {
    expect(resolvePrice(asked, candidates)?.list.listId).toBe(expected);
  });

  it("does not depend on the order of the candidates", () => {
    const lists = fc.record({
      priority: fc.integer({ min: -2, max: 2 }),
      kind: fc.constantFrom("sale" as const, "price" as const),
      group: fc.constantFrom("trade", undefined),
      amount: fc.integer({ min: 0, max: 5 }),
      minQuantity: fc.integer({ min: 1, max: 6 }),
      id: fc.constantFrom("a", "b", "c", "d"),
    });
    const made = fc.uniqueArray(lists, { maxLength: 8, selector: (one) => `${one.id}${one.minQuantity}` });
    fc.assert(
      fc.property(made, fc.infiniteStream(fc.nat()), (rows, noise) => {
        const first = new Map(
          rows.map((row) => [row.id, row]).reverse() as [string, (typeof rows)[number]][],
        );
        const all = rows.map((row) => {
          const { priority, kind, group } = first.get(row.id) ?? row;
          return candidate(
            list(row.id, { priority, kind, ...(group ? { customerGroup: group } : {}) }),
            row.amount,
            row.minQuantity,
          );
        });
        const shuffled = all
          .map((one) => ({ one, key: noise.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(resolvePrice(asked, shuffled)).toEqual(resolvePrice(asked, all));
      }),
      { seed },
    );
  });
});

describe("the ladder of a variant", () => {
  it("shows a sale against the price without it, and a plain list as the price", () => {
    const sale = list("sale", { kind: "sale", percentOffPpm: 200_000 });
    expect(ladder([sale], []).steps).toEqual([
      { minQuantity: 1, amountMinor: 1600, compareAtMinor: 2000, listId: "sale" },
    ]);
    expect(ladder([list("trade", { percentOffPpm: 200_000 })], []).steps).toEqual([
      { minQuantity: 1, amountMinor: 1600, listId: "trade" },
    ]);
  });

  it("has a step for every quantity at which the price changes, and no other", () => {
    const { steps } = ladder(
      [list("breaks")],
      [fixed("breaks", 1800, 5), fixed("breaks", 1500, 20), fixed("breaks", 1500, 30)],
    );
    expect(steps.map(({ minQuantity, amountMinor }) => [minQuantity, amountMinor])).toEqual([
      [1, 2000],
      [5, 1800],
      [20, 1500],
    ]);
    expect([1, 4, 5, 19, 20, 99].map((quantity) => stepFor(steps, quantity)?.amountMinor)).toEqual([
      2000, 2000, 1800, 1800, 1500, 1500,
    ]);
  });

  it("holds until the next list begins or ends", () => {
    const past = list("past", { startsAtMs: 0, endsAtMs: 1_000 });
    const now = list("now", { startsAtMs: 500, endsAtMs: 5_000 });
    const later = list("later", { startsAtMs: 3_000 });
    const entries = [fixed("past", 1), fixed("now", 1000), fixed("later", 2)];
    const result = ladder([past, now, later], entries);
    expect(result.steps[0]?.amountMinor).toBe(1000);
    expect(result.validUntilMs).toBe(3_000);
    expect(ladder([list("draft", { status: "draft", startsAtMs: 3_000 })], []).validUntilMs).toBeUndefined();
  });

  it("rounds what it works out and leaves what was typed alone", () => {
    const percent = list("percent", { percentOffPpm: 333_333 });
    const at = { market: SWISS };
    expect(ladder([percent], [], at).steps[0]?.amountMinor).toBe(1265);
    const typed = list("typed", { currency: "CHF" });
    expect(ladder([typed], [fixed("typed", 1234)], at).steps[0]?.amountMinor).toBe(1234);
  });

  it("never takes a reduction back by rounding", () => {
    const market: Market = { ...SWISS, rounding: { stepMinor: 100, endingMinor: 99 } };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: PPM }),
        (priceMinor, percentOffPpm) => {
          const [step] = ladder([list("sale", { kind: "sale", percentOffPpm })], [], {
            market,
            base: { priceMinor },
          }).steps;
          expect(step?.amountMinor).toBeLessThanOrEqual(marketBaseMinor(priceMinor, market, "EUR"));
        },
      ),
      { seed },
    );
  });
});

describe("the lowest price of the 30 days before", () => {
  const DAY = 86_400_000;
  const since = 100 * DAY;
  it.each([
    [
      "a price that was raised just before the sale does not hide the lower one",
      [
        [0, 1500],
        [90, 2000],
        [100, 1600],
      ],
      1500,
    ],
    [
      "a lower price that ended more than 30 days before does not count",
      [
        [0, 900],
        [69, 2000],
        [100, 1600],
      ],
      2000,
    ],
    [
      "one that ended within the 30 days does",
      [
        [0, 900],
        [71, 2000],
        [100, 1600],
      ],
      900,
    ],
    [
      "a short promotion in between counts",
      [
        [0, 2000],
        [80, 1700],
        [82, 2000],
        [100, 1600],
      ],
      1700,
    ],
  ] as const)("%s", (_rule, points, expected) => {
    const history = points.map(([day, amountMinor]) => ({ fromMs: day * DAY, amountMinor }));
    expect(lowestBefore(history, since)).toBe(expected);
    expect(lowestBefore([...history].reverse(), since)).toBe(expected);
  });

  it("is unknown for goods that are new with the reduction", () => {
    expect(lowestBefore([{ fromMs: since, amountMinor: 1 }], since)).toBeUndefined();
  });
});

describe("markets and their paths", () => {
  const markets = [HOME, SWISS];
  it.each([
    ["/products/heron", { kind: "plain" }],
    ["/", { kind: "plain" }],
    [
      "/ch-de/products/heron",
      { kind: "market", view: { market: SWISS, locale: "de-CH" }, rest: "/products/heron" },
    ],
    ["/ch-fr", { kind: "market", view: { market: SWISS, locale: "fr-CH" }, rest: "/" }],
    ["/fr/", { kind: "market", view: { market: HOME, locale: "fr-FR" }, rest: "/" }],
    ["/ch-it/products/heron", { kind: "unknown" }],
    ["/zz/products/heron", { kind: "unknown" }],
  ])("reads %s", (path, expected) => {
    expect(readMarketPath(markets, path)).toEqual(expected);
  });

  it("writes what it reads", () => {
    for (const market of markets)
      for (const locale of market.locales) {
        const path = pathIn({ market, locale }, "/products/heron");
        const read = readMarketPath(markets, path);
        if (prefixOf({ market, locale }) === "") expect(read.kind).toBe("plain");
        else expect(read).toEqual({ kind: "market", view: { market, locale }, rest: "/products/heron" });
      }
  });

  it("finds the market of a country, and the default one for everybody else", () => {
    expect(marketOfCountry(markets, "CH")).toBe(SWISS);
    expect(marketOfCountry(markets, "DE")).toBe(HOME);
  });
});
