import { ok, refuse, type Result } from "#kernel";
import {
  DEFAULT_LOCATION,
  type Adjustment,
  type Incoming,
  type LocationUnits,
  type SafetyStock,
  type StockRefusal,
} from "../contract.ts";
import { isQuantity, locationFault, unitsAt, type Movement, type StockState } from "./level.ts";
import { MAX_QUANTITY } from "./limits.ts";
import { isDay } from "./policy.ts";

/** An announcement with how much of it has come. */
export type IncomingRecord = Incoming & { readonly received: number };

export type AdjustmentDecision = {
  readonly movements: readonly Movement[];
  /** The announcement as it stands afterwards, when it changes. */
  readonly incoming?: IncomingRecord;
};

/** Units of an announcement that are still to come. */
export const openUnits = ({ quantity, received }: IncomingRecord): number => Math.max(0, quantity - received);

type Facts = { readonly announcement?: IncomingRecord | undefined };

/**
 * Decides an adjustment: precedence is the quantity, the location, then the version. `counted` sets what is on hand and
 * may leave fewer units than are held; units that a backorder owes stay owed. Every other kind adds or takes units and
 * never leaves less than nothing on the shelf or among the damaged.
 */
export function decideAdjustment(
  state: StockState,
  adjustment: Adjustment,
  { announcement }: Facts = {},
): Result<AdjustmentDecision, StockRefusal> {
  const { sku } = state;
  const location = adjustment.location ?? DEFAULT_LOCATION;
  const units = unitsAt(state, location);
  const detail = quantityFault(adjustment);
  if (detail !== undefined) return refuse({ code: "invalid_quantity", sku, detail });
  const fault = locationFault(state, location);
  if (fault !== undefined) return refuse({ code: "invalid_location", sku, detail: fault });
  if (adjustment.expectedVersion !== undefined && adjustment.expectedVersion !== state.version)
    return refuse({ code: "version_conflict", sku, version: state.version });
  const change = changeOf(units, adjustment);
  if ((change.onHand ?? 0) < 0 && adjustment.kind !== "counted" && units.onHand + (change.onHand ?? 0) < 0)
    return refuse({
      code: "invalid_quantity",
      sku,
      detail: `Only ${Math.max(0, units.onHand)} units are on hand.`,
    });
  if (units.damaged + (change.damaged ?? 0) < 0)
    return refuse({ code: "invalid_quantity", sku, detail: `Only ${units.damaged} units are damaged.` });
  const movement: Movement = { kind: adjustment.kind, location, change };
  if (adjustment.kind !== "received" || !announcement) return ok({ movements: [movement] });
  return ok(fulfil(movement, adjustment.quantity, announcement));
}

function quantityFault({ kind, quantity }: Adjustment): string | undefined {
  if (kind === "counted")
    return isQuantity(quantity, 0)
      ? undefined
      : `A count is a whole number of units from 0 to ${MAX_QUANTITY}.`;
  const isSigned = kind === "adjusted" || kind === "damaged";
  if (!isQuantity(isSigned ? Math.abs(quantity) : quantity, 1))
    return isSigned
      ? `A change is a whole number of units other than 0, at most ${MAX_QUANTITY} either way.`
      : `Units that were ${kind} are a whole number from 1 to ${MAX_QUANTITY}.`;
  return undefined;
}

function changeOf(units: LocationUnits, { kind, quantity, condition }: Adjustment): Partial<LocationUnits> {
  switch (kind) {
    case "received":
    case "adjusted":
      return { onHand: quantity };
    case "counted":
      return { onHand: quantity - Math.max(0, units.onHand) };
    case "returned":
      return condition === "damaged" ? { damaged: quantity } : { onHand: quantity };
    case "damaged":
      return { onHand: 0 - Math.abs(quantity), damaged: Math.abs(quantity) };
    case "repaired":
      return { onHand: quantity, damaged: 0 - quantity };
    case "scrapped":
      return { damaged: 0 - quantity };
  }
}

/** What has come is no longer announced; more than was announced may come. */
function fulfil(movement: Movement, quantity: number, announcement: IncomingRecord): AdjustmentDecision {
  const fulfilled = Math.min(quantity, openUnits(announcement));
  const incoming = { ...announcement, received: announcement.received + quantity };
  if (fulfilled === 0) return { movements: [movement], incoming };
  if (announcement.location === movement.location)
    return {
      movements: [{ ...movement, change: { ...movement.change, incoming: 0 - fulfilled } }],
      incoming,
    };
  const elsewhere: Movement = {
    kind: "incoming_announced",
    location: announcement.location,
    change: { incoming: 0 - fulfilled },
  };
  return { movements: [movement, elsewhere], incoming };
}

/** Decides an announcement: it replaces what the same id said before, less what has come of it. */
export function decideIncoming(
  state: StockState,
  existing: IncomingRecord | undefined,
  request: Incoming,
): Result<AdjustmentDecision, StockRefusal> {
  const { sku } = state;
  if (!isQuantity(request.quantity, 0) || !isDay(request.expectedAt)) {
    const detail = `An announcement is of 0 to ${MAX_QUANTITY} whole units for a day such as 2026-12-14.`;
    return refuse({ code: "invalid_quantity", sku, detail });
  }
  const fault = locationFault(state, request.location);
  if (fault !== undefined) return refuse({ code: "invalid_location", sku, detail: fault });
  const incoming: IncomingRecord = { ...request, received: existing?.received ?? 0 };
  const was = existing ? openUnits(existing) : 0;
  const kind = "incoming_announced";
  if (!existing || existing.location === request.location) {
    const change = openUnits(incoming) - was;
    const movements: readonly Movement[] =
      change === 0 ? [] : [{ kind, location: request.location, change: { incoming: change } }];
    return ok({ movements, incoming });
  }
  const moved: readonly Movement[] = [
    { kind, location: existing.location, change: { incoming: 0 - was } },
    { kind, location: request.location, change: { incoming: openUnits(incoming) } },
  ];
  return ok({ movements: moved.filter(({ change }) => change.incoming !== 0), incoming });
}

/** Decides how many units a location keeps back from sale; units that are held already stay held. */
export function decideSafety(
  state: StockState,
  { location, quantity }: SafetyStock,
): Result<readonly Movement[], StockRefusal> {
  const { sku } = state;
  if (!isQuantity(quantity, 0)) {
    const detail = `Safety stock is a whole number of units from 0 to ${MAX_QUANTITY}.`;
    return refuse({ code: "invalid_quantity", sku, detail });
  }
  const fault = locationFault(state, location);
  if (fault !== undefined) return refuse({ code: "invalid_location", sku, detail: fault });
  const change = quantity - unitsAt(state, location).safety;
  return ok(change === 0 ? [] : [{ kind: "safety_set", location, change: { safety: change } }]);
}
