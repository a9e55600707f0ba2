import { expect, test } from "vitest";
import type { OrderTender } from "../contract.ts";
import { actionsOf } from "../app/order-actions.ts";
import type { OrderCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import {
  captured,
  authorised,
  committed,
  draft,
  given,
  held,
  line,
  place,
  placeOrder,
  START,
  TOTAL,
} from "./testing/sample-order.ts";
import { viewOf } from "./view.ts";

const CARD: OrderTender = { voucherId: "card", kind: "gift_card", label: "Card", amountMinor: 1_000 };
const tendered = { ...draft(), tenders: [CARD], dueMinor: TOTAL - CARD.amountMinor };

/** Confirmed, with the rest to be paid at the door. */
const cashOrder: readonly OrderCommand[] = [
  {
    kind: "place",
    order: placeOrder({
      draft: tendered,
      provider: "cash_on_delivery",
      payment: { kind: "manual", method: "cash_on_delivery" },
    }),
  },
  held,
  {
    kind: "record-payment",
    outcome: { kind: "authorised", reference: "cash:1", amountMinor: tendered.dueMinor },
  },
  committed,
];

test("cash that is still due can be noted although a part of a gift card has gone back before", () => {
  const { state } = given(
    ...cashOrder,
    { kind: "refund", refundId: "r1", amountMinor: 400, reason: "late", from: "vouchers" },
    {
      kind: "record-refund",
      movementId: "r1",
      outcome: { kind: "refunded", reference: "g", amountMinor: 400 },
    },
  );
  const view = viewOf(state);
  expect(view.payment).toMatchObject({ status: "authorised", refundedMinor: 400 });
  expect(actionsOf(view).canSettleManually).toBe(true);
});

const TRANSFER = { kind: "manual", method: "bank_transfer" } as const;
const transferOrder: readonly OrderCommand[] = [
  { kind: "place", order: placeOrder({ provider: "bank_transfer", payment: TRANSFER }) },
  held,
  { kind: "record-payment", outcome: { kind: "pending", reference: "bank_transfer:1" } },
];
const seen = { kind: "settle-manually", reference: "statement 7" } as const;
const voided = { kind: "record-void", outcome: { kind: "voided", reference: "statement 7" } } as const;

test("a transfer that has come is owed back when its order is called off before it stands", () => {
  const { state } = given(
    ...transferOrder,
    seen,
    { kind: "cancel", reason: "the buyer called", by: "staff" },
    voided,
  );
  const { payment, refunds } = viewOf(state);
  expect(payment).toMatchObject({ capturedMinor: TOTAL, refundPendingMinor: TOTAL });
  expect(refunds).toMatchObject([{ cause: "late_payment", amountMinor: TOTAL, status: "open" }]);
});

test("a transfer that never came leaves nothing to pay back", () => {
  const { state } = given(
    ...transferOrder,
    { kind: "cancel", reason: "the buyer called", by: "staff" },
    {
      kind: "record-void",
      outcome: { kind: "voided", reference: "bank_transfer:1" },
    },
  );
  expect(viewOf(state)).toMatchObject({ payment: { capturedMinor: 0 }, refunds: [] });
});

const biggerEdit = (): OrderCommand => ({
  kind: "apply-edit",
  editId: "e1",
  expectedVersion: given(place, held, authorised, committed, captured).state.version,
  draft: draft([line("KE-A", 2), line("KE-B", 1), line("KE-C", 1)]),
  reason: "one more",
  payment: { provider: "bank_transfer", choice: TRANSFER },
});
/** An edit whose difference of 10.00 waits for a transfer. */
const waitingEdit: readonly OrderCommand[] = [
  place,
  held,
  authorised,
  committed,
  captured,
  biggerEdit(),
  { kind: "record-holds", part: 1, result: { kind: "held" } },
  { kind: "record-payment", part: 1, outcome: { kind: "pending", reference: "bank_transfer:2" } },
];
const seenForEdit: OrderCommand = { ...seen, part: 1 };
const released: OrderCommand = { kind: "record-release", part: 1 };

test("a transfer for an edit whose units are gone is owed back, and the edit ends", () => {
  const { state } = given(
    ...waitingEdit,
    seenForEdit,
    { kind: "record-commit", part: 1, isComplete: false },
    { ...voided, part: 1 },
    released,
  );
  const { payment, refunds, edits } = viewOf(state);
  expect(edits).toMatchObject([{ outcome: "abandoned", reason: "stock_lost" }]);
  expect(payment.legs).toMatchObject([{ part: 0 }, { part: 1, capturedMinor: 1_000 }]);
  expect(refunds).toMatchObject([{ cause: "late_payment", amountMinor: 1_000 }]);
  expect(decide(state, seenForEdit, START)).toEqual({ ok: true, value: [] });
});

test("staff who note a transfer for an edit that was given up are told that nobody expects it", () => {
  const { state } = given(
    ...waitingEdit,
    { kind: "abandon-edit", editId: "e1", reason: "the buyer called" },
    { ...voided, part: 1 },
    released,
  );
  expect(viewOf(state).edits).toMatchObject([{ outcome: "abandoned" }]);
  expect(decide(state, seenForEdit, START)).toMatchObject({
    ok: false,
    refusal: { code: "transition_refused" },
  });
});

test("a repeat of what staff noted for an edit changes nothing once it is applied", () => {
  const { state } = given(...waitingEdit, seenForEdit, { kind: "record-commit", part: 1, isComplete: true });
  expect(viewOf(state).edits).toMatchObject([{ outcome: "applied" }]);
  expect(decide(state, seenForEdit, START)).toEqual({ ok: true, value: [] });
});
