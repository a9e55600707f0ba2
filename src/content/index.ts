export type * from "./contract.ts";
export { BLOCK_KINDS } from "./contract.ts";
export { CONTENT_TAG } from "./app/cache-tags.ts";
export type { ContentReader, ContentStore, InLanguage } from "./app/ports.ts";
export { MAX_HOME_BLOCKS, SECTIONS_LISTED_FROM } from "./domain/limits.ts";
