import { after, DAY_MS, refuse, type EpochMs } from "#kernel";
import type { LineQuantity, ReturnLine } from "../contract.ts";
import type { CommandOf } from "./commands.ts";
import { happened, nothing, staleRefusal, unfit, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { refundableMinor } from "./funds.ts";
import { MAX_REFUNDS, MAX_RETURNS, RETURN_DAYS } from "./limits.ts";
import { returnableUnits, worthOf } from "./return-value.ts";
import type { OrderState, ReturnState, TakeBack } from "./state.ts";
import { refundEvents } from "./undo.ts";
import { sumBySku, unitsOf } from "./units.ts";

const SENT: readonly OrderState["status"][] = ["fulfilling", "shipped", "delivered", "closed"];

/** Until when a buyer may ask; `undefined` while nothing has arrived. */
export const returnableUntil = (state: OrderState): EpochMs | undefined =>
  state.deliveredAt === undefined ? undefined : after(state.deliveredAt, RETURN_DAYS * DAY_MS);

/**
 * Decides a wish to send goods back. Precedence: a repeat, the order's state, the days, the lines. What staff ask for
 * is approved at once.
 */
export function decideReturnRequest(
  state: OrderState,
  command: CommandOf<"request-return">,
  now: EpochMs,
): Decision {
  if (state.returns.some((entry) => entry.returnId === command.returnId)) return nothing;
  const isSent = command.by === "staff" ? SENT.includes(state.status) : state.status === "delivered";
  if (!isSent) return unfit(state, "request-return");
  const until = returnableUntil(state);
  if (command.by === "customer" && until !== undefined && now > until)
    return refuse({ code: "return_too_late", until });
  if (state.returns.length >= MAX_RETURNS)
    return refuse({ code: "limit_reached", limit: MAX_RETURNS, of: "returns" });
  const mistake = linesMistake(state, command);
  if (mistake !== undefined) return refuse({ code: "return_invalid", detail: mistake });
  const { returnId, by: requestedBy, wish, reason } = command;
  const lines = command.lines.map(({ lineId, quantity }) => ({
    lineId,
    quantity,
    restocked: 0,
    scrapped: 0,
  }));
  const requested: OrderEvent = {
    type: "order.return_requested",
    entry: { returnId, requestedBy, wish, reason, lines },
  };
  return requestedBy === "staff"
    ? happened(requested, { type: "order.return_approved", returnId })
    : happened(requested);
}

function linesMistake(state: OrderState, command: CommandOf<"request-return">): string | undefined {
  const { lines } = command;
  if (lines.length === 0) return "Name at least one line.";
  if (new Set(lines.map((line) => line.lineId)).size !== lines.length) return "Name each line once.";
  const wrong = lines.find(({ lineId, quantity }) => {
    const most = returnableUnits(state, lineId, command.by);
    return !Number.isSafeInteger(quantity) || quantity < 1 || quantity > most;
  });
  if (!wrong) return undefined;
  const most = returnableUnits(state, wrong.lineId, command.by);
  return `Of the line ${wrong.lineId}, ${most} units can be returned.`;
}

const find = (state: OrderState, returnId: string): ReturnState | undefined =>
  state.returns.find((entry) => entry.returnId === returnId);

export function decideApproveReturn(state: OrderState, command: CommandOf<"approve-return">): Decision {
  const { returnId } = command;
  const entry = find(state, returnId);
  if (!entry) return refuse({ code: "return_unknown", returnId });
  if (entry.status === "approved") return nothing;
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (entry.status !== "requested") return unfit(state, "approve-return");
  return happened({ type: "order.return_approved", returnId });
}

/** A return can be declined until the first unit has come back. */
export function decideDeclineReturn(state: OrderState, command: CommandOf<"decline-return">): Decision {
  const { returnId, reason } = command;
  const entry = find(state, returnId);
  if (!entry) return refuse({ code: "return_unknown", returnId });
  if (entry.status === "declined") return nothing;
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (entry.status !== "requested" && entry.status !== "approved") return unfit(state, "decline-return");
  return happened({ type: "order.return_declined", returnId, reason });
}

/** Units have come back: they go on the shelf or are written off, and the return is worth so much more. */
export function decideReceipt(state: OrderState, command: CommandOf<"receive-return">): Decision {
  const { returnId, receiptId } = command;
  const entry = find(state, returnId);
  if (!entry) return refuse({ code: "return_unknown", returnId });
  if (entry.receiptIds.includes(receiptId)) return nothing;
  if (entry.status !== "approved" && entry.status !== "receiving") return unfit(state, "receive-return");
  const lines = entry.lines.map((line) => received(line, command.lines));
  const isKnown = command.lines.every(({ lineId }) => lines.some((line) => line.lineId === lineId));
  const isPossible = lines.every((line) => line.restocked + line.scrapped <= line.quantity);
  const isWhole = command.lines.every(({ quantity }) => Number.isSafeInteger(quantity) && quantity >= 1);
  if (command.lines.length === 0 || !isKnown || !isPossible || !isWhole)
    return refuse({ code: "return_invalid", detail: "More came back than the return is about." });
  return happened(
    {
      type: "order.return_received",
      returnId,
      receiptId,
      lines,
      valueMinor: entry.valueMinor + worthOf(state, command.lines),
      isComplete: lines.every((line) => line.restocked + line.scrapped === line.quantity),
    },
    { type: "order.stock_return_requested", units: unitsBack(state, command) },
  );
}

type Receipt = CommandOf<"receive-return">;

function received(line: ReturnLine, lines: Receipt["lines"]): ReturnLine {
  const count = (condition: "restock" | "scrap"): number =>
    lines
      .filter((entry) => entry.lineId === line.lineId && entry.condition === condition)
      .reduce((sum, entry) => sum + entry.quantity, 0);
  return {
    ...line,
    restocked: line.restocked + count("restock"),
    scrapped: line.scrapped + count("scrap"),
  };
}

function unitsBack(state: OrderState, command: Receipt): Omit<TakeBack, "isDone">[] {
  const unitsIn = (lines: readonly LineQuantity[]) =>
    sumBySku(
      lines.flatMap(({ lineId, quantity }) => {
        const line = state.draft.lines.find((entry) => entry.lineId === lineId);
        return line ? unitsOf(line, quantity) : [];
      }),
    );
  const back = (condition: "restock" | "scrap"): Omit<TakeBack, "isDone">[] =>
    unitsIn(command.lines.filter((line) => line.condition === condition)).map((unit) => ({
      ...unit,
      returnId: `${state.orderId}:${command.returnId}:${command.receiptId}:${condition}:${unit.sku}`,
      condition: condition === "restock" ? "sellable" : "damaged",
    }));
  return [...back("restock"), ...back("scrap")];
}

const CLOSABLE: readonly ReturnState["status"][] = ["approved", "receiving", "received"];

/** Ends a return and sends back its worth, or what staff say; nothing when nothing came back. */
export function decideCloseReturn(
  state: OrderState,
  command: CommandOf<"close-return">,
  now: EpochMs,
): Decision {
  const { returnId, refundMinor, from } = command;
  const entry = find(state, returnId);
  if (!entry) return refuse({ code: "return_unknown", returnId });
  if (entry.status === "closed") return nothing;
  if (!CLOSABLE.includes(entry.status)) return unfit(state, "close-return");
  if (state.edit) return refuse({ code: "edit_open", editId: state.edit.editId });
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if ((command.currency ?? state.draft.currency) !== state.draft.currency)
    return refuse({ code: "currency_differs", currency: state.draft.currency });
  const most = refundableMinor(state);
  const isPossible = refundMinor === undefined || (Number.isSafeInteger(refundMinor) && refundMinor >= 0);
  if (!isPossible || (refundMinor ?? 0) > most)
    return refuse({ code: "refund_too_large", refundableMinor: most });
  if (state.refunds.length >= MAX_REFUNDS)
    return refuse({ code: "limit_reached", limit: MAX_REFUNDS, of: "refunds" });
  const amountMinor = refundMinor ?? Math.min(entry.valueMinor - entry.creditedMinor, most);
  const refundId = `return:${returnId}`;
  const asked = { refundId, amountMinor, reason: entry.reason, cause: "return" as const };
  const refund = refundEvents(state, from === undefined ? asked : { ...asked, from }, now);
  const closed: OrderEvent = {
    type: "order.return_closed",
    returnId,
    ...(refund.length === 0 ? {} : { refundId }),
  };
  return happened(...refund, closed);
}
