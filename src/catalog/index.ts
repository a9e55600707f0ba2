export type * from "./contract.ts";
export { PRODUCT_SORTS } from "./contract.ts";
