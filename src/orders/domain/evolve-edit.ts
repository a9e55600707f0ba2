import { invariant, unreachable, type EpochMs } from "#kernel";
import type { EditEvent } from "./events.ts";
import type { EditState, EndedEdit, OrderState, PaymentState } from "./state.ts";

/** The state after an event about an edit. Only `order.edit_applied` changes the order itself. */
export function evolveEdit(state: OrderState, event: EditEvent, at: EpochMs): OrderState {
  if (event.type === "order.edit_started") return { ...state, edit: { ...event.edit, startedAt: at } };
  if (event.type === "order.ended_edit_payment_changed") return paidLate(state, event.part, event.payment);
  const { edit } = state;
  invariant(edit, `${event.type} is about an open edit`);
  switch (event.type) {
    case "order.edit_held":
      return { ...state, edit: { ...edit, stage: edit.dueMinor === 0 ? "committing" : "paying" } };
    case "order.edit_payment_changed": {
      const stage =
        event.payment.kind === "authorised" && edit.stage === "paying" ? "committing" : edit.stage;
      return { ...state, edit: { ...edit, stage, payment: event.payment, attempt: event.attempt } };
    }
    case "order.edit_committed":
      return { ...state, edit: { ...edit, stage: "capturing" } };
    case "order.edit_captured": {
      const { reference, amountMinor } = event;
      const leg = { part: edit.part, provider: edit.provider, reference, capturedMinor: amountMinor };
      const stage = edit.stage === "paying" ? "committing" : edit.stage;
      return {
        ...state,
        editLegs: [...state.editLegs, leg],
        edit: { ...edit, stage, payment: { kind: "captured", reference, amountMinor } },
      };
    }
    case "order.edit_applied":
      return {
        ...ended(state, edit, { outcome: "applied", reason: edit.reason, endedAt: at }),
        draft: edit.draft,
      };
    case "order.edit_release_started":
      return {
        ...state,
        edit: { ...edit, stage: "releasing", releaseReason: event.reason, shortages: event.shortages },
      };
    case "order.edit_abandoned":
      return ended(state, edit, { outcome: "abandoned", reason: event.reason, endedAt: at });
    default:
      return unreachable(event, "evolveEdit");
  }
}

/** What was taken of an ended edit counts as a payment of the order, so that it can go back. */
function paidLate(state: OrderState, part: number, payment: PaymentState): OrderState {
  const asked = state.edits.find((edit) => edit.part === part)?.asked;
  invariant(asked, "late news are about an edit that asked for money");
  const edits = state.edits.map((edit) =>
    edit.part === part ? { ...edit, asked: { ...asked, payment } } : edit,
  );
  if (payment.kind !== "captured") return { ...state, edits };
  const { reference, amountMinor } = payment;
  const leg = { part, provider: asked.provider, reference, capturedMinor: amountMinor };
  return { ...state, edits, editLegs: [...state.editLegs, leg] };
}

function ended(
  state: OrderState,
  edit: EditState,
  end: Pick<EndedEdit, "outcome" | "reason" | "endedAt">,
): OrderState {
  const { edit: _edit, ...rest } = state;
  const { editId, part, differenceMinor, shortages, added, provider, attempt, payment } = edit;
  const asked = attempt === 0 ? {} : { asked: { provider, attempt, payment } };
  const entry = { editId, part, differenceMinor, shortages, added, ...asked, ...end };
  return { ...rest, edits: [...state.edits, entry] };
}
