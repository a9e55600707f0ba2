import type { Result } from "#kernel";
import type { CallContext, Destination } from "#platform";
import type {
  CancelOrder,
  EditPreview,
  EditRequest,
  ManualSettlement,
  NoteRequest,
  OrderAudit,
  OrderEventPage,
  OrderRefusal,
  ParcelScan,
  PlacedReply,
  PlacementRefusal,
  PlaceOrder,
  RefundRequest,
  ReturnClosing,
  ReturnDecision,
  ReturnReceipt,
  ReturnRefusal,
  ReturnRequest,
  TagsRequest,
} from "./contract-commands.ts";
import type { LedgerEntry } from "./contract-payment.ts";
import type { OrderEventType, OrderView, Parcel } from "./contract-view.ts";

/** What crosses to and from an order object. Its name is the order id, made from (checkout, Idempotency-Key). */
export type * from "./contract-draft.ts";
export type * from "./contract-payment.ts";
export type * from "./contract-view.ts";
export type * from "./contract-commands.ts";

/** What is to become of what is held for an order: it is extended, committed or freed. */
export type OrderFateAnswer = "live" | "committing" | "cancelled" | "unknown";
/** What a stock or voucher object is told. `quietForMs`: milliseconds in which only the order itself has news to tell. */
export type HoldFateAnswer = { readonly fate: OrderFateAnswer; readonly quietForMs?: number };

/** The order after a change, or why there was none. */
export type OrderAnswer = Result<OrderView, OrderRefusal>;

/** Every method may be repeated with the same arguments (the same ids) and changes nothing then. */
export type OrderRpc = {
  place(command: PlaceOrder, call: CallContext): Promise<Result<PlacedReply, PlacementRefusal>>;
  /** The stored reply for this request; `order_unknown` when nothing was placed under this key. */
  replay(requestHash: string): Promise<Result<PlacedReply, PlacementRefusal>>;
  /** A webhook, or the buyer's return from the payment page, says that there is news: the object asks the provider. */
  settle(call: CallContext): Promise<OrderAnswer>;
  /** The same for a caller that does not want to know how the order stands; one that does not exist has nothing to ask. */
  hear(call: CallContext): Promise<void>;
  view(): Promise<OrderAnswer>;
  /** The view, when `accessKey` is the order's own. */
  viewWithKey(accessKey: string): Promise<OrderAnswer>;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Calls off the whole order: before capture by release and void, after it by taking units back and refunding. */
  cancel(command: CancelOrder, call: CallContext): Promise<OrderAnswer>;
  startFulfilment(parcel: Omit<Parcel, "status">, call: CallContext): Promise<OrderAnswer>;
  /** Idempotent by `scanId`; an older scan never moves a parcel back. */
  recordScan(scan: ParcelScan, call: CallContext): Promise<OrderAnswer>;

  /** Never more than was taken, whatever comes at once. A failed refund frees its amount and raises a flag. */
  refund(command: RefundRequest, call: CallContext): Promise<OrderAnswer>;
  /** What an edit would do to the order as it stands; refused as {@link OrderRpc.applyEdit} would be. Stores nothing. */
  proposeEdit(command: EditRequest): Promise<Result<EditPreview, OrderRefusal>>;
  /** Starts the edit: holds what it adds, has a difference paid, then applies it whole. Poll `view().edit`. */
  applyEdit(command: EditRequest, call: CallContext): Promise<OrderAnswer>;
  /** Ends the open edit and frees what it holds; refused once its units are being taken. */
  abandonEdit(
    command: { readonly editId: string; readonly reason: string },
    call: CallContext,
  ): Promise<OrderAnswer>;

  requestReturn(command: ReturnRequest, call: CallContext): Promise<OrderAnswer>;
  approveReturn(command: ReturnDecision, call: CallContext): Promise<OrderAnswer>;
  declineReturn(command: ReturnRefusal, call: CallContext): Promise<OrderAnswer>;
  /** Puts units back on the shelf or writes them off. Idempotent by `receiptId`. */
  receiveReturn(command: ReturnReceipt, call: CallContext): Promise<OrderAnswer>;
  /** Refunds what came back and ends the return. */
  closeReturn(command: ReturnClosing, call: CallContext): Promise<OrderAnswer>;

  addNote(command: NoteRequest, call: CallContext): Promise<OrderAnswer>;
  removeNote(noteId: string, call: CallContext): Promise<OrderAnswer>;
  /** Replaces the tags; they are trimmed, lower-cased, sorted and made unique. */
  setTags(command: TagsRequest, call: CallContext): Promise<OrderAnswer>;
  /** A bank transfer has arrived, cash was taken, or a person vouches for a payment that the provider disputes. */
  settleManually(command: ManualSettlement, call: CallContext): Promise<OrderAnswer>;
  /** From `needs_attention` after a refused capture: asks the provider again under a new key. */
  retryCapture(call: CallContext): Promise<OrderAnswer>;
  /** A person has dealt with a flag. */
  clearAttention(
    flag: { readonly code: string; readonly reference: string },
    call: CallContext,
  ): Promise<OrderAnswer>;

  /** Of the order as placed (part 0, the default) or of its n-th edit. */
  fateOf(part?: number): Promise<OrderFateAnswer>;
  /** The same for whoever keeps a hold that has passed its deadline. */
  fateOfHold(part: number): Promise<HoldFateAnswer>;
  /** The log from `after` (exclusive, 0 for the start); at most 200 events. Empty for an order that was never placed. */
  events(page: { readonly after: number; readonly limit: number }): Promise<OrderEventPage>;
  audit(): Promise<Result<OrderAudit, OrderRefusal>>;
  acknowledge(destination: Destination, sequences: readonly number[]): Promise<void>;
};

/** Events each queue gets: every one is projected, few ship or mail. Those after which units may go out: */
export const SHIPPING_EVENTS: readonly OrderEventType[] = [
  "order.confirmed",
  "order.edit_applied",
  "order.edit_abandoned",
];
export const NOTIFICATION_EVENTS: readonly OrderEventType[] = [
  "order.confirmed",
  "order.shipped",
  "order.delivered",
  "order.cancelled",
  "order.payment_unknown",
  "order.refund_paid",
  "order.edit_payment_changed",
  "order.edit_applied",
  "order.return_requested",
  "order.return_approved",
  "order.return_declined",
  "order.return_received",
];

/** Name of the cookie that carries an order's access key; it is scoped to the order's own paths. */
export const ORDER_COOKIE = "kerbside_order";
/** Seconds that a browser keeps it: as long as returns and questions may take. */
export const ORDER_COOKIE_SECONDS = 90 * 24 * 60 * 60;
