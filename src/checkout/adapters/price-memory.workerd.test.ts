import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { marketRead } from "../../pricing/adapters/market-rows.ts";
import { resolvedPricesRead } from "../../pricing/adapters/resolved-read.ts";
import { customerTermsRead } from "../../customers/adapters/customer-rows.ts";
import { taxRatesRead } from "../../pricing/adapters/tax-rates-read.ts";
import { deliveryMethodsRead } from "../../shipping/adapters/delivery-methods-read.ts";
import { membershipsRead } from "../../catalog/adapters/membership-read.ts";
import { vouchersRead } from "../../vouchers/adapters/vouchers-read.ts";
import { heron, HERON_ID, towel, TOWEL_ID } from "../../../test/support/fake-prices.ts";
import { MAX_REMEMBERED, PRICE_MEMORY_MS } from "../limits.ts";
import { PriceMemory } from "./price-memory.ts";
import { createPriceTruth, type PriceReads } from "./price-truth.ts";

const NOW_MS = 1_795_000_000_000;
let now = NOW_MS;
/** Statements of each round trip. */
let trips: number[] = [];
let priceMinor = 3_400;
let listEndsAtMs: number | undefined;
let memory = new PriceMemory(() => now);

const db = new Proxy(env.DB, {
  get(target, name) {
    const member: unknown = Reflect.get(target, name);
    if (typeof member !== "function") return member;
    return (...args: unknown[]): unknown => {
      if (name === "batch") trips.push((args[0] as readonly unknown[]).length);
      return Reflect.apply(member, target, args);
    };
  },
});

const goods = () => [{ ...heron(), priceMinor }, towel()];
const READS: PriceReads = {
  variants: (_, { variantIds, sku }) => ({
    statement: env.DB.prepare("SELECT 1"),
    parse: () =>
      goods().filter((row) => variantIds.includes(row.variantId) || row.sku === sku?.toUpperCase()),
  }),
  prices: (...asked) => ({
    ...resolvedPricesRead(...asked),
    parse: () =>
      listEndsAtMs === undefined
        ? []
        : [
            {
              variantId: HERON_ID,
              customerGroup: "",
              minQuantity: 1,
              amountMinor: 2_000,
              baseMinor: priceMinor,
              validUntilMs: listEndsAtMs,
            },
          ],
  }),
  refreshPrices: async () => {
    listEndsAtMs = undefined;
  },
  market: marketRead,
  now: () => now,
  taxRates: taxRatesRead,
  customer: customerTermsRead,
  shopCurrency: "EUR",
  deliveryMethods: deliveryMethodsRead,
  vouchers: vouchersRead,
  collections: membershipsRead,
};

/** The price that another request is shown, or charged. */
const priceOf = async (options: { readonly isTill?: boolean } = {}): Promise<number | undefined> => {
  const request = { variantIds: [HERON_ID], country: "DE" };
  const { variants } = await createPriceTruth(db, READS, { memory, ...options }).read(request);
  return variants[0]?.priceMinor;
};

beforeEach(() => {
  now = NOW_MS;
  trips = [];
  priceMinor = 3_400;
  listEndsAtMs = undefined;
  memory = new PriceMemory(() => now);
});

it("shows what another request has just read, and reads again when that is two seconds old", async () => {
  await priceOf();
  priceMinor = 3_500;
  now += PRICE_MEMORY_MS - 1;
  expect(await priceOf()).toBe(3_400);
  now += 1;
  expect(await priceOf()).toBe(3_500);
  expect(trips).toEqual([5, 5]);
});

it("reads goods alone when tax, delivery and market are known, also under a SKU", async () => {
  await priceOf();
  const prices = () => createPriceTruth(db, READS, { memory });
  await prices().read({ variantIds: [HERON_ID, TOWEL_ID], country: "DE" });
  await prices().read({ variantIds: [TOWEL_ID], country: "DE" });
  const beside = { variantIds: [], country: "DE" };
  expect((await prices().variantOfSku(heron().sku.toLowerCase(), beside))?.variantId).toBe(HERON_ID);
  expect((await prices().variantOfSku(heron().sku, beside))?.variantId).toBe(HERON_ID);
  expect(trips).toEqual([5, 2, 2]);
  await prices().read({ variantIds: [HERON_ID], country: "AT" });
  expect(trips).toEqual([5, 2, 2, 5]);
});

it("never serves the till, and shows from then on what the till has read", async () => {
  await priceOf();
  priceMinor = 3_500;
  expect(await priceOf({ isTill: true })).toBe(3_500);
  expect(await priceOf()).toBe(3_500);
  expect(trips).toEqual([5, 5]);
});

it("shows in one request what its till has read, whatever was shown before", async () => {
  const session = {};
  const request = { variantIds: [HERON_ID], country: "DE" };
  const shown = createPriceTruth(db, READS, { memory, session });
  const till = createPriceTruth(db, READS, { memory, session, isTill: true });
  const priceIn = async (truth: typeof shown) => (await truth.read(request)).variants[0]?.priceMinor;
  expect(await priceIn(shown)).toBe(3_400);
  priceMinor = 3_500;
  expect([await priceIn(till), await priceIn(shown)]).toEqual([3_500, 3_500]);
});

it("does not take back a newer reading when an older one arrives late", async () => {
  const asked = { request: { variantIds: [HERON_ID], country: "DE" }, sku: undefined };
  const homeMarket = await market();
  const truth = (minor: number) => ({
    variants: [{ ...heron(), priceMinor: minor }],
    taxRates: [],
    methods: [],
    terms: { market: homeMarket, prices: [] },
  });
  memory.learnGoods(asked, truth(3_500), now);
  memory.learnGoods(asked, truth(3_400), now - 1);
  expect(memory.goods(asked)?.variants[0]?.priceMinor).toBe(3_500);
});

it("shows no price whose list has ended meanwhile", async () => {
  listEndsAtMs = now + 1_000;
  await priceOf();
  now += 1_000;
  const { terms } = await createPriceTruth(db, READS, { memory }).read({
    variantIds: [HERON_ID],
    country: "DE",
  });
  expect(terms?.prices).toEqual([]);
});

it("asks for vouchers every time, and remembers no more than its bound", async () => {
  const withCode = { variantIds: [HERON_ID], country: "DE", voucherIds: ["coupon:NOPE"] };
  for (let time = 0; time < 2; time += 1) await createPriceTruth(db, READS, { memory }).read(withCode);
  expect(trips).toEqual([7, 7]);
  await priceOf();
  const truth = { variants: [], taxRates: [], methods: [], terms: { market: await market(), prices: [] } };
  for (let number = 0; number < MAX_REMEMBERED; number += 1)
    memory.learnGoods(
      { request: { variantIds: [`var_${number}`], country: "DE" }, sku: undefined },
      truth,
      now,
    );
  expect(
    memory.goods({ request: { variantIds: [HERON_ID], country: "DE" }, sku: undefined }),
  ).toBeUndefined();
});

async function market() {
  const read = marketRead(env.DB, "");
  const { results } = await read.statement.all();
  return read.parse(results);
}
