import type {
  CancelOrder,
  EditRequest,
  ManualSettlement,
  NoteRequest,
  Parcel,
  ParcelScan,
  PaymentOutcome,
  PlaceOrder,
  RefundOutcome,
  RefundRequest,
  ReturnClosing,
  ReturnDecision,
  ReturnReceipt,
  ReturnRefusal,
  ReturnRequest,
  Shortage,
  TagsRequest,
  VoucherRefusalReason,
} from "../contract.ts";

/** What may be asked of an order. Steps record what a call outside found; the rest comes from people and systems. */
export type OrderCommand = RecordCommand | PersonCommand;

/** `part` 0 is the placement, part n the n-th edit: a late answer for another part changes nothing. */
export type RecordCommand =
  | { readonly kind: "record-holds"; readonly result: HoldResult; readonly part?: number }
  | { readonly kind: "record-payment"; readonly outcome: PaymentOutcome; readonly part?: number }
  | { readonly kind: "record-commit"; readonly isComplete: boolean; readonly part?: number }
  | { readonly kind: "record-capture"; readonly outcome: PaymentOutcome; readonly part?: number }
  | { readonly kind: "record-void"; readonly outcome: PaymentOutcome; readonly part?: number }
  | { readonly kind: "record-release"; readonly part?: number }
  | {
      readonly kind: "record-refund";
      readonly movementId: string;
      readonly outcome: RefundOutcome;
    }
  | { readonly kind: "record-take-back"; readonly returnIds: readonly string[] };

export type PersonCommand =
  | { readonly kind: "place"; readonly order: PlaceOrder }
  | ({ readonly kind: "cancel" } & CancelOrder)
  | { readonly kind: "start-fulfilment"; readonly parcel: Omit<Parcel, "status"> }
  | { readonly kind: "record-scan"; readonly scan: ParcelScan }
  | ({ readonly kind: "refund" } & RefundRequest)
  | ({ readonly kind: "apply-edit" } & EditRequest)
  | { readonly kind: "abandon-edit"; readonly editId: string; readonly reason: string }
  | ({ readonly kind: "request-return" } & ReturnRequest)
  | ({ readonly kind: "approve-return" } & ReturnDecision)
  | ({ readonly kind: "decline-return" } & ReturnRefusal)
  | ({ readonly kind: "receive-return" } & ReturnReceipt)
  | ({ readonly kind: "close-return" } & ReturnClosing)
  | ({ readonly kind: "add-note"; readonly author: string } & NoteRequest)
  | { readonly kind: "remove-note"; readonly noteId: string }
  | ({ readonly kind: "set-tags" } & TagsRequest)
  | ({ readonly kind: "settle-manually" } & ManualSettlement)
  | { readonly kind: "retry-capture" }
  | { readonly kind: "clear-attention"; readonly code: string; readonly reference: string };

export type CommandOf<Kind extends OrderCommand["kind"]> = Extract<OrderCommand, { kind: Kind }>;

export type HoldResult =
  | { readonly kind: "held" }
  | { readonly kind: "short"; readonly shortages: readonly Shortage[] }
  | {
      readonly kind: "voucher-refused";
      readonly voucherId: string;
      readonly reason: VoucherRefusalReason;
    }
  | { readonly kind: "unavailable" };

/** Whether a recorded outcome leaves the question open: the provider said nothing that can be believed. */
export const isOutcomeOpen = (command: OrderCommand): boolean =>
  "outcome" in command && (command.outcome.kind === "unknown" || command.outcome.kind === "not_sent");
