export {
  type Result,
  type Ok,
  type Refused,
  type RefusalShape,
  ok,
  refuse,
  andThen,
  mapOk,
} from "./result.ts";
export { Defect, invariant, unreachable } from "./invariant.ts";
export {
  type EpochMs,
  SECOND_MS,
  MINUTE_MS,
  HOUR_MS,
  DAY_MS,
  epochMs,
  after,
  toIso,
  fromIso,
} from "./time.ts";
export {
  ID_PREFIXES,
  ID_RANDOM_BYTES,
  SECRET_ID_RANDOM_BYTES,
  type Id,
  type IdPrefix,
  type ProductId,
  type VariantId,
  type CollectionId,
  type MediaId,
  type CartId,
  type CheckoutId,
  type OrderId,
  type ShipmentId,
  type ParcelId,
  type ImportJobId,
  type StaffDraftId,
  base32,
  timeCharacters,
  makeId,
  mintId,
  isId,
} from "./ids.ts";
export {
  type CurrencyCode,
  type Money,
  PPM,
  parseCurrency,
  currency,
  currencyExponent,
  money,
  addMoney,
  timesMoney,
  sumMoney,
  includedTaxMinor,
  allocate,
  parseDecimalMinor,
  toDecimal,
} from "./money.ts";
export { type CursorPart, type Page, encodeCursor, decodeCursor } from "./cursor.ts";
export { type Problem, type ProblemType, type FieldError } from "./problem.ts";
export { slugify, truncate, compareText } from "./text.ts";
export { directionOf, isLocale, localeChain } from "./locale.ts";
