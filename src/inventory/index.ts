export type * from "./contract.ts";
export { DEFAULT_LOCATION, STOCK_CHANGED } from "./contract.ts";
export type { StockDeskPorts } from "./app/ports.ts";
export { adjustStock, arrangementOf, readLevel, saveLocation, spreadArrangement } from "./app/stock-desk.ts";
export {
  cancelTransfer,
  createTransfer,
  dispatchTransfer,
  readTransfer,
  receiveTransfer,
} from "./app/transfer-desk.ts";
