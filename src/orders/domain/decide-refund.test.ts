import { expect, test } from "vitest";
import type { OrderTender } from "../contract.ts";
import { decide } from "./decide.ts";
import { committed, draft, given, held, placeOrder, START, TOTAL } from "./testing/sample-order.ts";

const CARD: OrderTender = { voucherId: "card", kind: "gift_card", label: "Card", amountMinor: 1_000 };

test("a gift card is not refunded in part while calling the order off would give it back whole", () => {
  const tendered = { ...draft(), tenders: [CARD], dueMinor: TOTAL - CARD.amountMinor };
  const { state } = given(
    { kind: "place", order: placeOrder({ draft: tendered }) },
    held,
    {
      kind: "record-payment",
      outcome: { kind: "authorised", reference: "pay_1", amountMinor: tendered.dueMinor },
    },
    committed,
    { kind: "record-capture", outcome: { kind: "declined", reason: "declined", isFinal: true } },
  );
  expect(state).toMatchObject({ status: "needs_attention", vouchersMinor: 1_000 });
  const refund = { kind: "refund", refundId: "r1", amountMinor: 225, reason: "because" } as const;
  expect(decide(state, refund, START)).toMatchObject({
    ok: false,
    refusal: { code: "transition_refused", status: "needs_attention" },
  });
  expect(decide(state, { kind: "cancel", reason: "because", by: "staff" }, START).ok).toBe(true);
});
