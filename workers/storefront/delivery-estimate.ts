import type { Context } from "hono";
import type { ProductView, VariantView } from "#catalog";
import { epochMs } from "#kernel";
import { readTogether } from "#platform";
import { deliveryOptions, type DeliveryMethod, type DeliveryOption } from "#shipping";
import type { DeliveryPlace, DeliveryWays, MarketVariables } from "#storefront";
import { speechOf, type DeliveryCountry, type DeliveryEstimate, type Speech } from "#web";
import { cleanPostcode, COUNTRY_CODES } from "../../src/checkout/app/address-book.ts";
import { deliveryMethodsRead } from "../../src/shipping/adapters/delivery-methods-read.ts";
import { clockOf, envOf, publicDb, SHOP_COUNTRY } from "./compose.ts";

/** Where the estimate of a page goes: the first country of its market, which for the home market is the shop's own. */
const countryOf = (c: Context): string =>
  (c.get("marketView") as MarketVariables["marketView"])?.market.countries[0] ?? SHOP_COUNTRY;

/**
 * When a product arrives and what that costs in the market of the page, by the merchant's first way of delivery; the same
 * sum as in the checkout. `undefined` when nothing is sent there.
 */
export async function deliveryEstimate(
  c: Context,
  product: ProductView,
): Promise<DeliveryEstimate | undefined> {
  const methods = await methodsOf(c);
  const country = countryOf(c);
  const [option] = optionsFor(c, methods, { product, country });
  if (!option) return undefined;
  const estimate = estimateOf(speechOf(c), option, country);
  // The hour is one of the shop's clock, which says nothing to somebody across an ocean.
  const { cutoffHour: _hour, ...dated } = estimate;
  const countries = countriesOf(c, methods, product.currency);
  return { ...(country === SHOP_COUNTRY ? estimate : dated), countries };
}

/** The ways to one postcode, in the merchant's order; the same sum as in the checkout. */
export async function deliveryWays(
  c: Context,
  { product, variant, country, postcode: typed }: DeliveryPlace,
): Promise<DeliveryWays> {
  const methods = await methodsOf(c);
  const countries = countriesOf(c, methods, product.currency);
  const postcode = cleanPostcode(country, typed);
  if (postcode === undefined || !COUNTRY_CODES.includes(country))
    return { countries, countryName: undefined, isPostcode: false, ways: [] };
  const ways = optionsFor(c, methods, { product, variant, country, postcode }).map((option) => ({
    ...estimateOf(speechOf(c), option, country),
    name: option.name,
  }));
  return { countries, countryName: speechOf(c).country(country), isPostcode: true, ways };
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

const estimateOf = (
  { countryInSentence }: Speech,
  option: DeliveryOption,
  country: string,
): DeliveryEstimate => ({
  countryCode: country,
  earliestDate: option.earliestDate,
  latestDate: option.latestDate,
  priceMinor: option.priceMinor,
  countryName: countryInSentence(country),
  ...(option.freeFromMinor === undefined ? {} : { freeFromMinor: option.freeFromMinor }),
  ...(option.cutoffHour === undefined ? {} : { cutoffHour: option.cutoffHour }),
});

/** Every country that some way goes to; that of the estimate first, the others by name. */
function countriesOf(
  c: Context,
  methods: readonly DeliveryMethod[],
  currency: string,
): readonly DeliveryCountry[] {
  const { country: nameOf, locale } = speechOf(c);
  const first = countryOf(c);
  const codes = new Set(methods.flatMap((method) => (method.currency === currency ? method.countries : [])));
  return [...codes]
    .map((code) => ({ code, name: nameOf(code) }))
    .sort(
      (left, right) =>
        Number(right.code === first) - Number(left.code === first) ||
        left.name.localeCompare(right.name, locale),
    );
}
