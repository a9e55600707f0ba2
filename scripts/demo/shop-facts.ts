import type { DeliveryMethod } from "#shipping";
import type { TaxClass } from "#catalog";

/** Words for the picture of the first page. */
export const HERO_ALT =
  "A sage green room: a hearth tiled in triangles of pine, sage, apricot and madder, a print of the sea and a smaller one of quarter circles on the mantel, a terracotta armchair with a cushion of petals, and a notebook on a stool.";

type CountryRates = {
  readonly country: string;
  readonly rates: readonly { readonly taxClass: TaxClass; readonly ratePpm: number }[];
};

const rates = (country: string, standardPpm: number, reducedPpm: number): CountryRates => ({
  country,
  rates: [
    { taxClass: "standard", ratePpm: standardPpm },
    { taxClass: "reduced", ratePpm: reducedPpm },
    { taxClass: "zero", ratePpm: 0 },
  ],
});

/** Value added tax in parts per million for every country served; prices include it. */
export const TAX_RATES: readonly CountryRates[] = [
  rates("DE", 190_000, 70_000),
  rates("AT", 200_000, 100_000),
  rates("NL", 210_000, 90_000),
  rates("BE", 210_000, 60_000),
  rates("FR", 200_000, 55_000),
  rates("LU", 170_000, 80_000),
  rates("IT", 220_000, 100_000),
  rates("ES", 210_000, 100_000),
  rates("DK", 250_000, 250_000),
  rates("SE", 250_000, 120_000),
  rates("PL", 230_000, 80_000),
  rates("IE", 230_000, 135_000),
  rates("GB", 200_000, 50_000),
  rates("CH", 81_000, 26_000),
  rates("US", 0, 0),
];

const CARRIER = "Kerb Post";
const NEAR = ["AT", "NL", "BE", "LU", "FR"];
const FAR = ["IT", "ES", "DK", "SE", "PL", "IE"];

/** Islands without a bridge: two working days more; Helgoland and Büsingen are outside the customs union, so nothing goes there. */
const ISLANDS: DeliveryMethod["postcodeZones"] = [
  { country: "DE", from: "27498", to: "27498" },
  { country: "DE", from: "78266", to: "78266" },
  { country: "DE", from: "25846", to: "25849", extraDays: 2 },
  { country: "DE", from: "25859", to: "25869", extraDays: 2 },
  { country: "DE", from: "25938", to: "25999", extraDays: 2 },
  { country: "DE", from: "26465", to: "26486", extraDays: 2 },
  { country: "DE", from: "26548", to: "26579", extraDays: 2 },
  { country: "DE", from: "26757", to: "26757", extraDays: 2 },
  { country: "FR", from: "20", to: "20", extraDays: 3 },
  { country: "FR", from: "97", to: "98" },
  { country: "ES", from: "35", to: "35" },
  { country: "ES", from: "38", to: "38" },
  { country: "ES", from: "51", to: "52" },
  { country: "GB", from: "BT", to: "BT" },
];

const base = {
  carrier: CARRIER,
  currency: "EUR",
  cutoffHour: 15,
  isActive: true,
  postcodeZones: ISLANDS,
} as const;

/** Ways of delivery. Iceland is not served, on purpose: the shop has a sentence for that. */
export const DELIVERY_METHODS: readonly DeliveryMethod[] = [
  {
    ...base,
    methodId: "standard-de",
    name: "Standard",
    countries: ["DE"],
    priceMinor: 490,
    freeFromMinor: 6_000,
    minDays: 1,
    maxDays: 3,
    position: 10,
  },
  {
    ...base,
    methodId: "express-de",
    name: "Express",
    countries: ["DE"],
    priceMinor: 990,
    minDays: 1,
    maxDays: 1,
    cutoffHour: 12,
    position: 20,
  },
  {
    ...base,
    methodId: "standard-near",
    name: "Standard",
    countries: NEAR,
    priceMinor: 790,
    freeFromMinor: 9_000,
    minDays: 2,
    maxDays: 4,
    position: 10,
  },
  {
    ...base,
    methodId: "standard-far",
    name: "Standard",
    countries: FAR,
    priceMinor: 990,
    freeFromMinor: 12_000,
    minDays: 3,
    maxDays: 6,
    position: 10,
  },
  {
    ...base,
    methodId: "express-europe",
    name: "Express",
    countries: [...NEAR, ...FAR],
    priceMinor: 1_990,
    minDays: 1,
    maxDays: 2,
    cutoffHour: 12,
    position: 20,
  },
  {
    ...base,
    methodId: "standard-gb",
    name: "Standard",
    countries: ["GB"],
    priceMinor: 1_290,
    freeFromMinor: 15_000,
    minDays: 4,
    maxDays: 7,
    position: 10,
  },
  {
    ...base,
    methodId: "standard-ch",
    name: "Standard",
    countries: ["CH"],
    priceMinor: 1_290,
    freeFromMinor: 15_000,
    minDays: 3,
    maxDays: 5,
    position: 10,
  },
  {
    ...base,
    methodId: "standard-us",
    name: "Standard",
    countries: ["US"],
    priceMinor: 1_990,
    freeFromMinor: 20_000,
    minDays: 6,
    maxDays: 10,
    position: 10,
  },
  {
    ...base,
    methodId: "express-us",
    name: "Express",
    countries: ["US"],
    priceMinor: 3_990,
    minDays: 3,
    maxDays: 4,
    cutoffHour: 12,
    position: 20,
  },
];
