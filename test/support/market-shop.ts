import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { StockFact } from "#catalog";
import { objectNamespace } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { createPriceDesk } from "../../src/pricing/adapters/price-desk.ts";
import { createTaxDesk } from "../../src/pricing/adapters/tax-desk.ts";
import { createVoucherDesk } from "../../src/vouchers/adapters/voucher-desk.ts";
import { fillCatalogue, HANDLE, SKU } from "./every-route.ts";
import { publicShop } from "./public-shop.ts";

/** The storefront with its back office. */
export const shop = publicShop(() => Date.now());
/** Staff's desk for prices. */
export const desk = createPriceDesk({ db: env.DB, shopCurrency: "EUR", now: () => Date.now() });

/** A market with one country and one way of delivery. */
export type Place = {
  readonly marketId: string;
  readonly prefix: string;
  readonly currency: string;
  readonly country: string;
  readonly isTaxAdded: boolean;
  readonly taxRatePpm: number;
  readonly deliveryMinor: number;
};
/** Currencies of 2, 2, 0 and 3 digits; tax in the prices and on top. */
export const PLACES: readonly Place[] = [
  {
    marketId: "home",
    prefix: "",
    currency: "EUR",
    country: "DE",
    isTaxAdded: false,
    taxRatePpm: 190_000,
    deliveryMinor: 490,
  },
  {
    marketId: "ch",
    prefix: "/ch-de",
    currency: "CHF",
    country: "CH",
    isTaxAdded: false,
    taxRatePpm: 81_000,
    deliveryMinor: 895,
  },
  {
    marketId: "jp",
    prefix: "/jp-en",
    currency: "JPY",
    country: "JP",
    isTaxAdded: true,
    taxRatePpm: 100_000,
    deliveryMinor: 803,
  },
  {
    marketId: "kw",
    prefix: "/kw-en",
    currency: "KWD",
    country: "KW",
    isTaxAdded: true,
    taxRatePpm: 72_500,
    deliveryMinor: 1_755,
  },
];
/** The market as staff save it. */
export const market = (
  { marketId, prefix, currency, country, isTaxAdded }: Place,
  exchangeRatePpm: number,
) => ({
  marketId,
  name: country,
  currency,
  countries: [country],
  defaultLocale: `en-${country}`,
  locales: [`en-${country}`],
  pricesIncludeTax: !isTaxAdded,
  rounding: { stepMinor: 1, endingMinor: 0 },
  exchangeRatePpm,
  pathPrefix: prefix.slice(1, 3),
  isDefault: false,
});
const STOCKED: StockFact = {
  sku: SKU,
  onHand: 10_000,
  held: 0,
  damaged: 0,
  safety: 0,
  incoming: 0,
  inTransit: 0,
  available: 10_000,
  orderable: 10_000,
  arrangement: 0,
  policy: { kind: "deny" },
  version: 1,
  changedAtMs: 1_780_000_000_000,
};
const CALL = { traceparent: "", actor: "test" };

