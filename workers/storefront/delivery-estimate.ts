import type { Context } from "hono";
import type { ProductView, VariantView } from "#catalog";
import { epochMs } from "#kernel";
import { readTogether } from "#platform";
import { deliveryOptions, type DeliveryMethod, type DeliveryOption } from "#shipping";
import type { DeliveryPlace, DeliveryWays } from "#storefront";
import type { DeliveryCountry, DeliveryEstimate } from "#web";
import { cleanPostcode, COUNTRY_CODES } from "../../src/checkout/app/address-book.ts";
import { deliveryMethodsRead } from "../../src/shipping/adapters/delivery-methods-read.ts";
import { clockOf, envOf, publicDb, SHOP_COUNTRY, SHOP_LOCALE } from "./compose.ts";

// Building it costs more than reading it.
const COUNTRY_NAMES = new Intl.DisplayNames([SHOP_LOCALE], { type: "region" });
const nameOf = (country: string): string => COUNTRY_NAMES.of(country) ?? country;

/**
 * When a product arrives and what that costs in the shop's home market, by the merchant's first way of delivery; the
 * same sum as in the checkout. `undefined` when nothing is sent there.
 */
export async function deliveryEstimate(
  c: Context,
  product: ProductView,
): Promise<DeliveryEstimate | undefined> {
  const methods = await methodsOf(c);
  const [option] = optionsFor(c, methods, { product, country: SHOP_COUNTRY });
  if (!option) return undefined;
  return { ...estimateOf(option, SHOP_COUNTRY), countries: countriesOf(methods, product.currency) };
}

/** The ways to one postcode, in the merchant's order; the same sum as in the checkout. */
export async function deliveryWays(
  c: Context,
  { product, variant, country, postcode: typed }: DeliveryPlace,
): Promise<DeliveryWays> {
  const methods = await methodsOf(c);
  const countries = countriesOf(methods, product.currency);
  const postcode = cleanPostcode(country, typed);
  if (postcode === undefined || !COUNTRY_CODES.includes(country))
    return { countries, countryName: undefined, isPostcode: false, ways: [] };
  const ways = optionsFor(c, methods, { product, variant, country, postcode }).map((option) => ({
    ...estimateOf(option, country),
    name: option.name,
  }));
  return { countries, countryName: nameOf(country), isPostcode: true, ways };
}

async function methodsOf(c: Context): Promise<readonly DeliveryMethod[]> {
  const db = publicDb(c);
  const [methods] = await readTogether(db, [deliveryMethodsRead(db)]);
  return methods;
}

type Parcel = {
  readonly product: ProductView;
  readonly variant?: VariantView | undefined;
  readonly country: string;
  readonly postcode?: string;
};

function optionsFor(
  c: Context,
  methods: readonly DeliveryMethod[],
  { product, variant, country, postcode }: Parcel,
): readonly DeliveryOption[] {
  const goodsFrom = (variant ?? product).expectedAt;
  return deliveryOptions({
    methods,
    country,
    currency: product.currency,
    itemsMinor: variant?.priceMinor ?? product.priceMinMinor,
    now: clockOf(envOf(c).SHOP_TIME_ZONE)(epochMs(Date.now())),
    ...(postcode === undefined ? {} : { postcode }),
    ...(goodsFrom === undefined ? {} : { goodsFrom }),
  });
}

const estimateOf = (option: DeliveryOption, country: string): DeliveryEstimate => ({
  earliestDate: option.earliestDate,
  latestDate: option.latestDate,
  priceMinor: option.priceMinor,
  countryName: nameOf(country),
  ...(option.freeFromMinor === undefined ? {} : { freeFromMinor: option.freeFromMinor }),
  ...(option.cutoffHour === undefined ? {} : { cutoffHour: option.cutoffHour }),
});

/** Every country that some way goes to; the shop's own first, the others by name. */
function countriesOf(methods: readonly DeliveryMethod[], currency: string): readonly DeliveryCountry[] {
  const codes = new Set(methods.flatMap((method) => (method.currency === currency ? method.countries : [])));
  return [...codes]
    .map((code) => ({ code, name: nameOf(code) }))
    .sort(
      (left, right) =>
        Number(right.code === SHOP_COUNTRY) - Number(left.code === SHOP_COUNTRY) ||
        left.name.localeCompare(right.name, SHOP_LOCALE),
    );
}
