import { ok, refuse, unreachable, type EpochMs, type Result } from "#kernel";
import type { PlacementRefusal, PlaceOrder } from "../contract.ts";
import { decideCancel, decideRetryCapture } from "./decide-cancel.ts";
import { decideClearAttention, decideNote, decideRemoveNote, decideTags } from "./decide-desk.ts";
import { decideAbandonEdit, decideApplyEdit } from "./decide-edit.ts";
import { decideEditRecord } from "./decide-edit-records.ts";
import { decideFulfilment, decideScan } from "./decide-parcel.ts";
import { decidePayment } from "./decide-payment.ts";
import { decideRefund, decideRefundOutcome, decideTakenBack } from "./decide-refund.ts";
import {
  decideApproveReturn,
  decideCloseReturn,
  decideDeclineReturn,
  decideReceipt,
  decideReturnRequest,
} from "./decide-return.ts";
import { decideCapture, decideCommit, decideHolds, decideRelease, decideVoid } from "./decide-saga.ts";
import { decideSettleManually } from "./decide-settle.ts";
import type { OrderCommand, RecordCommand } from "./commands.ts";
import type { Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { orderNumberOf, PLACEMENT, type OrderState } from "./state.ts";

/**
 * Decides what a command leads to; no events means that it was a repeat or came too late. Pure: time and outcomes are
 * input. Precedence: the order exists, the command is no repeat, it fits the status, then the command's own rules.
 */
export function decide(state: OrderState | undefined, command: OrderCommand, now: EpochMs): Decision {
  if (command.kind === "place") return decidePlace(state, command.order);
  if (!state) return refuse({ code: "order_unknown" });
  switch (command.kind) {
    case "record-holds":
    case "record-payment":
    case "record-commit":
    case "record-capture":
    case "record-void":
    case "record-release":
    case "record-refund":
    case "record-take-back":
      return decideRecord(state, command, now);
    case "cancel":
      return decideCancel(state, command, now);
    case "retry-capture":
      return decideRetryCapture(state);
    case "settle-manually":
      return decideSettleManually(state, command, now);
    case "start-fulfilment":
      return decideFulfilment(state, command.parcel);
    case "record-scan":
      return decideScan(state, command.scan, now);
    case "refund":
      return decideRefund(state, command, now);
    case "apply-edit":
      return decideApplyEdit(state, command, now);
    case "abandon-edit":
      return decideAbandonEdit(state, command);
    case "request-return":
      return decideReturnRequest(state, command, now);
    case "approve-return":
      return decideApproveReturn(state, command);
    case "decline-return":
      return decideDeclineReturn(state, command);
    case "receive-return":
      return decideReceipt(state, command);
    case "close-return":
      return decideCloseReturn(state, command, now);
    case "add-note":
      return decideNote(state, command);
    case "remove-note":
      return decideRemoveNote(state, command.noteId);
    case "set-tags":
      return decideTags(state, command);
    case "clear-attention":
      return decideClearAttention(state, command);
    default:
      return unreachable(command, "decide");
  }
}

/** The answer to a call of the order's own: of its placement, of an edit, or of money and units on their way back. */
function decideRecord(state: OrderState, command: RecordCommand, now: EpochMs): Decision {
  if ("part" in command && (command.part ?? PLACEMENT) !== PLACEMENT)
    return decideEditRecord(state, command, now);
  switch (command.kind) {
    case "record-holds":
      return decideHolds(state, command.result);
    case "record-payment":
      return decidePayment(state, command.outcome, now);
    case "record-commit":
      return decideCommit(state, command.isComplete, now);
    case "record-capture":
      return decideCapture(state, command.outcome);
    case "record-void":
      return decideVoid(state, command.outcome, now);
    case "record-release":
      return decideRelease(state);
    case "record-refund":
      return decideRefundOutcome(state, command, now);
    case "record-take-back":
      return decideTakenBack(state, command.returnIds, now);
    default:
      return unreachable(command, "decideRecord");
  }
}

/** Decides a placement: the same request again changes nothing, another one under the same key is refused. */
export function decidePlace(
  state: OrderState | undefined,
  order: PlaceOrder,
): Result<readonly OrderEvent[], PlacementRefusal> {
  if (state)
    return state.requestHash === order.requestHash ? ok([]) : refuse({ code: "idempotency_key_reused" });
  return ok([
    {
      type: "order.placed",
      orderId: order.orderId,
      orderNumber: orderNumberOf(order.orderId),
      requestHash: order.requestHash,
      accessKey: order.accessKey,
      provider: order.provider,
      draft: order.draft,
      payment: order.payment,
    },
  ]);
}
