export type * from "./contract.ts";
export { VOUCHER_CHANGED } from "./contract.ts";
export {
  assessCodes,
  labelOf,
  type AssessedCode,
  type Assessment,
  type BasketFacts,
  type CodeStatus,
} from "./domain/assess.ts";
export { MAX_TYPED_CHARACTERS } from "./domain/limits.ts";
export type * from "./app/voucher-desk.ts";
export { showSecretCode } from "./domain/codes.ts";
export { availableMinor, usesLeft } from "./domain/voucher.ts";
