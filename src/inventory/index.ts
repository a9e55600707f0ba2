export type * from "./contract.ts";
export { DEFAULT_LOCATION, STOCK_CHANGED } from "./contract.ts";
export { shardName, shardsOf } from "./domain/routing.ts";
export type { StockDeskPorts } from "./app/ports.ts";
export {
  adjustStock,
  announceStock,
  arrangementOf,
  readLevel,
  saveBundle,
  saveLocation,
  setSafetyStock,
  spreadArrangement,
} from "./app/stock-desk.ts";
export { isDay, parsePolicy } from "./domain/policy.ts";
export {
  cancelTransfer,
  createTransfer,
  dispatchTransfer,
  readTransfer,
  receiveTransfer,
} from "./app/transfer-desk.ts";
