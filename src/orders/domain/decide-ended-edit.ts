import type { PaymentOutcome } from "../contract.ts";
import type { RecordCommand } from "./commands.ts";
import { happened, nothing, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import type { OrderState, PaymentState } from "./state.ts";
import { lateRefund } from "./undo.ts";

/**
 * News of the money of an edit that came to nothing: its request was lost, and arrived when nobody waited for it any
 * more. What is reserved by it is noted, and then let go; what was taken goes back (P3).
 */
export function decideEndedEdit(state: OrderState, command: RecordCommand): Decision {
  if (!("part" in command) || !("outcome" in command) || command.part === undefined) return nothing;
  const ended = state.edits.find((edit) => edit.part === command.part && edit.outcome === "abandoned");
  if (!ended?.asked) return nothing;
  const payment =
    command.kind === "record-void"
      ? afterVoid(ended.asked.payment, command.outcome)
      : afterNews(ended.asked.payment, command.outcome);
  return payment ? happened(...changed(state, ended.part, payment)) : nothing;
}

function changed(state: OrderState, part: number, payment: PaymentState): OrderEvent[] {
  const event: OrderEvent = { type: "order.ended_edit_payment_changed", part, payment };
  return payment.kind === "captured" ? [event, ...lateRefund(state, part, payment.amountMinor)] : [event];
}

function afterNews(known: PaymentState, outcome: PaymentOutcome): PaymentState | undefined {
  if (outcome.kind !== "authorised" && outcome.kind !== "captured") return undefined;
  const { kind, reference, amountMinor } = outcome;
  if (known.kind === "captured" || known.kind === kind) return undefined;
  // Old news of what was let go since.
  if (kind === "authorised" && known.kind === "voided" && known.reference === reference) return undefined;
  return { kind, reference, amountMinor };
}

function afterVoid(known: PaymentState, outcome: PaymentOutcome): PaymentState | undefined {
  if (known.kind !== "authorised") return undefined;
  switch (outcome.kind) {
    case "voided":
    case "declined":
    case "not_found":
      return { kind: "voided", reference: known.reference };
    case "captured":
      return { kind: "captured", reference: outcome.reference, amountMinor: outcome.amountMinor };
    case "authorised":
    case "pending":
    case "not_sent":
    case "unknown":
      return undefined;
  }
}
