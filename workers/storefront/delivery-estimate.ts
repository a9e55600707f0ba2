import type { Context } from "hono";
import type { ProductView } from "#catalog";
import { epochMs } from "#kernel";
import { readTogether } from "#platform";
import { deliveryOptions } from "#shipping";
import type { DeliveryEstimate } from "#web";
import { deliveryMethodsRead } from "../../src/shipping/adapters/delivery-methods-read.ts";
import { clockOf, envOf, SHOP_COUNTRY, SHOP_LOCALE } from "./compose.ts";

/**
 * When a product arrives and what that costs in the shop's home market, by the merchant's first way of delivery; the
 * same sum as in the checkout. `undefined` when nothing is sent there.
 */
export async function deliveryEstimate(
  c: Context,
  product: ProductView,
): Promise<DeliveryEstimate | undefined> {
  const env = envOf(c);
  const [methods] = await readTogether(env.DB, [deliveryMethodsRead(env.DB)]);
  const [option] = deliveryOptions({
    methods,
    country: SHOP_COUNTRY,
    currency: product.currency,
    itemsMinor: product.priceMinMinor,
    now: clockOf(env.SHOP_TIME_ZONE)(epochMs(Date.now())),
    ...(product.expectedAt === undefined ? {} : { goodsFrom: product.expectedAt }),
  });
  if (!option) return undefined;
  const countryName =
    new Intl.DisplayNames([SHOP_LOCALE], { type: "region" }).of(SHOP_COUNTRY) ?? SHOP_COUNTRY;
  return {
    earliestDate: option.earliestDate,
    latestDate: option.latestDate,
    priceMinor: option.priceMinor,
    countryName,
    ...(option.freeFromMinor === undefined ? {} : { freeFromMinor: option.freeFromMinor }),
    ...(option.cutoffHour === undefined ? {} : { cutoffHour: option.cutoffHour }),
  };
}
