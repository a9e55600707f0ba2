export {
  type GateRpc,
  type LineOverview,
  type LinePosition,
  type LineRefusal,
  type LineSettings,
  type OrderEnd,
  type PassRequest,
} from "./contract.ts";
