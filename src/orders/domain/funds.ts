import type { PaymentLeg, Refund, RefundRequest, RefundTarget } from "../contract.ts";
import { PLACEMENT, type OrderState } from "./state.ts";

/** What was taken, what has gone back, and what may still go back. Pure sums over the state; amounts in minor units. */

const movementsOf = (state: OrderState) => state.refunds.flatMap((refund) => refund.movements);

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Sent back or on its way: every movement that has not failed. */
const claimed = (state: OrderState, isTarget: (target: RefundTarget) => boolean): number =>
  sum(
    movementsOf(state)
      .filter((movement) => movement.status !== "failed" && isTarget(movement.target))
      .map((movement) => movement.amountMinor),
  );

/** Every captured payment, the placement's first. */
export function legsOf(state: OrderState): PaymentLeg[] {
  const own =
    state.payment.kind === "captured"
      ? [
          {
            part: PLACEMENT,
            provider: state.provider,
            reference: state.payment.reference,
            capturedMinor: state.payment.amountMinor,
          },
        ]
      : [];
  return [...own, ...state.editLegs].map((leg) => ({
    ...leg,
    refundedMinor: claimed(state, (target) => target.kind === "payment" && target.part === leg.part),
  }));
}

export const capturedMinor = (state: OrderState): number =>
  sum(legsOf(state).map((leg) => leg.capturedMinor));

/** The most that another refund may be: refunds under way count, failed ones do not. */
export const refundableMinor = (state: OrderState): number =>
  Math.max(0, capturedMinor(state) + state.vouchersMinor - claimed(state, () => true));

export const refundedMinor = (state: OrderState): number =>
  sum(movementsOf(state).flatMap((entry) => (entry.status === "paid" ? [entry.amountMinor] : [])));

export const refundPendingMinor = (state: OrderState): number =>
  claimed(state, () => true) - refundedMinor(state);

/** Nothing of any refund is under way. */
export const areRefundsOver = (state: OrderState): boolean =>
  state.refunds.every((refund) => refund.status !== "open");

type Source = { readonly target: RefundTarget; readonly leftMinor: number };

/** Where money can go back to, in the order in which it does: by default payments, newest first, then vouchers. */
function sourcesOf(state: OrderState, from: NonNullable<RefundRequest["from"]>): Source[] {
  if (from === "outside") return [{ target: { kind: "outside" }, leftMinor: refundableMinor(state) }];
  const payments = legsOf(state)
    .map((leg): Source => ({
      target: { kind: "payment", part: leg.part },
      leftMinor: leg.capturedMinor - leg.refundedMinor,
    }))
    .reverse();
  const tenders = state.isCommitted ? state.draft.tenders : [];
  const vouchers = tenders.map((tender): Source => ({
    target: { kind: "voucher", voucherId: tender.voucherId },
    leftMinor:
      tender.amountMinor -
      claimed(state, (target) => target.kind === "voucher" && target.voucherId === tender.voucherId),
  }));
  return from === "vouchers" ? [...vouchers, ...payments] : [...payments, ...vouchers];
}

/**
 * Splits a refund of at most {@link refundableMinor} over what was taken; the parts sum to the amount. What one source
 * cannot give comes from the next.
 */
export function splitRefund(
  state: OrderState,
  request: { readonly refundId: string; readonly amountMinor: number; readonly from?: RefundRequest["from"] },
): Refund["movements"] {
  let leftMinor = request.amountMinor;
  const parts = sourcesOf(state, request.from ?? "payment").flatMap(({ target, leftMinor: hasMinor }) => {
    const amountMinor = Math.min(leftMinor, Math.max(0, hasMinor));
    leftMinor -= amountMinor;
    return amountMinor === 0 ? [] : [{ target, amountMinor }];
  });
  return parts.map((part, index) => ({
    ...part,
    movementId: index === 0 ? request.refundId : `${request.refundId}.${index + 1}`,
    status: part.target.kind === "outside" ? "paid" : "requested",
  }));
}
