import { expect, test } from "vitest";
import type { OrderTender } from "../contract.ts";
import { actionsOf } from "../app/order-actions.ts";
import type { OrderCommand } from "./commands.ts";
import { committed, draft, given, held, placeOrder, TOTAL } from "./testing/sample-order.ts";
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
