export type * from "./contract.ts";
export { splitOverLines } from "./domain/discounts.ts";
export { quote, type PricedLine, type QuoteInput } from "./domain/quote.ts";
export { taxRatePpm } from "./domain/tax-table.ts";
