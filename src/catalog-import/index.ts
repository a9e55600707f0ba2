export type * from "./contract.ts";
export { IMPORT_POLICIES, IMPORT_STATES } from "./contract.ts";
export type { ImportPorts, ProductRefusal, StockCount } from "./app/ports.ts";
export type { ImportDesk } from "./app/desk.ts";
export { startImport, type ImportRequest } from "./app/start-import.ts";
