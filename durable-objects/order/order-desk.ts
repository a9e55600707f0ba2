import type {
  EditRequest,
  ManualSettlement,
  NoteRequest,
  OrderAnswer,
  Parcel,
  ParcelScan,
  CancelOrder,
  RefundRequest,
  ReturnClosing,
  ReturnDecision,
  ReturnReceipt,
  ReturnRefusal,
  ReturnRequest,
  TagsRequest,
} from "#orders";
import { BaseObject, type CallContext } from "#platform";
import type { OrderCommand } from "../../src/orders/domain/commands.ts";

/**
 * What people and systems ask of an order that exists: each method is one command to the decider. Kept apart from the
 * saga, which knows how a command is carried out.
 */
export abstract class OrderDesk<Env> extends BaseObject<Env> {
  /** Decides, stores, makes the calls that follow for a bounded time, and answers with the order. */
  protected abstract carryOut(command: OrderCommand, call: CallContext): Promise<OrderAnswer>;

  async cancel(command: CancelOrder, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "cancel", ...command }, call);
  }

  async startFulfilment(parcel: Omit<Parcel, "status">, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "start-fulfilment", parcel }, call);
  }

  async recordScan(scan: ParcelScan, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "record-scan", scan }, call);
  }

  async refund(command: RefundRequest, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "refund", ...command }, call);
  }

  async applyEdit(command: EditRequest, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "apply-edit", ...command }, call);
  }

  async abandonEdit(
    command: { readonly editId: string; readonly reason: string },
    call: CallContext,
  ): Promise<OrderAnswer> {
    return this.carryOut({ kind: "abandon-edit", ...command }, call);
  }

  async requestReturn(command: ReturnRequest, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "request-return", ...command }, call);
  }

  async approveReturn(command: ReturnDecision, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "approve-return", ...command }, call);
  }

  async declineReturn(command: ReturnRefusal, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "decline-return", ...command }, call);
  }

  async receiveReturn(command: ReturnReceipt, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "receive-return", ...command }, call);
  }

  async closeReturn(command: ReturnClosing, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "close-return", ...command }, call);
  }

  async addNote(command: NoteRequest, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "add-note", ...command, author: call.actor }, call);
  }

  async removeNote(noteId: string, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "remove-note", noteId }, call);
  }

  async setTags(command: TagsRequest, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "set-tags", ...command }, call);
  }

  async settleManually(command: ManualSettlement, call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "settle-manually", ...command }, call);
  }

  async retryCapture(call: CallContext): Promise<OrderAnswer> {
    return this.carryOut({ kind: "retry-capture" }, call);
  }

  async clearAttention(
    flag: { readonly code: string; readonly reference: string },
    call: CallContext,
  ): Promise<OrderAnswer> {
    return this.carryOut({ kind: "clear-attention", ...flag }, call);
  }
}
