export type * from "./contract.ts";
export type { IndexFollow, IndexSource, ListingPorts } from "./app/ports.ts";
export { filterFound } from "./app/filter-found.ts";
export { listFound, type FoundPorts, type FoundRequest } from "./app/list-found.ts";
export { isFiltered, listProducts, type ListingRequest } from "./app/list-products.ts";
export {
  FILTER_PREFIX,
  PRICE_FROM,
  PRICE_TO,
  filterParameters,
  readFilters,
  shortDecimal,
  type FilterReading,
} from "./filters.ts";
