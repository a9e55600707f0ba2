/** What the back office uses of the checkout: pricing an order again, and orders that staff write. */
export { repriceOrder, repriceRequest, type OrderChanges, type RepriceRefusal } from "./app/reprice-order.ts";
export {
  addressForm,
  addressLabel,
  COUNTRY_CODES,
  parseAddress,
  parseEmail,
  type AddressField,
  type AddressInput,
  type FieldMistake,
} from "./app/address-book.ts";
export type { PriceTruth } from "./app/ports.ts";
export type { PricedStaffDraft, StaffDraft, StaffDraftDocument } from "./app/staff-draft.ts";
export {
  cancelStaffDraft,
  changeStaffDraft,
  createStaffDraft,
  marketOfDraft,
  placeStaffDraft,
  viewStaffDraft,
  type StaffDraftPorts,
  type StaffDraftRefusal,
} from "./app/staff-draft-desk.ts";
