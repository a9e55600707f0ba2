import type { OrderDraft, PaymentOutcome, RefundOutcome } from "../../contract.ts";
import type { OrderCommand } from "../commands.ts";
import type { OrderState } from "../state.ts";
import { line, START } from "./sample-order.ts";

/** Every command there is, with arguments that sometimes fit the state: for walks through all that can happen. */

/** Draws the next number from 0 to `below` − 1. */
export type Draw = (below: number) => number;

const oneOf = <T>(draw: Draw, first: T, ...rest: readonly T[]): T =>
  [first, ...rest][draw(rest.length + 1)] ?? first;

const REASON = "because";

export function anyPaymentOutcome(draw: Draw, amountMinor: number, name: string): PaymentOutcome {
  const amount = draw(8) === 0 ? Math.max(0, amountMinor - 1) : amountMinor;
  return oneOf<PaymentOutcome>(
    draw,
    { kind: "authorised", reference: name, amountMinor: amount },
    { kind: "authorised", reference: name, amountMinor },
    { kind: "captured", reference: name, amountMinor: amount },
    { kind: "pending", reference: name, expiresAt: START },
    { kind: "declined", reason: "declined", isFinal: draw(2) === 0 },
    { kind: "voided", reference: name },
    { kind: "not_found" },
    { kind: "not_sent", retryAfterSeconds: 5 },
    { kind: "unknown", detail: "timeout" },
  );
}

const anyRefundOutcome = (draw: Draw, amountMinor: number): RefundOutcome =>
  oneOf<RefundOutcome>(
    draw,
    { kind: "refunded", reference: "re", amountMinor },
    { kind: "refunded", reference: "re", amountMinor },
    { kind: "pending", reference: "re" },
    { kind: "declined", reason: "closed" },
    { kind: "not_found" },
    { kind: "not_sent", retryAfterSeconds: 5 },
    { kind: "unknown", detail: "timeout" },
  );

/** The draft with other quantities, a line more or less, or another address; its sums are right. */
export function editedDraft(draw: Draw, old: OrderDraft): OrderDraft {
  const kept = old.lines.flatMap((entry, index) => {
    const quantity = Math.max(0, entry.quantity + draw(3) - 1);
    return quantity === 0 && index > 0 ? [] : [{ ...line(entry.sku, Math.max(1, quantity), entry.lineId) }];
  });
  const lines = draw(3) === 0 ? [...kept, line(`KE-${draw(4)}`, 1 + draw(2), `new-${draw(1000)}`)] : kept;
  const itemsMinor = lines.reduce((sum, entry) => sum + entry.totalMinor, 0);
  const totalMinor = itemsMinor + old.deliveryMinor;
  const tenders = old.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  const address = draw(4) === 0 ? { ...old.address, line1: `Hafenweg ${draw(9)}` } : old.address;
  return { ...old, address, lines, itemsMinor, totalMinor, dueMinor: Math.max(0, totalMinor - tenders) };
}

const parcelOf = (draw: Draw, state: OrderState): OrderCommand => ({
  kind: "start-fulfilment",
  parcel: {
    parcelId: `pcl_${draw(3)}`,
    shipmentId: "shp_1",
    carrier: "Kerb Post",
    trackingNumber: "KP",
    lines: state.draft.lines.map((entry) => ({ lineId: entry.lineId, quantity: 1 + draw(entry.quantity) })),
  },
});

/** News of money that nobody waits for: of an edit that has ended, or of one that never was. */
export const lateNews = (draw: Draw, state: OrderState): OrderCommand => ({
  kind: oneOf(draw, "record-payment" as const, "record-void" as const),
  part: state.edits[draw(state.edits.length + 1)]?.part ?? 7,
  outcome: anyPaymentOutcome(draw, 500, oneOf(draw, "pay_1", "late")),
});

