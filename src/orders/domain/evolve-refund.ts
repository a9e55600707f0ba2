import { unreachable, type EpochMs } from "#kernel";
import type { Refund, RefundMovement } from "../contract.ts";
import type { RefundEvent } from "./events.ts";
import type { OrderState } from "./state.ts";

/** The state after an event about money or units on their way back. */
export function evolveRefund(state: OrderState, event: RefundEvent, at: EpochMs): OrderState {
  switch (event.type) {
    case "order.refunding_started": {
      const { attentionReason: _attentionReason, ...rest } = state;
      return { ...rest, status: "refunding", releaseReason: event.reason };
    }
    case "order.refund_requested":
      return { ...state, refunds: [...state.refunds, { ...withStatus(event.refund), requestedAt: at }] };
    case "order.refund_pending":
      return move(state, event.movementId, { status: "pending", reference: event.reference });
    case "order.refund_unknown":
      return move(state, event.movementId, { status: event.isAskedAgain ? "requested" : "unknown" });
    case "order.refund_paid":
      return move(state, event.movementId, { status: "paid", reference: event.reference });
    case "order.refund_failed":
      return move(state, event.movementId, { status: "failed", failure: event.reason });
    case "order.refunded":
      return { ...state, status: "refunded" };
    case "order.stock_return_requested":
      return {
        ...state,
        takeBacks: [...state.takeBacks, ...event.units.map((unit) => ({ ...unit, isDone: false }))],
      };
    case "order.stock_returned":
      return {
        ...state,
        takeBacks: state.takeBacks.map((unit) =>
          event.returnIds.includes(unit.returnId) ? { ...unit, isDone: true } : unit,
        ),
      };
    default:
      return unreachable(event, "evolveRefund");
  }
}

const move = (state: OrderState, movementId: string, change: Partial<RefundMovement>): OrderState => ({
  ...state,
  refunds: state.refunds.map((refund) =>
    refund.movements.some((movement) => movement.movementId === movementId)
      ? withStatus({
          ...refund,
          movements: refund.movements.map((movement) =>
            movement.movementId === movementId ? { ...movement, ...change } : movement,
          ),
        })
      : refund,
  ),
});

function withStatus(refund: Refund): Refund {
  const statuses = refund.movements.map((movement) => movement.status);
  const isOver = statuses.every((status) => status === "paid" || status === "failed");
  return { ...refund, status: !isOver ? "open" : statuses.includes("failed") ? "failed" : "paid" };
}
