export type * from "./contract.ts";
export { SEARCH_SORTS } from "./contract.ts";
export type * from "./app/ports.ts";
export type { LearnMessage, ShopperEvent } from "./contract-events.ts";