/** A command that records an answer to the order's own calls. */
export function anyRecord(draw: Draw, state: OrderState): OrderCommand {
  const part = state.edit && draw(2) === 0 ? state.edit.part : draw(12) === 0 ? 7 : 0;
  const due = part === 0 ? state.dueMinor : (state.edit?.dueMinor ?? 500);
  const movements = state.refunds.flatMap((refund) => refund.movements);
  const movement = movements[draw(Math.max(1, movements.length))];
  return oneOf<OrderCommand>(
    draw,
    { kind: "record-holds", part, result: { kind: "held" } },
    { kind: "record-holds", part, result: { kind: "held" } },
    {
      kind: "record-holds",
      part,
      result: oneOf(
        draw,
        { kind: "unavailable" },
        { kind: "short", shortages: [] },
        { kind: "voucher-refused", voucherId: "card", reason: "used_up" },
      ),
    },
    { kind: "record-payment", part, outcome: anyPaymentOutcome(draw, due, `pay_${part}`) },
    {
      kind: "record-payment",
      part,
      outcome: { kind: "authorised", reference: `pay_${part}`, amountMinor: due },
    },
    { kind: "record-commit", part, isComplete: draw(6) > 0 },
    { kind: "record-capture", part, outcome: anyPaymentOutcome(draw, due, `pay_${part}`) },
    {
      kind: "record-capture",
      part,
      outcome: { kind: "captured", reference: `pay_${part}`, amountMinor: due },
    },
    { kind: "record-void", part, outcome: anyPaymentOutcome(draw, due, `pay_${part}`) },
    { kind: "record-release", part },
    {
      kind: "record-take-back",
      returnIds: state.takeBacks.slice(0, 1 + draw(2)).map((unit) => unit.returnId),
    },
    {
      kind: "record-refund",
      movementId: movement?.movementId ?? "none",
      outcome: anyRefundOutcome(draw, movement?.amountMinor ?? 1),
    },
  );
}

/** A command of a person or a system. */
export function anyWish(draw: Draw, state: OrderState): OrderCommand {
  const entry = state.returns[draw(Math.max(1, state.returns.length))];
  const returnId = entry?.returnId ?? "none";
  const anyPayment = {
    provider: "fake",
    choice: oneOf(
      draw,
      { kind: "token" as const, token: "t" },
      { kind: "manual" as const, method: "bank_transfer" as const },
    ),
  };
  return oneOf<OrderCommand>(
    draw,
    { kind: "cancel", reason: REASON, by: oneOf(draw, "staff" as const, "customer" as const) },
    parcelOf(draw, state),
    {
      kind: "record-scan",
      scan: {
        scanId: `s${draw(9)}`,
        parcelId: `pcl_${draw(3)}`,
        status: oneOf(draw, "in_transit" as const, "delivered" as const),
        occurredAt: START,
      },
    },
    {
      kind: "refund",
      refundId: `r${draw(20)}`,
      amountMinor: 1 + draw(2_000),
      reason: REASON,
      from: oneOf(draw, "payment" as const, "vouchers" as const, "outside" as const),
    },
    {
      kind: "apply-edit",
      editId: `e${draw(30)}`,
      expectedVersion: state.version,
      draft: editedDraft(draw, state.draft),
      reason: REASON,
      payment: anyPayment,
      ...(draw(3) === 0 && entry ? { exchange: { returnId } } : {}),
    },
    { kind: "abandon-edit", editId: state.edit?.editId ?? "none", reason: REASON },
    returnWish(draw, state),
    returnWish(draw, state),
    returnWish(draw, state),
    { kind: "settle-manually", reference: `bank-${draw(3)}`, part: oneOf(draw, 0, state.edit?.part ?? 1) },
    { kind: "retry-capture" },
    deskWish(draw, state),
  );
}

const deskWish = (draw: Draw, state: OrderState): OrderCommand =>
  oneOf<OrderCommand>(
    draw,
    { kind: "add-note", noteId: `n${draw(9)}`, text: "note", author: "staff:1" },
    { kind: "remove-note", noteId: `n${draw(9)}` },
    { kind: "set-tags", tags: [`Tag ${draw(4)}`] },
    {
      kind: "clear-attention",
      code: state.flags[0]?.code ?? "none",
      reference: state.flags[0]?.reference ?? "none",
    },
  );

function returnWish(draw: Draw, state: OrderState): OrderCommand {
  const entry = state.returns[draw(Math.max(1, state.returns.length))];
  const returnId = entry?.returnId ?? "none";
  const lineId = state.draft.lines[draw(state.draft.lines.length)]?.lineId ?? "none";
  return oneOf<OrderCommand>(
    draw,
    {
      kind: "request-return",
      returnId: `ret${draw(9)}`,
      by: oneOf(draw, "staff" as const, "customer" as const),
      wish: "refund",
      reason: REASON,
      lines: [{ lineId, quantity: 1 + draw(2) }],
    },
    { kind: "approve-return", returnId },
    { kind: "decline-return", returnId, reason: REASON },
    {
      kind: "receive-return",
      returnId,
      receiptId: `c${draw(9)}`,
      lines: [
        {
          lineId: entry?.lines[0]?.lineId ?? lineId,
          quantity: 1,
          condition: oneOf(draw, "restock" as const, "scrap" as const),
        },
      ],
    },
    { kind: "close-return", returnId, ...(draw(3) === 0 ? { refundMinor: draw(500) } : {}) },
  );
}
