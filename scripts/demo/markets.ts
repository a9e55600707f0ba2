import type { DeliveryMethod } from "#shipping";

/** Europe in four languages, and two other markets, as the admin API takes them. */
export const MARKETS = [
  {
    marketId: "home",
    name: "Europe",
    currency: "EUR",
    countries: [],
    defaultLocale: "en-GB",
    locales: ["en-GB", "de", "fr", "ar"],
    pricesIncludeTax: true,
    rounding: { stepMinor: 1, endingMinor: 0 },
    exchangeRatePpm: 1_000_000,
    pathPrefix: "",
  },
  {
    marketId: "ch",
    name: "Switzerland",
    currency: "CHF",
    countries: ["CH", "LI"],
    defaultLocale: "de-CH",
    locales: ["de-CH", "fr-CH"],
    pricesIncludeTax: true,
    rounding: { stepMinor: 5, endingMinor: 0 },
    exchangeRatePpm: 950_000,
    pathPrefix: "ch",
  },
  {
    marketId: "us",
    name: "United States",
    currency: "USD",
    countries: ["US"],
    defaultLocale: "en-US",
    locales: ["en-US"],
    pricesIncludeTax: false,
    rounding: { stepMinor: 100, endingMinor: 0 },
    exchangeRatePpm: 1_050_000,
    pathPrefix: "us",
  },
] as const;

const METHOD = {
  carrier: "Kerb Post",
  cutoffHour: 15,
  isActive: true,
  postcodeZones: [],
  name: "Standard",
  position: 10,
} as const;

/** Ways of delivery in the currencies of those markets. */
export const MARKET_DELIVERY: readonly DeliveryMethod[] = [
  {
    ...METHOD,
    methodId: "standard-ch-chf",
    countries: ["CH", "LI"],
    currency: "CHF",
    priceMinor: 990,
    freeFromMinor: 12_000,
    minDays: 3,
    maxDays: 5,
  },
  {
    ...METHOD,
    methodId: "standard-us-usd",
    countries: ["US"],
    currency: "USD",
    priceMinor: 1_900,
    freeFromMinor: 20_000,
    minDays: 6,
    maxDays: 10,
  },
];

type Entry = { readonly sku: string; readonly minQuantity: number; readonly price: object };
type DemoList = {
  readonly listId: string;
  readonly terms: object;
  readonly entries: readonly Entry[];
};

const percent = (sku: string, percentOffPpm: number, minQuantity = 1): Entry => ({
  sku,
  minQuantity,
  price: { kind: "percent", percentOffPpm },
});

/** A sale on tiles, steps by quantity on notebooks, and what the trade pays. */
export function demoPriceLists(skus: readonly string[]): readonly DemoList[] {
  const tiles = skus.filter((sku) => sku.startsWith("KE-TI-"));
  const notebooks = skus.filter((sku) => sku.startsWith("KE-NB-"));
  return [
    {
      listId: "tile-weeks",
      terms: { title: "Tile weeks", kind: "sale", status: "active", priority: 10 },
      entries: tiles.map((sku) => percent(sku, 150_000)),
    },
    {
      listId: "notebook-steps",
      terms: { title: "Notebooks by quantity", kind: "price", status: "active", priority: 5 },
      entries: notebooks.flatMap((sku) => [percent(sku, 100_000, 5), percent(sku, 200_000, 20)]),
    },
    {
      listId: "trade",
      terms: {
        title: "Trade",
        kind: "price",
        status: "active",
        priority: 20,
        customerGroup: "trade",
        percentOffPpm: 250_000,
      },
      entries: [],
    },
  ];
}
