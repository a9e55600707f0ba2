import { refuse, type EpochMs } from "#kernel";
import type { EditPreview } from "../contract.ts";
import type { CommandOf } from "./commands.ts";
import { afterAll, followedBy, happened, nothing, unfit, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { delivery } from "./decide-parcel.ts";
import { previewEdit } from "./preview-edit.ts";
import type { EditState, OrderState } from "./state.ts";
import { refundEvents } from "./undo.ts";
import { demandBySku, surplus } from "./units.ts";

/** Starts an edit; what needs no call outside happens at once, so that a new address is applied in one transaction. */
export function decideApplyEdit(state: OrderState, command: CommandOf<"apply-edit">, now: EpochMs): Decision {
  const isKnown =
    state.edit?.editId === command.editId || state.edits.some((edit) => edit.editId === command.editId);
  if (isKnown) return nothing;
  const preview = previewEdit(state, command);
  if (!preview.ok) return preview;
  if (preview.value.dueMinor > 0 && !command.payment)
    return refuse({ code: "edit_payment_needed", dueMinor: preview.value.dueMinor });
  const started: OrderEvent = { type: "order.edit_started", edit: openEdit(state, command, preview.value) };
  return happened(...followedBy(state, [started], { now, with: (next) => advanceEdit(next, now) }));
}

function openEdit(
  state: OrderState,
  command: CommandOf<"apply-edit">,
  preview: EditPreview,
): Omit<EditState, "startedAt"> {
  const { payment, exchange } = command;
  return {
    editId: command.editId,
    part: state.edits.length + 1,
    stage: "holding",
    reason: command.reason,
    draft: command.draft,
    differenceMinor: preview.differenceMinor,
    creditMinor: preview.creditMinor,
    dueMinor: preview.dueMinor,
    added: preview.addedUnits,
    provider: payment?.provider ?? state.provider,
    payment: { kind: "none" },
    attempt: 0,
    shortages: [],
    ...(payment === undefined ? {} : { choice: payment.choice }),
    ...(exchange === undefined ? {} : { exchangeReturnId: exchange.returnId }),
  };
}

/** What follows from an edit's stage without any call outside, until one is needed or the edit has ended. */
export function advanceEdit(state: OrderState, now: EpochMs): OrderEvent[] {
  const next = nextEditEvents(state, now);
  if (next.length === 0) return [];
  return followedBy(state, next, { now, with: (later) => advanceEdit(later, now) });
}

function nextEditEvents(state: OrderState, now: EpochMs): OrderEvent[] {
  const { edit } = state;
  if (!edit) return [];
  switch (edit.stage) {
    case "holding":
      return edit.added.length === 0 ? [{ type: "order.edit_held" }] : [];
    case "paying":
      return edit.payment.kind === "none"
        ? [{ type: "order.edit_payment_changed", payment: { kind: "requested" }, attempt: 1 }]
        : [];
    case "committing":
      return edit.added.length === 0 ? [{ type: "order.edit_committed" }] : [];
    case "capturing":
      return captureless(state, edit, now);
    case "releasing":
      return [];
  }
}

/** Money that is not captured by a call: none is owed, the provider took it at once, or staff have seen it. */
function captureless(state: OrderState, edit: EditState, now: EpochMs): OrderEvent[] {
  if (edit.dueMinor === 0 || edit.payment.kind === "captured") return applied(state, edit, now);
  if (edit.choice?.kind !== "manual" || edit.payment.kind !== "authorised") return [];
  const { reference, amountMinor } = edit.payment;
  return [{ type: "order.edit_captured", reference, amountMinor }];
}

/** The edit becomes the order; what it takes away goes back to the shelf, and what it makes cheaper to the buyer. */
function applied(state: OrderState, edit: EditState, now: EpochMs): OrderEvent[] {
  const removed = surplus(demandBySku(state.draft), demandBySku(edit.draft));
  const units = removed.map((unit) => ({
    ...unit,
    returnId: `${state.orderId}:edit-${edit.part}:${unit.sku}`,
    condition: "sellable" as const,
  }));
  const events: OrderEvent[] = [{ type: "order.edit_applied" }];
  if (units.length > 0) events.push({ type: "order.stock_return_requested", units });
  if (edit.exchangeReturnId !== undefined && edit.creditMinor > 0) {
    const { exchangeReturnId: returnId, creditMinor: amountMinor } = edit;
    events.push({ type: "order.return_credited", returnId, amountMinor });
  }
  const refund = {
    refundId: `edit:${edit.part}`,
    amountMinor: edit.creditMinor - edit.differenceMinor,
    reason: edit.reason,
    cause: "edit",
  } as const;
  const all = [...events, ...refundEvents(afterAll(state, events, now), refund, now)];
  // The last units that were still to be packed may be the ones it takes away.
  return followedBy(state, all, { now, with: delivery });
}

/** Whether the open edit can still be given up: nothing of it has been taken, and no answer is seconds away. */
export const isAbandonable = (edit: EditState): boolean =>
  edit.stage === "holding" || (edit.stage === "paying" && edit.payment.kind !== "requested");

export function decideAbandonEdit(state: OrderState, command: CommandOf<"abandon-edit">): Decision {
  const { edit } = state;
  if (state.edits.some((ended) => ended.editId === command.editId)) return nothing;
  if (edit?.editId !== command.editId) return refuse({ code: "edit_unknown", editId: command.editId });
  if (edit.stage === "releasing") return nothing;
  if (!isAbandonable(edit)) return unfit(state, "abandon-edit");
  return happened({ type: "order.edit_release_started", reason: command.reason, shortages: [] });
}
