export type * from "./contract.ts";
export { SEARCH_SORTS } from "./contract.ts";
export type * from "./app/ports.ts";
