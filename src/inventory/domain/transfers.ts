import { ok, refuse, type Result } from "#kernel";
import type { StockRefusal, Transfer, TransferCommand } from "../contract.ts";
import { isQuantity, locationFault, unitsAt, type Movement, type StockState } from "./level.ts";
import { MAX_QUANTITY } from "./limits.ts";

export type TransferDecision = { readonly transfer: Transfer; readonly movements: readonly Movement[] };

/** Units that have left and neither arrived nor ended otherwise. */
export const onTheWay = ({ quantity, received, lost, returned }: Transfer): number =>
  quantity - received - lost - returned;

type Command<Kind extends TransferCommand["kind"]> = Extract<TransferCommand, { readonly kind: Kind }>;

/**
 * Decides a step of a transfer; whether the step was done before is the caller's to know, for `receive` and `lose`.
 * Precedence: a repeat, the quantity, the locations, then what is there. No unit is at two places: what leaves one
 * location is in transit to the other in the same change.
 */
export function decideTransfer(
  state: StockState,
  existing: Transfer | undefined,
  command: TransferCommand,
): Result<TransferDecision, StockRefusal> {
  switch (command.kind) {
    case "dispatch":
      return decideDispatch(state, existing, command);
    case "receive":
    case "lose":
      return decideArrival(state, existing, command);
    case "cancel":
      return ok(decideCancel(existing, command));
  }
}

function decideDispatch(
  state: StockState,
  existing: Transfer | undefined,
  { transferId, from, to, quantity }: Command<"dispatch">,
): Result<TransferDecision, StockRefusal> {
  const { sku } = state;
  if (existing)
    return existing.isCancelled && existing.quantity === 0
      ? refuse({ code: "transfer_closed", sku, transferId })
      : ok({ transfer: existing, movements: [] });
  if (!isQuantity(quantity, 1)) return refuse({ code: "invalid_quantity", sku, detail: unitsWanted });
  const fault = locationFault(state, from) ?? locationFault(state, to);
  if (fault !== undefined || from === to)
    return refuse({ code: "invalid_location", sku, detail: fault ?? "A transfer is between two locations." });
  const { onHand, held } = unitsAt(state, from);
  const free = Math.max(0, onHand - held);
  if (quantity > free)
    return refuse({ code: "insufficient_stock", sku, requested: quantity, available: free });
  return ok({
    transfer: { transferId, from, to, quantity, received: 0, lost: 0, returned: 0, isCancelled: false },
    movements: [
      { kind: "transferred_out", location: from, change: { onHand: 0 - quantity } },
      { kind: "in_transit", location: to, change: { inTransit: quantity } },
    ],
  });
}

const unitsWanted = `A transfer is of 1 to ${MAX_QUANTITY} whole units.`;

function decideArrival(
  { sku }: StockState,
  existing: Transfer | undefined,
  { kind, transferId, quantity }: Command<"receive" | "lose">,
): Result<TransferDecision, StockRefusal> {
  if (!existing) return refuse({ code: "transfer_unknown", sku, transferId });
  if (!isQuantity(quantity, 1)) return refuse({ code: "invalid_quantity", sku, detail: unitsWanted });
  const left = onTheWay(existing);
  if (left === 0) return refuse({ code: "transfer_closed", sku, transferId });
  if (quantity > left)
    return refuse({ code: "invalid_quantity", sku, detail: `Only ${left} units are on the way.` });
  const location = existing.to;
  if (kind === "receive")
    return ok({
      transfer: { ...existing, received: existing.received + quantity },
      movements: [
        { kind: "transferred_in", location, change: { onHand: quantity, inTransit: 0 - quantity } },
      ],
    });
  return ok({
    transfer: { ...existing, lost: existing.lost + quantity },
    movements: [{ kind: "transfer_lost", location, change: { inTransit: 0 - quantity } }],
  });
}

function decideCancel(existing: Transfer | undefined, { transferId }: Command<"cancel">): TransferDecision {
  if (!existing) {
    const nothing = { quantity: 0, received: 0, lost: 0, returned: 0 };
    return { transfer: { transferId, from: "", to: "", ...nothing, isCancelled: true }, movements: [] };
  }
  const left = onTheWay(existing);
  const transfer = { ...existing, returned: existing.returned + left, isCancelled: true };
  if (left === 0) return { transfer, movements: [] };
  return {
    transfer,
    movements: [
      { kind: "transfer_ended", location: existing.to, change: { inTransit: 0 - left } },
      { kind: "transferred_back", location: existing.from, change: { onHand: left } },
    ],
  };
}
