import type { OrderView } from "../contract.ts";

/** Characters of a name that are searched. */
const SEARCH_NAME_CHARACTERS = 100;

/** How staff search names and addresses: composed, in lower case, at most 100 characters. */
export const foldForSearch = (text: string): string =>
  text.normalize("NFC").trim().toLowerCase().slice(0, SEARCH_NAME_CHARACTERS);

/** The columns of an order's row in D1, but for its id and its view; the projector writes them, reconciliation compares them. */
export const orderRowOf = (view: OrderView) => ({
  number: view.orderNumber,
  status: view.status,
  email: foldForSearch(view.draft.email),
  customer_name: view.draft.address.fullName,
  search_name: foldForSearch(view.draft.address.fullName),
  country: view.draft.address.country,
  currency: view.draft.currency,
  total_minor: view.draft.totalMinor,
  item_count: view.draft.lines.reduce((sum, line) => sum + line.quantity, 0),
  payment_status: view.payment.status,
  placed_at_ms: view.placedAt,
  updated_at_ms: view.updatedAt,
  version: view.version,
  refunded_minor: view.payment.refundedMinor,
  open_returns: view.returns.filter((entry) => entry.status !== "declined" && entry.status !== "closed")
    .length,
  has_open_edit: view.edit === undefined ? 0 : 1,
});
