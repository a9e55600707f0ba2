export type * from "./contract.ts";
export { SEARCH_SORTS } from "./contract.ts";
export type * from "./app/ports.ts";
export type { LearnMessage, ShopperEvent } from "./contract-events.ts";
export { isCompanion, type Reason } from "./domain/reasons.ts";
export { reasonWords, reasonWordsHere } from "./reason-words.ts";
export { MAX_SYNONYM_TERMS, REPORT_DAYS } from "./domain/limits.ts";
