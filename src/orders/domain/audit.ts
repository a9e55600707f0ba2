import type { EpochMs } from "#kernel";
import type { OrderAudit } from "../contract.ts";
import { isSettled, nextSteps, nextWakeAt, stepName } from "./steps.ts";
import { PLACEMENT, type EditState, type OrderState } from "./state.ts";
import { viewOf } from "./view.ts";

type Demand = OrderAudit["demand"][number];

/** What the order believes of itself, for comparing it with stock objects, the provider and D1. */
export function auditOf(state: OrderState, now: EpochMs): Omit<OrderAudit, "ledger" | "outbox"> {
  const nextAt = nextWakeAt(state, now);
  return {
    orderId: state.orderId,
    orderNumber: state.orderNumber,
    status: state.status,
    version: state.version,
    currency: state.draft.currency,
    totalMinor: state.draft.totalMinor,
    placedAt: state.placedAt,
    updatedAt: state.updatedAt,
    payment: viewOf(state).payment,
    refunds: state.refunds,
    demand: demandOf(state),
    takeBacks: state.takeBacks.map(({ condition: _condition, ...unit }) => unit),
    ...(nextAt === undefined ? {} : { nextWakeAt: nextAt }),
    steps: nextSteps(state).map(stepName),
    isSettled: isSettled(state),
  };
}

function demandOf(state: OrderState): Demand[] {
  const own = state.placed.map((unit) => ({ ...unit, part: PLACEMENT, state: placementState(state) }));
  const { edit } = state;
  const open = edit
    ? edit.added.map((unit) => ({ ...unit, part: edit.part, state: STAGE_STATES[edit.stage] }))
    : [];
  const ended = state.edits.flatMap(({ added, part, outcome }) =>
    added.map((unit) => ({
      ...unit,
      part,
      state: outcome === "applied" ? ("committed" as const) : ("released" as const),
    })),
  );
  return [...own, ...ended, ...open];
}

const STAGE_STATES: Readonly<Record<EditState["stage"], Demand["state"]>> = {
  holding: "wanted",
  paying: "held",
  committing: "committing",
  capturing: "committed",
  releasing: "releasing",
};

function placementState(state: OrderState): Demand["state"] {
  switch (state.status) {
    case "created":
    case "holding":
      return "wanted";
    case "held":
    case "authorising":
    case "payment_unknown":
    case "authorised":
      return "held";
    case "committing":
      return "committing";
    case "releasing":
      return "releasing";
    case "cancelled":
      return "released";
    case "needs_attention":
      return state.isCommitted ? "committed" : "held";
    case "capturing":
    case "confirmed":
    case "fulfilling":
    case "shipped":
    case "delivered":
    case "closed":
    case "refunding":
    case "refunded":
      return "committed";
  }
}
