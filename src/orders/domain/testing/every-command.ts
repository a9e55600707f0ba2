import type { PaymentOutcome, RefundOutcome } from "../../contract.ts";
import type { NamedCommand } from "./transitions.ts";
import type { OrderState } from "../state.ts";
import { line, START } from "./sample-order.ts";

/** One of each command, with an argument that fits: what the table of transitions is made from. */

const REFERENCE = "pay_1";
const partOf = (state: OrderState): number => state.edit?.part ?? 0;
const dueOf = (state: OrderState): number => state.edit?.dueMinor ?? state.dueMinor;

const outcomes = (state: OrderState): readonly PaymentOutcome[] => [
  { kind: "authorised", reference: REFERENCE, amountMinor: dueOf(state) },
  { kind: "captured", reference: REFERENCE, amountMinor: dueOf(state) },
  { kind: "pending", reference: REFERENCE },
  { kind: "declined", reason: "declined", isFinal: true },
  { kind: "unknown", detail: "timeout" },
  { kind: "not_found" },
  { kind: "voided", reference: REFERENCE },
];
const KINDS = ["authorised", "captured", "pending", "declined", "unknown", "not_found", "voided"] as const;

const recorded = (step: "payment" | "capture" | "void"): NamedCommand[] =>
  KINDS.map((kind, index) => ({
    name: `${step}: ${kind}`,
    of: (state) => ({
      kind: `record-${step}`,
      part: partOf(state),
      outcome: outcomes(state)[index] ?? { kind: "not_found" },
    }),
  }));

const REFUNDS: readonly RefundOutcome[] = [
  { kind: "refunded", reference: "re_1", amountMinor: 1 },
  { kind: "pending", reference: "re_1" },
  { kind: "declined", reason: "closed" },
  { kind: "unknown", detail: "timeout" },
];

const movementOf = (state: OrderState): string =>
  state.refunds
    .flatMap((refund) => refund.movements)
    .find((movement) => movement.status !== "paid" && movement.status !== "failed")?.movementId ?? "none";

const returnIdOf = (state: OrderState): string => state.returns.at(-1)?.returnId ?? "ret-1";
const lineOf = (state: OrderState): string => state.draft.lines[0]?.lineId ?? "none";

const ANSWERS: readonly NamedCommand[] = [
  {
    name: "holds: held",
    of: (state) => ({ kind: "record-holds", part: partOf(state), result: { kind: "held" } }),
  },
  {
    name: "holds: short",
    of: (state) => ({ kind: "record-holds", part: partOf(state), result: { kind: "short", shortages: [] } }),
  },
  ...recorded("payment"),
  {
    name: "commit: complete",
    of: (state) => ({ kind: "record-commit", part: partOf(state), isComplete: true }),
  },
  {
    name: "commit: lost",
    of: (state) => ({ kind: "record-commit", part: partOf(state), isComplete: false }),
  },
  ...recorded("capture"),
  ...recorded("void"),
  { name: "released", of: (state) => ({ kind: "record-release", part: partOf(state) }) },
  {
    name: "units taken back",
    of: (state) => ({ kind: "record-take-back", returnIds: state.takeBacks.map((unit) => unit.returnId) }),
  },
  ...REFUNDS.map((outcome): NamedCommand => ({
    name: `refund: ${outcome.kind}`,
    of: (state) => ({ kind: "record-refund", movementId: movementOf(state), outcome }),
  })),
];

const PEOPLE: readonly NamedCommand[] = [
  { name: "cancel, by the buyer", of: () => ({ kind: "cancel", reason: "x", by: "customer" }) },
  { name: "cancel, by staff", of: () => ({ kind: "cancel", reason: "x", by: "staff" }) },
  { name: "retry the capture", of: () => ({ kind: "retry-capture" }) },
  {
    name: "settle by hand",
    of: (state) => ({ kind: "settle-manually", reference: "bank", part: partOf(state) }),
  },
  {
    name: "pack a parcel",
    of: (state) => ({
      kind: "start-fulfilment",
      parcel: {
        parcelId: "pcl_1",
        shipmentId: "shp_1",
        carrier: "Kerb Post",
        trackingNumber: "KP1",
        lines: state.draft.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
      },
    }),
  },
  ...(["in_transit", "delivered"] as const).map((status): NamedCommand => ({
    name: `scan: ${status}`,
    of: () => ({
      kind: "record-scan",
      scan: { scanId: status, parcelId: "pcl_1", status, occurredAt: START },
    }),
  })),
  { name: "refund", of: () => ({ kind: "refund", refundId: "r1", amountMinor: 100, reason: "x" }) },
  { name: "edit: one line more", of: editOf },
  {
    name: "abandon the edit",
    of: (state) => ({ kind: "abandon-edit", editId: state.edit?.editId ?? "none", reason: "x" }),
  },
  {
    name: "ask for a return",
    of: (state) => ({
      kind: "request-return",
      returnId: "ret-1",
      by: "customer",
      wish: "refund",
      reason: "x",
      lines: [{ lineId: lineOf(state), quantity: 1 }],
    }),
  },
  { name: "approve the return", of: (state) => ({ kind: "approve-return", returnId: returnIdOf(state) }) },
  {
    name: "decline the return",
    of: (state) => ({ kind: "decline-return", returnId: returnIdOf(state), reason: "x" }),
  },
  {
    name: "receive the return",
    of: (state) => ({
      kind: "receive-return",
      returnId: returnIdOf(state),
      receiptId: "c1",
      lines: [{ lineId: lineOf(state), quantity: 1, condition: "restock" }],
    }),
  },
  { name: "close the return", of: (state) => ({ kind: "close-return", returnId: returnIdOf(state) }) },
];

function editOf(state: OrderState): ReturnType<NamedCommand["of"]> {
  const added = line("KE-NEW", 1, "line-new");
  const draft = {
    ...state.draft,
    lines: [...state.draft.lines, added],
    itemsMinor: state.draft.itemsMinor + added.totalMinor,
    totalMinor: state.draft.totalMinor + added.totalMinor,
    dueMinor: state.draft.dueMinor + added.totalMinor,
  };
  return {
    kind: "apply-edit",
    editId: "e1",
    expectedVersion: state.version,
    draft,
    reason: "x",
    payment: { provider: "fake", choice: { kind: "token", token: "t" } },
  };
}

export const EVERY_COMMAND: readonly NamedCommand[] = [...ANSWERS, ...PEOPLE];
