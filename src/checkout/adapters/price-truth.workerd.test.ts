import { env } from "cloudflare:workers";
import type { SellableVariant } from "#catalog";
import type { D1Read } from "#platform";
import { beforeEach, describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import type { VoucherView } from "#vouchers";
import { marketRead } from "../../pricing/adapters/market-rows.ts";
import { resolvedPricesRead } from "../../pricing/adapters/resolved-read.ts";
import { customerTermsRead } from "../../customers/adapters/customer-rows.ts";
import { taxRatesRead } from "../../pricing/adapters/tax-rates-read.ts";
import { deliveryMethodsRead } from "../../shipping/adapters/delivery-methods-read.ts";
import { membershipsRead } from "../../catalog/adapters/membership-read.ts";
import { projectVouchers } from "../../vouchers/adapters/voucher-projector.ts";
import { findVoucherByCode, vouchersRead } from "../../vouchers/adapters/vouchers-read.ts";
import { heron, HERON_ID } from "../../../test/support/fake-prices.ts";
import { createPriceTruth } from "./price-truth.ts";

beforeEach(async () => {
  await env.DB.batch([
    env.DB.prepare("DELETE FROM tax_rates"),
    env.DB.prepare("DELETE FROM delivery_methods"),
    env.DB.prepare(
      "INSERT INTO tax_rates (country, tax_class, rate_ppm) VALUES ('DE', 'standard', 190000), ('AT', 'standard', 200000)",
    ),
    env.DB.prepare(
      `INSERT INTO delivery_methods (method_id, name, carrier, countries, currency, price_minor, free_from_minor, min_days, max_days, cutoff_hour, position, is_active)
       VALUES ('express', 'Express', 'Post', '["DE"]', 'EUR', 990, NULL, 1, 1, 12, 2, 1),
              ('post', 'Standard', 'Post', '["DE","AT"]', 'EUR', 490, 6000, 2, 4, 15, 1, 1),
              ('old', 'Old', 'Post', '["DE"]', 'EUR', 1, NULL, 1, 1, 12, 0, 0)`,
    ),
  ]);
});

/** A database that counts its round trips. */
function countingDb(): { readonly db: D1Database; readonly trips: () => number } {
  let trips = 0;
  const db = new Proxy(env.DB, {
    get(target, name) {
      if (name === "batch" || name === "exec") trips += 1;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
  return { db, trips: () => trips };
}

const isHeron = (text: string): D1Read<readonly SellableVariant[]> => ({
  statement: env.DB.prepare("SELECT ?1 IN (?2, 'HERON-A3') AS isHeron").bind(text, HERON_ID),
  parse: (rows) => ((rows as { isHeron: number }[])[0]?.isHeron === 1 ? [heron()] : []),
});

const NOW_MS = 1_795_000_000_000;
let refreshed: (readonly string[])[] = [];
/** What somebody who works prices out again would write. */
async function refresh(variantIds: readonly string[]): Promise<void> {
  refreshed.push(variantIds);
  await env.DB.prepare(
    "UPDATE resolved_prices SET base_minor = 3400, amount_minor = 3000, valid_until_ms = NULL",
  ).run();
}
const resolve = (baseMinor: number, validUntilMs: number | null) =>
  env.DB.prepare(
    `INSERT OR REPLACE INTO resolved_prices (variant_id, market_id, customer_group, min_quantity, amount_minor, base_minor,
       valid_until_ms, product_number) VALUES (?1, 'home', '', 1, 2000, ?2, ?3, 1)`,
  )
    .bind(HERON_ID, baseMinor, validUntilMs)
    .run();

const truth = (db = env.DB) =>
  createPriceTruth(db, {
    variants: (_, { variantIds, sku }) => isHeron(sku ?? variantIds[0] ?? ""),
    market: marketRead,
    prices: resolvedPricesRead,
    refreshPrices: (_, variantIds) => refresh(variantIds),
    now: () => NOW_MS,
    taxRates: taxRatesRead,
    customer: customerTermsRead,
    shopCurrency: "EUR",
    deliveryMethods: deliveryMethodsRead,
    vouchers: vouchersRead,
    collections: membershipsRead,
  });

const NOTHING = { variantIds: [], country: "DE" };

describe("a resolved price that does not hold any more", () => {
  it.each([
    ["holds and is used as it is", 3400, null, 2000, 0],
    ["holds until its list ends", 3400, NOW_MS + 1, 2000, 0],
    ["was worked out from another price", 3300, null, 3000, 1],
    ["is of a list that has just ended", 3400, NOW_MS, 3000, 1],
  ])("%s", async (_case, baseMinor, validUntilMs, expected, times) => {
    refreshed = [];
    await resolve(baseMinor, validUntilMs);
    const { terms } = await truth().read({ variantIds: [HERON_ID], country: "DE" });
    expect(terms?.prices[0]?.amountMinor).toBe(expected);
    expect(refreshed).toEqual(times === 0 ? [] : [[HERON_ID]]);
    await env.DB.prepare("DELETE FROM resolved_prices").run();
  });
});

describe("the price truth", () => {
  it("reads the country's tax, active ways of delivery in order, and the variants", async () => {
    const { taxRates, methods, variants } = await truth().read({
      variantIds: [HERON_ID, HERON_ID],
      country: "DE",
    });
    expect(taxRates).toEqual([{ country: "DE", taxClass: "standard", ratePpm: 190_000 }]);
    expect(methods.map((method) => method.methodId)).toEqual(["post", "express"]);
    expect(methods[0]).toMatchObject({ countries: ["DE", "AT"], freeFromMinor: 6000, isActive: true });
    expect(methods[1]).not.toHaveProperty("freeFromMinor");
    expect(variants).toHaveLength(1);
  });

  it("knows no tax for a country outside the tax area", async () => {
    expect((await truth().read({ variantIds: [], country: "' OR 1=1 --" })).taxRates).toEqual([]);
  });

  it("finds what is sold under a SKU, or nothing", async () => {
    expect((await truth().variantOfSku("HERON-A3", NOTHING))?.variantId).toBe(HERON_ID);
    expect(await truth().variantOfSku("NOPE", NOTHING)).toBeUndefined();
  });

  it("is one round trip, and none for what the same request has read already", async () => {
    const { db, trips } = countingDb();
    const prices = truth(db);
    const found = await prices.variantOfSku("HERON-A3", NOTHING);
    const read = await prices.read({ variantIds: [found?.variantId ?? ""], country: "DE" });
    expect({ trips: trips(), variants: read.variants.length, rates: read.taxRates.length }).toEqual({
      trips: 1,
      variants: 1,
      rates: 1,
    });
    await prices.read({ variantIds: [HERON_ID], country: "AT" });
    await prices.read({ variantIds: [HERON_ID, "var_other"], country: "AT" });
    expect(trips()).toBe(3);
  });

  it("reads the copies of a cart's vouchers in the same round trip", async () => {
    const coupon: VoucherView = {
      voucherId: "coupon:TRUTH",
      terms: {
        kind: "coupon",
        code: "TRUTH",
        note: "",
        benefit: { kind: "percent", ppm: 100_000 },
        isDisabled: false,
        isCombinable: false,
        currencies: [],
        countries: [],
        productHandles: [],
        collectionHandles: [],
      },
      usedCount: 3,
      held: 1,
      balanceMinor: 0,
      version: 5,
      updatedAt: epochMs(1_795_000_000_000),
    };
    await projectVouchers(env.DB, [coupon]);
    await projectVouchers(env.DB, [{ ...coupon, usedCount: 0, version: 4 }]);
    const read = await truth().read({
      variantIds: [HERON_ID],
      country: "DE",
      voucherIds: ["coupon:TRUTH", "coupon:NOPE"],
    });
    expect(read.vouchers).toEqual([coupon]);
    expect(read.collections).toEqual([]);
    expect(await findVoucherByCode(env.DB, " truth ")).toEqual(coupon);
    expect(await findVoucherByCode(env.DB, "7kqm-0000-0000-0000-0000")).toBeUndefined();
  });
});
