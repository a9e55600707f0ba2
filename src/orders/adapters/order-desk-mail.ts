import type { DeskMailTemplate, OrderMail } from "#notifications";
import type { OrderView } from "../contract.ts";
import type { OrderEventMessage } from "./order-event-schema.ts";

/** What a mail about money, an edit or a return adds to the order's own facts. */
export type DeskMail = { readonly template: DeskMailTemplate } & Pick<
  OrderMail,
  "refund" | "edit" | "goodsReturn"
>;

/**
 * What the buyer is written about an event after the placement; `undefined` when it needs no mail. The view is of the
 * moment of the event, and the note of its timeline entry says which refund or return it is about.
 */
export function deskMailOf({ type, sequence, data: { order } }: OrderEventMessage): DeskMail | undefined {
  const about = order.timeline.find((entry) => entry.sequence === sequence)?.note;
  switch (type) {
    case "order.refund_paid":
      return refundMail(order, about);
    case "order.edit_payment_changed":
      return paymentDueMail(order);
    case "order.edit_applied":
      return editAppliedMail(order);
    case "order.return_requested":
      return returnMail("return_requested", order, about);
    case "order.return_approved":
      return returnMail("return_approved", order, about);
    case "order.return_declined":
      return returnMail("return_declined", order, about);
    case "order.return_received":
      return returnMail("return_received", order, about);
    default:
      return undefined;
  }
}

/** One mail per movement: a part that went to a card and one that went to a gift card are found in different places. */
function refundMail({ refunds }: OrderView, movementId: string | undefined): DeskMail | undefined {
  for (const { cause, movements } of refunds) {
    const movement = movements.find((entry) => entry.movementId === movementId);
    if (!movement) continue;
    const { amountMinor, target } = movement;
    const isCancellation = cause === "cancellation";
    return { template: "refund_sent", refund: { amountMinor, to: target.kind, isCancellation } };
  }
  return undefined;
}

/** Only while the buyer has to do something: a page is open, or a transfer is awaited. */
function paymentDueMail({ edit }: OrderView): DeskMail | undefined {
  if (edit?.stage !== "paying" || edit.payment.status !== "pending") return undefined;
  const { redirectUrl, instructions, expiresAt } = edit.payment;
  if (redirectUrl === undefined && instructions === undefined) return undefined;
  return {
    template: "edit_payment_due",
    edit: {
      differenceMinor: edit.differenceMinor,
      dueMinor: edit.dueMinor,
      ...(redirectUrl === undefined ? {} : { payUrl: redirectUrl }),
      ...(instructions === undefined ? {} : { transferTo: instructions }),
      ...(expiresAt === undefined ? {} : { dueAt: expiresAt }),
    },
  };
}

function editAppliedMail({ edits }: OrderView): DeskMail | undefined {
  const edit = edits.at(-1);
  return edit && { template: "edit_applied", edit: { differenceMinor: edit.differenceMinor } };
}

function returnMail(
  template: DeskMailTemplate,
  { returns }: OrderView,
  returnId: string | undefined,
): DeskMail | undefined {
  const entry = returns.find((known) => known.returnId === returnId);
  // Staff who open a return agree to it at once: one mail says both.
  if (!entry || (template === "return_requested" && entry.requestedBy === "staff")) return undefined;
  const { lines, wish, declineReason } = entry;
  return {
    template,
    goodsReturn: {
      wish,
      pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
      receivedPieces: lines.reduce((sum, line) => sum + line.restocked + line.scrapped, 0),
      ...(declineReason === undefined ? {} : { declineReason }),
    },
  };
}
