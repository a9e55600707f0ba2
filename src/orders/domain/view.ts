import { unreachable } from "#kernel";
import type { OpenEdit, OrderView, PaymentView, PlacedReply } from "../contract.ts";
import { capturedMinor, legsOf, refundableMinor, refundedMinor, refundPendingMinor } from "./funds.ts";
import type { EditState, OrderState, PaymentState } from "./state.ts";

/** The order as others see it; never holds the access key. */
export function viewOf(state: OrderState): OrderView {
  const { releaseReason, attentionReason, deliveredAt, edit } = state;
  return {
    orderId: state.orderId,
    orderNumber: state.orderNumber,
    status: state.status,
    draft: state.draft,
    placedAt: state.placedAt,
    updatedAt: state.updatedAt,
    version: state.version,
    payment: paymentView(state),
    parcels: state.parcels,
    shortages: state.shortages,
    timeline: state.timeline,
    refunds: state.refunds,
    edits: state.edits.map(({ added: _added, asked: _asked, ...ended }) => ended),
    returns: state.returns.map(({ receiptIds: _receiptIds, ...entry }) => entry),
    notes: state.notes,
    tags: state.tags,
    attention: state.flags,
    ...(releaseReason === undefined ? {} : { cancelReason: releaseReason }),
    ...(attentionReason === undefined ? {} : { attentionReason }),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    ...(edit === undefined ? {} : { edit: editView(edit) }),
  };
}

function paymentView(state: OrderState): PaymentView {
  const { payment } = state;
  const taken = capturedMinor(state);
  const back = refundedMinor(state);
  const sums = {
    capturedMinor: taken,
    vouchersMinor: state.vouchersMinor,
    refundedMinor: back,
    refundPendingMinor: refundPendingMinor(state),
    refundableMinor: refundableMinor(state),
    legs: legsOf(state),
  };
  // What went back before the rest is taken (cash is still due) does not hide that it is to be taken.
  const isOver = back > 0 && payment.kind !== "authorised";
  const refundStatus = back < taken + state.vouchersMinor ? "partially_refunded" : "refunded";
  const { status, ...facts } = providerView(payment);
  return {
    provider: state.provider,
    status: isOver ? refundStatus : status,
    ...facts,
    authorisedMinor: payment.kind === "authorised" || payment.kind === "captured" ? payment.amountMinor : 0,
    ...sums,
  };
}

type ProviderFacts = Pick<
  PaymentView,
  "status" | "reference" | "cardLast4" | "redirectUrl" | "instructions" | "expiresAt" | "declineReason"
>;

/** What is known of one payment, without its amounts. */
function providerView(payment: PaymentState): ProviderFacts {
  switch (payment.kind) {
    case "none":
      return { status: "none" };
    case "requested":
      return { status: "pending" };
    case "pending":
      return {
        status: "pending",
        reference: payment.reference,
        ...(payment.redirectUrl === undefined ? {} : { redirectUrl: payment.redirectUrl }),
        ...(payment.instructions === undefined ? {} : { instructions: payment.instructions }),
        ...(payment.expiresAt === undefined ? {} : { expiresAt: payment.expiresAt }),
      };
    case "unknown":
      return {
        status: "unknown",
        ...(payment.reference === undefined ? {} : { reference: payment.reference }),
      };
    case "authorised":
    case "captured":
      return {
        status: payment.kind,
        reference: payment.reference,
        ...(payment.cardLast4 === undefined ? {} : { cardLast4: payment.cardLast4 }),
      };
    case "voided":
      return { status: "voided", reference: payment.reference };
    case "failed":
      return { status: "failed", declineReason: payment.reason };
    default:
      return unreachable(payment, "providerView");
  }
}

function editView(edit: EditState): OpenEdit {
  const { status, redirectUrl, instructions, expiresAt, declineReason } = providerView(edit.payment);
  return {
    editId: edit.editId,
    part: edit.part,
    stage: edit.stage,
    reason: edit.reason,
    draft: edit.draft,
    differenceMinor: edit.differenceMinor,
    creditMinor: edit.creditMinor,
    dueMinor: edit.dueMinor,
    payment: {
      provider: edit.provider,
      status,
      ...(redirectUrl === undefined ? {} : { redirectUrl }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(declineReason === undefined ? {} : { declineReason }),
    },
    startedAt: edit.startedAt,
  };
}

/** The reply to whoever placed the order. */
export const replyOf = (state: OrderState): PlacedReply => ({
  orderId: state.orderId,
  orderNumber: state.orderNumber,
  status: state.status,
  accessKey: state.accessKey,
  ...(state.payment.kind === "pending" && state.payment.redirectUrl !== undefined
    ? { redirectUrl: state.payment.redirectUrl }
    : {}),
});
