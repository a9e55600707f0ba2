import { refuse, unreachable, type EpochMs } from "#kernel";
import type { RefundMovement } from "../contract.ts";
import type { CommandOf } from "./commands.ts";
import { flag, followedBy, happened, nothing, staleRefusal, unfit, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { refundableMinor } from "./funds.ts";
import { MAX_REFUNDS, UNKNOWN_LIMIT_MS } from "./limits.ts";
import { isLive, type OrderState } from "./state.ts";
import { endOfRefunding, refundEvents } from "./undo.ts";

/** Whether money of this order may go back now. An open edit counts on what was paid, so it comes first. */
export const canRefund = (state: OrderState): boolean =>
  isRefundable(state) && state.edit === undefined && refundableMinor(state) > 0;

const AFTER: readonly OrderState["status"][] = ["needs_attention", "cancelled", "refunding", "refunded"];
/** Before the capture a call-off gives vouchers back whole, so none of them may go back in part. */
const isUncaptured = (state: OrderState): boolean =>
  state.status === "needs_attention" && state.payment.kind === "authorised";
const isRefundable = (state: OrderState): boolean =>
  isLive(state.status) || (AFTER.includes(state.status) && !isUncaptured(state));

/**
 * Decides a refund. Precedence: a repeat, the order's state, the version, the amount. The ceiling counts refunds under
 * way, so that two at once can never give back more than was taken.
 */
export function decideRefund(state: OrderState, command: CommandOf<"refund">, now: EpochMs): Decision {
  if (state.refunds.some((refund) => refund.refundId === command.refundId)) return nothing;
  if (!isRefundable(state)) return unfit(state, "refund");
  if (state.edit) return refuse({ code: "edit_open", editId: state.edit.editId });
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (state.refunds.length >= MAX_REFUNDS)
    return refuse({ code: "limit_reached", limit: MAX_REFUNDS, of: "refunds" });
  if ((command.currency ?? state.draft.currency) !== state.draft.currency)
    return refuse({ code: "currency_differs", currency: state.draft.currency });
  const most = refundableMinor(state);
  const isWhole = Number.isSafeInteger(command.amountMinor) && command.amountMinor >= 1;
  if (!isWhole || command.amountMinor > most)
    return refuse({ code: "refund_too_large", refundableMinor: most });
  const { refundId, amountMinor, reason, from } = command;
  const asked = { refundId, amountMinor, reason, cause: "staff" as const };
  const isRetry = state.status === "needs_attention" && state.attentionReason === "refund_failed";
  const events: OrderEvent[] = [
    ...(isRetry ? [{ type: "order.refunding_started" as const, reason }] : []),
    ...refundEvents(state, from === undefined ? asked : { ...asked, from }, now),
  ];
  return happened(...followedBy(state, events, { now, with: endOfRefunding }));
}

/** What the provider, or a voucher object, says to one movement. A movement that has ended never changes again. */
export function decideRefundOutcome(
  state: OrderState,
  command: CommandOf<"record-refund">,
  now: EpochMs,
): Decision {
  const refund = state.refunds.find((entry) =>
    entry.movements.some(({ movementId }) => movementId === command.movementId),
  );
  const movement = refund?.movements.find(({ movementId }) => movementId === command.movementId);
  if (!refund || !movement || movement.status === "paid" || movement.status === "failed") return nothing;
  const events = outcomeEvents(state, movement, {
    outcome: command.outcome,
    ageMs: now - refund.requestedAt,
  });
  if (events.length === 0) return nothing;
  return happened(...followedBy(state, events, { now, with: endOfRefunding }));
}

type News = { readonly outcome: CommandOf<"record-refund">["outcome"]; readonly ageMs: number };

function outcomeEvents(state: OrderState, movement: RefundMovement, news: News): OrderEvent[] {
  const { movementId, status } = movement;
  const { outcome, ageMs } = news;
  switch (outcome.kind) {
    case "refunded": {
      const { amountMinor } = movement;
      const paid: OrderEvent = {
        type: "order.refund_paid",
        movementId,
        reference: outcome.reference,
        amountMinor,
      };
      const isDifferent = outcome.amountMinor !== amountMinor;
      return [paid, ...(isDifferent ? flag(state, "refund_amount_differs", movementId) : [])];
    }
    case "pending":
      return status === "pending"
        ? []
        : [{ type: "order.refund_pending", movementId, reference: outcome.reference }];
    case "declined":
      return failed(state, movementId, outcome.reason);
    case "not_found":
      // After an outage however long it is sent again under its key; what is refused is a payment that nobody knows.
      if (status !== "requested")
        return [{ type: "order.refund_unknown", movementId, detail: "never arrived", isAskedAgain: true }];
      return ageMs >= UNKNOWN_LIMIT_MS ? failed(state, movementId, "payment_not_found") : [];
    case "not_sent":
      return [];
    case "unknown":
      if (status === "requested")
        return [{ type: "order.refund_unknown", movementId, detail: outcome.detail, isAskedAgain: false }];
      return ageMs >= UNKNOWN_LIMIT_MS ? flag(state, "refund_unknown", movementId) : [];
    default:
      return unreachable(outcome, "outcomeEvents");
  }
}

const failed = (state: OrderState, movementId: string, reason: string): OrderEvent[] => [
  { type: "order.refund_failed", movementId, reason },
  ...flag(state, "refund_failed", movementId),
];

/** Stock objects have taken these units. */
export function decideTakenBack(state: OrderState, returnIds: readonly string[], now: EpochMs): Decision {
  const open = state.takeBacks
    .filter((unit) => !unit.isDone && returnIds.includes(unit.returnId))
    .map((unit) => unit.returnId);
  if (open.length === 0) return nothing;
  const event: OrderEvent = { type: "order.stock_returned", returnIds: open };
  return happened(...followedBy(state, [event], { now, with: endOfRefunding }));
}
