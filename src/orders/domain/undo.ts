import type { EpochMs } from "#kernel";
import type { RefundCause, RefundRequest } from "../contract.ts";
import { areRefundsOver, refundableMinor, splitRefund } from "./funds.ts";
import { afterAll, flag } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { PLACEMENT, type OrderState } from "./state.ts";

/** The ways back: events that undo what was taken. */

type Asked = {
  readonly refundId: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly cause: RefundCause;
  readonly from?: RefundRequest["from"];
};

/** A refund as it is asked for; nothing when there is nothing to give back. Never more than may go back. */
export function refundEvents(state: OrderState, asked: Asked, now: EpochMs): OrderEvent[] {
  const { from, ...facts } = asked;
  const amountMinor = Math.min(asked.amountMinor, refundableMinor(state));
  if (amountMinor <= 0) return [];
  const movements = splitRefund(state, { ...facts, amountMinor, ...(from === undefined ? {} : { from }) });
  return [
    {
      type: "order.refund_requested",
      refund: { ...facts, amountMinor, status: "open", requestedAt: now, movements },
    },
  ];
}

/** The next id of the order's own refunds, `cancel:1`: people's ids have no colon, so that they never meet. */
export const freeRefundId = (state: OrderState, name: string): string =>
  `${name}:${state.refunds.filter(({ refundId }) => refundId.startsWith(`${name}:`)).length + 1}`;

/** Money that arrived although the order is being undone: noted, and sent back at once. */
export function lateMoney(state: OrderState, reference: string, amountMinor: number): OrderEvent[] {
  const captured: OrderEvent = { type: "order.captured", reference, amountMinor };
  return [captured, ...lateRefund(state, PLACEMENT, amountMinor)];
}

/** The refund of a payment that is captured by the event before this one. */
export function lateRefund(state: OrderState, part: number, amountMinor: number): OrderEvent[] {
  const refundId = freeRefundId(state, "late");
  return [
    {
      type: "order.refund_requested",
      refund: {
        refundId,
        amountMinor,
        reason: "late_payment",
        cause: "late_payment",
        status: "open",
        requestedAt: state.updatedAt,
        movements: [
          {
            movementId: refundId,
            target: { kind: "payment", part },
            amountMinor,
            status: "requested",
          },
        ],
      },
    },
  ];
}

/**
 * Undoes an order that was never confirmed: its units and vouchers are released (which also takes back what was
 * committed), an open payment is voided, and captured money is refunded.
 */
export function undo(state: OrderState, reason: string, now: EpochMs): OrderEvent[] {
  const release: OrderEvent = { type: "order.release_started", reason };
  const released = afterAll(state, [release], now);
  const asked = {
    refundId: freeRefundId(released, "late"),
    amountMinor: refundableMinor(released),
    reason,
    cause: "late_payment",
  } as const;
  return [release, ...refundEvents(released, asked, now)];
}

/** What ends a called-off order once its units are back and nothing of its money is under way. */
export function endOfRefunding(state: OrderState): OrderEvent[] {
  const isUnderWay =
    state.status !== "refunding" ||
    state.takeBacks.some((unit) => !unit.isDone) ||
    state.payment.kind === "authorised" ||
    !areRefundsOver(state);
  if (isUnderWay) return [];
  if (refundableMinor(state) === 0) return [{ type: "order.refunded" }];
  return [
    { type: "order.attention_needed", reason: "refund_failed" },
    ...flag(state, "refund_failed", state.refunds.at(-1)?.refundId ?? ""),
  ];
}
