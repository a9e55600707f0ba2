export type * from "./contract.ts";
export type {
  EntryInput,
  EntryView,
  FieldMistake,
  PriceDesk,
  PriceDeskRefusal,
  StoredMarket,
  StoredPriceList,
} from "./app/price-desk.ts";
export type { CountryTax, StoredTaxSettings, TaxDesk, TaxInputs } from "./app/tax-desk.ts";
export type { PriceInputs } from "./app/price-inputs.ts";
export { splitOverLines } from "./domain/discounts.ts";
export { quote, type PricedLine, type QuoteInput } from "./domain/quote.ts";
export { marketBaseMinor, marketOfCountry } from "./domain/market.ts";
export { marketViews, pathIn, prefixOf, readMarketPath, type MarketView } from "./domain/market-path.ts";
export { priceFor, staleVariants, stepsOf } from "./domain/price-for.ts";
export { ratesWithFallback, tableProvider, type TaxProvider } from "./app/tax-provider.ts";
export type { DestinationTax } from "./app/destination-tax.ts";
export { IMPORT_LIMIT_MINOR } from "./domain/limits.ts";
export { importLimitOf, reliefOf, type TaxBuyer, type TaxRelief } from "./domain/tax-relief.ts";
export { addedTaxMinor, deliveryRatePpm, taxRatePpm } from "./domain/tax-table.ts";
