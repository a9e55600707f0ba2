export type * from "./contract.ts";
export { DEFAULT_LOCATION, STOCK_CHANGED } from "./contract.ts";
