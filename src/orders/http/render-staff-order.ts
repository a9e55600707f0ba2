import { toIso } from "#kernel";
import type { OrderView } from "../contract.ts";
import { actionsOf } from "../app/order-actions.ts";
import { renderLine, renderOrder } from "./render-order.ts";

/** An order as the admin API shows it: what its buyer sees, and what only staff do. */
export function renderStaffOrder(order: OrderView) {
  const money = (amountMinor: number) => ({ currency: order.draft.currency, amountMinor });
  const { edit } = order;
  return {
    ...renderOrder(order),
    ...(order.attentionReason === undefined ? {} : { attentionReason: order.attentionReason }),
    refundable: money(order.payment.refundableMinor),
    paidByVouchers: money(order.payment.vouchersMinor),
    actions: actionsOf(order),
    ...(edit === undefined
      ? {}
      : {
          edit: {
            id: edit.editId,
            part: edit.part,
            stage: edit.stage,
            reason: edit.reason,
            lines: edit.draft.lines.map((line) => renderLine(line, money)),
            address: edit.draft.address,
            difference: money(edit.differenceMinor),
            credit: money(edit.creditMinor),
            due: money(edit.dueMinor),
            paymentStatus: edit.payment.status,
            ...(edit.payment.redirectUrl === undefined ? {} : { redirectUrl: edit.payment.redirectUrl }),
            ...(edit.payment.instructions === undefined ? {} : { instructions: edit.payment.instructions }),
          },
        }),
    edits: order.edits.map((ended) => ({
      id: ended.editId,
      part: ended.part,
      outcome: ended.outcome,
      reason: ended.reason,
      difference: money(ended.differenceMinor),
      endedAt: toIso(ended.endedAt),
    })),
    notes: order.notes.map((note) => ({
      id: note.noteId,
      text: note.text,
      author: note.author,
      writtenAt: toIso(note.writtenAt),
    })),
    tags: order.tags,
    attention: order.attention.map(({ code, reference, raisedAt }) => ({
      code,
      reference,
      raisedAt: toIso(raisedAt),
    })),
  };
}
