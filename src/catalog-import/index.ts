export type * from "./contract.ts";
export { IMPORT_POLICIES, IMPORT_STATES, MAPPED_FIELDS, READINGS } from "./contract.ts";
export type { Preview, PreviewSource } from "./app/preview-file.ts";
export type { MappingInput } from "./app/mapping-input.ts";
export type { CountedLevel, ImportPorts, ProductRefusal, StockCount } from "./app/ports.ts";
export type { ImportDesk } from "./app/desk.ts";
export { startImport, type ImportRequest } from "./app/start-import.ts";
