import { unreachable, type EpochMs } from "#kernel";
import type { ReturnEvent } from "./events.ts";
import type { OrderState, ReturnState } from "./state.ts";

/** The state after an event about a return. */
export function evolveReturn(state: OrderState, event: ReturnEvent, at: EpochMs): OrderState {
  if (event.type === "order.return_requested") {
    const entry: ReturnState = {
      ...event.entry,
      status: "requested",
      valueMinor: 0,
      creditedMinor: 0,
      receiptIds: [],
      requestedAt: at,
      updatedAt: at,
    };
    return { ...state, returns: [...state.returns, entry] };
  }
  return {
    ...state,
    returns: state.returns.map((entry) =>
      entry.returnId === event.returnId ? { ...change(entry, event), updatedAt: at } : entry,
    ),
  };
}

function change(
  entry: ReturnState,
  event: Exclude<ReturnEvent, { type: "order.return_requested" }>,
): ReturnState {
  switch (event.type) {
    case "order.return_approved":
      return { ...entry, status: "approved" };
    case "order.return_declined":
      return { ...entry, status: "declined", declineReason: event.reason };
    case "order.return_received":
      return {
        ...entry,
        status: event.isComplete ? "received" : "receiving",
        lines: event.lines,
        valueMinor: event.valueMinor,
        receiptIds: [...entry.receiptIds, event.receiptId],
      };
    case "order.return_credited":
      return { ...entry, creditedMinor: entry.creditedMinor + event.amountMinor };
    case "order.return_closed":
      return {
        ...entry,
        status: "closed",
        ...(event.refundId === undefined ? {} : { refundId: event.refundId }),
      };
    default:
      return unreachable(event, "evolveReturn");
  }
}