/** One product with lists, steps, coupons, delivery and tax in all of {@link PLACES}. */
export async function fillMarkets(): Promise<void> {
  await fillCatalogue();
  await applyStockFacts(env.DB, [STOCKED]);
  await env.STOCK.getByName(SKU).adjust(
    { adjustmentId: "adj-shown", kind: "received", quantity: 10_000, reason: "test" },
    CALL,
  );
  await env.DB.batch([
    env.DB.prepare("DELETE FROM delivery_methods WHERE true"),
    ...PLACES.map(({ currency, country, deliveryMinor }) =>
      env.DB.prepare(
        `INSERT INTO delivery_methods (method_id, name, carrier, countries, currency, price_minor, min_days, max_days, cutoff_hour, position, is_active)
         VALUES (?1, 'Standard', 'Post', ?2, ?3, ?4, 2, 4, 15, 1, 1)`,
      ).bind(`post-${country}`, JSON.stringify([country]), currency, deliveryMinor),
    ),
  ]);
  for (const { country, taxRatePpm } of PLACES)
    await createTaxDesk(env.DB).saveCountry(country, {
      rates: [{ country, taxClass: "standard", ratePpm: taxRatePpm }],
    });
  const [, , japan, kuwait] = PLACES;
  if (japan) await desk.saveMarket(market(japan, 161_730_000));
  if (kuwait) await desk.saveMarket(market(kuwait, 331_337));
  await desk.saveList({
    listId: "sale",
    title: "Sale",
    kind: "sale",
    status: "active",
    priority: 5,
    percentOffPpm: 153_000,
  });
  await desk.saveList({ listId: "steps", title: "Steps", kind: "price", status: "active", priority: 9 });
  await desk.putEntries("steps", [
    { sku: SKU, minQuantity: 5, price: { kind: "percent", percentOffPpm: 217_000 } },
    { sku: SKU, minQuantity: 12, price: { kind: "percent", percentOffPpm: 333_333 } },
  ]);
  const vouchers = createVoucherDesk({
    db: env.DB,
    vouchers: objectNamespace<VoucherRpc>(env.VOUCHERS),
    secret: "test",
  });
  const coupon = {
    kind: "coupon",
    note: "",
    currencies: [],
    countries: [],
    productHandles: [],
    collectionHandles: [],
    isDisabled: false,
    isCombinable: false,
  } as const;
  for (const [code, ppm] of [
    ["SEVENTH", 142_857],
    ["ODD", 33_333],
  ] as const)
    expect(
      (await vouchers.saveCoupon({ terms: { ...coupon, code, benefit: { kind: "percent", ppm } } }, CALL)).ok,
    ).toBe(true);
}

/** As the API shows it. */
export type Money = { readonly currency: string; readonly amountMinor: number };
type Line = {
  readonly unitPrice: Money;
  readonly total: Money;
  readonly discount: Money;
  readonly tax: Money;
};
/** A cart, checkout or draft, as far as money goes. */
export type Priced = {
  readonly id: string;
  readonly lines: readonly Line[];
  readonly items: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
};
type Product = {
  readonly variants: readonly {
    readonly price: Money;
    readonly priceSteps?: readonly { readonly minQuantity: number; readonly price: Money }[];
  }[];
};

type Sent = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

/** Sends JSON to the shop or its back office. */
export async function send(method: string, path: string, { body, headers = {} }: Sent = {}) {
  const answer = await shop.visit(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), ...headers },
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
/** The same, where anything but success fails the test. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { status, text } = await send(method, path, body === undefined ? {} : { body });
  expect(status, `${method} ${path}: ${text.slice(0, 300)}`).toBeLessThan(300);
  return JSON.parse(text) as T;
}

const REGIONS: Readonly<Record<string, object>> = { JP: { region: "Tokyo" } };
/** An address that this country's form takes. */
export const address = (country: string) => ({
  fullName: "Mira Beispiel",
  line1: "Lindenallee 12",
  city: "Town",
  postalCode: { DE: "10405", CH: "8001", AT: "1010", JP: "100-0001", KW: "13001" }[country],
  ...REGIONS[country],
});

/** What a shopper is shown on the way, ready to be paid. */
export async function shownTo(
  { marketId, prefix, country }: Place,
  quantity: number,
  codes: readonly string[],
) {
  const product = await call<Product>("GET", `${prefix}/api/products/${HANDLE}`);
  const [variant] = product.variants;
  const step = [...(variant?.priceSteps ?? [])].reverse().find((one) => one.minQuantity <= quantity);
  const { id } = await call<Priced>("POST", "/api/carts", { market: marketId });
  await call<Priced>("POST", `/api/carts/${id}/lines`, { sku: SKU, quantity });
  for (const code of codes) await call("POST", `/api/carts/${id}/codes`, { code });
  const cart = await call<Priced>("GET", `/api/carts/${id}`);
  const opened = await call<Priced>("POST", "/api/checkouts", { cartId: id });
  const path = `/api/checkouts/${opened.id}`;
  await call("PATCH", path, { email: "mira@example.com", country, address: address(country) });
  await call("PATCH", path, { deliveryMethodId: `post-${country}` });
  return { unitPrice: step?.price, cart, path, checkout: await call<Priced>("GET", path) };
}
