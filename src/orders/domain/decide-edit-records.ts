import { unreachable, type EpochMs } from "#kernel";
import type { PaymentOutcome } from "../contract.ts";
import type { CommandOf, HoldResult, RecordCommand } from "./commands.ts";
import { advanceEdit } from "./decide-edit.ts";
import { decideEndedEdit } from "./decide-ended-edit.ts";
import { flag, followedBy, happened, nothing, staleRefusal, unfit, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { NOT_FOUND_LIMIT_MS, SESSION_END_GRACE_MS, STEP_RETRY_MS } from "./limits.ts";
import { arrivedMoney, requestedAgain, unknownOf } from "./payment-state.ts";
import type { EditState, OrderState, PaymentState } from "./state.ts";
import { lateRefund } from "./undo.ts";

type Context = { readonly state: OrderState; readonly edit: EditState; readonly now: EpochMs };

/** The answer to a call of the open edit. For an edit that has ended only news of its money change anything. */
export function decideEditRecord(state: OrderState, command: RecordCommand, now: EpochMs): Decision {
  const { edit } = state;
  if (!edit || !("part" in command) || command.part !== edit.part) return decideEndedEdit(state, command);
  const events = recordEvents({ state, edit, now }, command);
  if (events.length === 0) return nothing;
  return happened(...followedBy(state, events, { now, with: (next) => advanceEdit(next, now) }));
}

function recordEvents(context: Context, command: RecordCommand): OrderEvent[] {
  const { edit } = context;
  switch (command.kind) {
    case "record-holds":
      return edit.stage === "holding" ? holdEvents(command.result) : [];
    case "record-payment":
      return paymentEvents(context, command.outcome);
    case "record-commit":
      if (edit.stage !== "committing") return [];
      return command.isComplete ? [{ type: "order.edit_committed" }] : [giveUp("stock_lost")];
    case "record-capture":
      return captureEvents(context, command.outcome);
    case "record-void":
      return voidEvents(context, command.outcome);
    case "record-release":
      return edit.stage === "releasing" && !isUnsettled(edit.payment)
        ? [{ type: "order.edit_abandoned", reason: edit.releaseReason ?? "released" }]
        : [];
    case "record-refund":
    case "record-take-back":
      return [];
    default:
      return unreachable(command, "recordEvents");
  }
}

/** Money may still come: the edit is not over before that is known. */
const isUncertain = (payment: PaymentState): boolean =>
  payment.kind === "unknown" || payment.kind === "requested" || payment.kind === "pending";

/** Nor before money that is reserved has been let go: once the edit is over nobody would remember it. */
const isUnsettled = (payment: PaymentState): boolean => isUncertain(payment) || payment.kind === "authorised";

const giveUp = (reason: string): OrderEvent => ({
  type: "order.edit_release_started",
  reason,
  shortages: [],
});

const change = (edit: EditState, payment: PaymentState): OrderEvent => ({
  type: "order.edit_payment_changed",
  payment,
  attempt: edit.attempt,
});

function holdEvents(result: HoldResult): OrderEvent[] {
  switch (result.kind) {
    case "held":
      return [{ type: "order.edit_held" }];
    case "short":
      return [{ type: "order.edit_release_started", reason: "out_of_stock", shortages: result.shortages }];
    case "voucher-refused":
      return [giveUp("voucher_refused")];
    case "unavailable":
      return [giveUp("stock_unavailable")];
    default:
      return unreachable(result, "holdEvents");
  }
}

type Outcome<Kind extends PaymentOutcome["kind"]> = Extract<PaymentOutcome, { kind: Kind }>;

function paymentEvents(context: Context, outcome: PaymentOutcome): OrderEvent[] {
  const { edit, now } = context;
  if (edit.stage === "releasing") return lateEvents(context, outcome);
  if (edit.stage !== "paying") return [];
  const { payment } = edit;
  switch (outcome.kind) {
    case "authorised":
      return authorisedEvents(edit, outcome);
    case "captured":
      return outcome.amountMinor === edit.dueMinor
        ? [captured(outcome)]
        : [captured(outcome), giveUp("authorised_amount_differs"), ...late(context, outcome)];
    case "pending":
      return pendingEvents(context, outcome);
    case "declined":
      return outcome.isFinal
        ? [change(edit, { kind: "failed", reason: outcome.reason }), giveUp(outcome.reason)]
        : [];
    case "voided":
      return [change(edit, { kind: "voided", reference: outcome.reference }), giveUp("session_expired")];
    case "not_found":
      return notFoundEvents(edit, now);
    case "not_sent":
      if (payment.kind !== "requested") return [];
      return payment.since === undefined && now - context.state.updatedAt < STEP_RETRY_MS
        ? [change(edit, { kind: "none" }), giveUp("payment_unavailable")]
        : [change(edit, unknownOf(payment, now))];
    case "unknown":
      return unknownEvents(context);
    default:
      return unreachable(outcome, "paymentEvents");
  }
}

const captured = ({ reference, amountMinor }: Outcome<"captured">): OrderEvent => ({
  type: "order.edit_captured",
  reference,
  amountMinor,
});

const late = ({ state, edit }: Context, { amountMinor }: Outcome<"captured">): OrderEvent[] =>
  lateRefund(state, edit.part, amountMinor);

function authorisedEvents(edit: EditState, outcome: Outcome<"authorised">): OrderEvent[] {
  const { reference, amountMinor } = outcome;
  const event = change(edit, { kind: "authorised", reference, amountMinor });
  return amountMinor === edit.dueMinor ? [event] : [event, giveUp("authorised_amount_differs")];
}

function pendingEvents({ edit, now }: Context, outcome: Outcome<"pending">): OrderEvent[] {
  const { payment, choice } = edit;
  if (payment.kind === "pending" && payment.reference === outcome.reference) {
    const end = payment.expiresAt;
    const isOver = end !== undefined && now >= end + SESSION_END_GRACE_MS;
    if (choice?.kind !== "manual" || !isOver) return [];
    return [change(edit, { kind: "failed", reason: "session_expired" }), giveUp("session_expired")];
  }
  const { reference, redirectUrl, instructions, expiresAt } = outcome;
  return [
    change(edit, {
      kind: "pending",
      reference,
      ...(redirectUrl === undefined ? {} : { redirectUrl }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
  ];
}

/** Asked again by the same key for a while, then given up: nothing can have been charged. */
function notFoundEvents(edit: EditState, now: EpochMs): OrderEvent[] {
  const { payment } = edit;
  if (payment.kind === "requested") return [];
  if (payment.kind === "unknown" && now - payment.since < NOT_FOUND_LIMIT_MS)
    return [change(edit, requestedAgain(payment))];
  return [change(edit, { kind: "none" }), giveUp("payment_unavailable")];
}

function unknownEvents({ edit, now }: Context): OrderEvent[] {
  const { payment } = edit;
  if (payment.kind === "unknown") return [];
  const isOpenPage =
    payment.kind === "pending" &&
    (payment.expiresAt === undefined || now < payment.expiresAt + SESSION_END_GRACE_MS);
  return isOpenPage ? [] : [change(edit, unknownOf(payment, now))];
}

/** The edit is being undone: money that still comes is noted, and then voided or refunded. */
function lateEvents(context: Context, outcome: PaymentOutcome): OrderEvent[] {
  const { edit, now } = context;
  const { payment } = edit;
  if (payment.kind === "captured" || payment.kind === "voided" || payment.kind === "failed") return [];
  switch (outcome.kind) {
    case "captured":
      return [captured(outcome), ...late(context, outcome)];
    case "authorised": {
      const { reference, amountMinor } = outcome;
      return payment.kind === "authorised"
        ? []
        : [change(edit, { kind: "authorised", reference, amountMinor })];
    }
    case "declined":
    case "voided":
      return isUncertain(payment) && (outcome.kind === "voided" || outcome.isFinal)
        ? [change(edit, { kind: "voided", reference: outcome.reference ?? "" })]
        : [];
    case "not_found": {
      const isOver = payment.kind === "unknown" && now - payment.since >= NOT_FOUND_LIMIT_MS;
      return isOver ? [change(edit, { kind: "voided", reference: "" })] : [];
    }
    case "pending":
    case "not_sent":
    case "unknown":
      return [];
    default:
      return unreachable(outcome, "lateEvents");
  }
}

function captureEvents(context: Context, outcome: PaymentOutcome): OrderEvent[] {
  const { state, edit } = context;
  if (outcome.kind === "captured" && edit.stage === "releasing" && edit.payment.kind !== "captured")
    return [captured(outcome), ...late(context, outcome)];
  if (edit.stage !== "capturing" || edit.payment.kind === "captured") return [];
  switch (outcome.kind) {
    case "captured": {
      const isDifferent = outcome.amountMinor !== edit.dueMinor;
      return [captured(outcome), ...(isDifferent ? flag(state, "captured_amount_differs", edit.editId) : [])];
    }
    case "declined":
    case "voided":
      return [giveUp("capture_refused")];
    case "authorised":
    case "pending":
    case "not_found":
    case "not_sent":
    case "unknown":
      return [];
    default:
      return unreachable(outcome, "captureEvents");
  }
}

function voidEvents(context: Context, outcome: PaymentOutcome): OrderEvent[] {
  const { edit } = context;
  const { payment } = edit;
  const isVoidable = payment.kind === "pending" || payment.kind === "authorised";
  if (edit.stage !== "releasing" || !isVoidable) return [];
  switch (outcome.kind) {
    case "voided":
    case "declined":
    case "not_found": {
      const arrived = arrivedMoney(payment, edit.choice);
      if (arrived) return [captured(arrived), ...late(context, arrived)];
      return [change(edit, { kind: "voided", reference: payment.reference })];
    }
    case "captured":
      return [captured(outcome), ...late(context, outcome)];
    case "authorised":
    case "pending":
    case "not_sent":
    case "unknown":
      return [];
    default:
      return unreachable(outcome, "voidEvents");
  }
}

/** Whether staff may note that the difference of the open edit was paid by hand. */
export const canSettleEdit = ({ edit }: OrderState): boolean =>
  edit?.stage === "paying" && edit.choice?.kind === "manual";

export function settleEdit(state: OrderState, command: CommandOf<"settle-manually">, now: EpochMs): Decision {
  const { edit } = state;
  const isKnown = state.editLegs.some(
    (leg) => leg.part === command.part && leg.reference === command.reference,
  );
  if (isKnown) return nothing;
  if (!edit || edit.part !== command.part) return unfit(state, "settle-manually");
  const { payment } = edit;
  if (payment.kind === "authorised" && payment.reference === command.reference) return nothing;
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (!canSettleEdit(state)) return unfit(state, "settle-manually");
  const money = { reference: command.reference, amountMinor: edit.dueMinor };
  const event = change(edit, { kind: "authorised", ...money });
  return happened(...followedBy(state, [event], { now, with: (next) => advanceEdit(next, now) }));
}
