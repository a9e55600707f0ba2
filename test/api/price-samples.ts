/** Well-formed, and nobody's. */
export const NOBODY = `cus_${"0".repeat(26)}`;
export const DRAFT_LIST = { title: "Matrix", kind: "price", status: "draft", priority: 1, marketId: "home" };
export const draftEntries = (sku: string) => ({
  entries: [{ sku, minQuantity: 5, price: { kind: "fixed", amountMinor: 1 } }],
});

/** Right bodies for what writes markets, prices, taxes and customers, by operation. */
export const priceSamples = (sku: string): Readonly<Record<string, unknown>> => ({
  "PUT /admin/api/markets/{marketId}": HOME_MARKET,
  "PUT /admin/api/price-lists/{listId}": DRAFT_LIST,
  "PUT /admin/api/price-lists/{listId}/entries": draftEntries(sku),
  "PUT /admin/api/tax-rates/{country}": { rates: [{ taxClass: "standard", ratePpm: 190_000 }] },
  "PUT /admin/api/tax-rules/{country}": {
    rules: [{ region: "CA", taxClass: "standard", ratePpm: 72_500, taxesDelivery: false }],
  },
  "PUT /admin/api/tax-settings": {
    originCountry: "DE",
    isAboveThreshold: true,
    isIossRegistered: false,
    importLimitMinor: 15_000,
  },
  "PUT /api/carts/{cartId}/customer": { customerId: NOBODY, key: "none" },
  "POST /admin/api/customers": TRADER,
  "PUT /admin/api/customers/{customerId}": TRADER,
  "POST /admin/api/customers/{customerId}/link": { isRenewed: false },
});

const TRADER = {
  email: "trader@buyer.example",
  customerGroup: "trade",
  taxStatus: "business",
  taxId: "ATU12345678",
  note: "",
};
const HOME_MARKET = {
  name: "Europe",
  currency: "EUR",
  countries: [],
  defaultLocale: "en-GB",
  locales: ["en-GB"],
  pricesIncludeTax: true,
  rounding: { stepMinor: 1, endingMinor: 0 },
  exchangeRatePpm: 1_000_000,
  pathPrefix: "",
};
