export {
  type GateRpc,
  type LineOverview,
  type LinePosition,
  type LineRefusal,
  type LineSettings,
  type PassRequest,
} from "./contract.ts";
