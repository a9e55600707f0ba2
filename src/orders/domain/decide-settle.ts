import type { EpochMs } from "#kernel";
import type { CommandOf } from "./commands.ts";
import { partOf } from "./decide-cancel.ts";
import { settleEdit } from "./decide-edit-records.ts";
import { happened, nothing, staleRefusal, unfit, type Decision } from "./decision.ts";
import { isLive, PLACEMENT, type OrderState } from "./state.ts";

/** Whether staff may note that the money of the placement has come, or is right as it is. */
export function canSettleManually(state: OrderState): boolean {
  const { payment, choice } = state;
  if (state.status === "needs_attention") return isDisputed(state);
  if (choice.kind !== "manual") return false;
  if (choice.method === "cash_on_delivery") return isLive(state.status) && payment.kind === "authorised";
  const isOpen = payment.kind === "pending" || payment.kind === "unknown" || payment.kind === "requested";
  return (state.status === "authorising" || state.status === "payment_unknown") && isOpen;
}

/** Another amount was captured than was asked for: a person may take it as it is. */
const isDisputed = (state: OrderState): boolean =>
  state.attentionReason === "captured_amount_differs" && state.isCommitted;

/** A bank transfer was seen, cash was taken, or a person accepts what was captured. A repeat changes nothing. */
export function decideSettleManually(
  state: OrderState,
  command: CommandOf<"settle-manually">,
  now: EpochMs,
): Decision {
  if (partOf(command) !== PLACEMENT) return settleEdit(state, command, now);
  const { payment } = state;
  const isKnown =
    (payment.kind === "captured" || payment.kind === "authorised") && payment.reference === command.reference;
  if (isKnown) return nothing;
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (!canSettleManually(state)) return unfit(state, "settle-manually");
  if (state.status === "needs_attention") return happened({ type: "order.confirmed" });
  const money = { reference: command.reference, amountMinor: state.dueMinor };
  return payment.kind === "authorised"
    ? happened({ type: "order.captured", ...money })
    : happened({ type: "order.authorised", ...money }, { type: "order.commit_started" });
}
