export type * from "./app/ports.ts";
export type { ProductText } from "./domain/text.ts";
export { keepMeaning, type KeepPorts } from "./app/keep-meaning.ts";
export { MAX_ALIKE, MAX_ASKED, MAX_COMPARED_TEXTS } from "./domain/limits.ts";
