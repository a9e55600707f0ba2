export type * from "./contract.ts";
export { VOUCHER_CHANGED } from "./contract.ts";
