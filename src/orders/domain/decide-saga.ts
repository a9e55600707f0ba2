import { unreachable, type EpochMs } from "#kernel";
import type { PaymentOutcome } from "../contract.ts";
import type { HoldResult } from "./commands.ts";
import { followedBy, happened, nothing, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { arrivedMoney } from "./payment-state.ts";
import { isEnding, type OrderState } from "./state.ts";
import { endOfRefunding, lateMoney, undo } from "./undo.ts";
import { tendersMinor } from "./vouchers.ts";

/** Units and vouchers are held, or not all of them. An order that vouchers pay whole asks no provider. */
export function decideHolds(state: OrderState, result: HoldResult): Decision {
  if (state.status !== "holding") return nothing;
  switch (result.kind) {
    case "held":
      return state.dueMinor === 0
        ? happened({ type: "order.held" }, { type: "order.commit_started" })
        : happened({ type: "order.held" }, { type: "order.payment_requested", attempt: 1 });
    case "short":
      return happened(
        { type: "order.hold_refused", shortages: result.shortages },
        { type: "order.release_started", reason: "out_of_stock" },
      );
    case "voucher-refused":
      return happened(
        { type: "order.voucher_refused", voucherId: result.voucherId, reason: result.reason },
        { type: "order.release_started", reason: "voucher_refused" },
      );
    case "unavailable":
      return happened({ type: "order.release_started", reason: "stock_unavailable" });
    default:
      return unreachable(result, "decideHolds");
  }
}

/** Everything that was held is taken. What comes next depends on how the rest is paid. */
export function decideCommit(state: OrderState, isComplete: boolean, now: EpochMs): Decision {
  if (state.status !== "committing") return nothing;
  // A held unit that cannot be committed means a restore or a bug: undo, never sell what is not there.
  if (!isComplete) return happened(...undo(state, "stock_lost", now));
  const committed: OrderEvent = { type: "order.committed", vouchersMinor: tendersMinor(state.draft) };
  const confirmed: OrderEvent = { type: "order.confirmed" };
  const { payment, choice } = state;
  if (state.dueMinor === 0 || payment.kind === "captured") return happened(committed, confirmed);
  if (choice.kind !== "manual" || payment.kind !== "authorised") return happened(committed);
  // Cash comes with the parcel; a bank transfer was seen on the account before this.
  if (choice.method === "cash_on_delivery") return happened(committed, confirmed);
  const { reference, amountMinor } = payment;
  return happened(committed, { type: "order.captured", reference, amountMinor }, confirmed);
}

/** What the provider says to the capture. Money that comes although the order is being undone goes back. */
export function decideCapture(state: OrderState, outcome: PaymentOutcome): Decision {
  if (isEnding(state.status) && outcome.kind === "captured" && state.payment.kind !== "captured")
    return happened(...lateMoney(state, outcome.reference, outcome.amountMinor));
  if (state.status !== "capturing") return nothing;
  switch (outcome.kind) {
    case "captured": {
      const { reference, amountMinor } = outcome;
      const captured: OrderEvent = { type: "order.captured", reference, amountMinor };
      return amountMinor === state.dueMinor
        ? happened(captured, { type: "order.confirmed" })
        : happened(captured, { type: "order.attention_needed", reason: "captured_amount_differs" });
    }
    case "declined":
    case "voided":
      return happened({ type: "order.attention_needed", reason: "capture_refused" });
    case "authorised":
    case "pending":
    case "not_found":
    case "not_sent":
    case "unknown":
      return nothing;
    default:
      return unreachable(outcome, "decideCapture");
  }
}

const VOIDING: readonly OrderState["status"][] = ["releasing", "cancelled", "refunding", "refunded"];

/** A void is only ever asked for while an order is undone; recorded at another time it would strand the order. */
export function decideVoid(state: OrderState, outcome: PaymentOutcome, now: EpochMs): Decision {
  const { payment } = state;
  const isVoidable = payment.kind === "pending" || payment.kind === "authorised";
  if (!VOIDING.includes(state.status) || !isVoidable) return nothing;
  switch (outcome.kind) {
    case "voided":
    case "declined":
    case "not_found": {
      const arrived = arrivedMoney(payment, state.choice);
      if (arrived) return happened(...lateMoney(state, arrived.reference, arrived.amountMinor));
      const amountMinor = payment.kind === "authorised" ? payment.amountMinor : 0;
      const voided: OrderEvent = {
        type: "order.payment_voided",
        reference: payment.reference,
        amountMinor,
      };
      return happened(...followedBy(state, [voided], { now, with: endOfRefunding }));
    }
    case "captured":
      return happened(...lateMoney(state, outcome.reference, outcome.amountMinor));
    case "authorised":
    case "pending":
    case "not_sent":
    case "unknown":
      return nothing;
    default:
      return unreachable(outcome, "decideVoid");
  }
}

export const decideRelease = (state: OrderState): Decision =>
  state.status === "releasing"
    ? happened({ type: "order.cancelled", reason: state.releaseReason ?? "released" })
    : nothing;
