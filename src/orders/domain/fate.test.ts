import { after, DAY_MS, MINUTE_MS } from "#kernel";
import { expect, test } from "vitest";
import { holdFateOf } from "./fate.ts";
import { authorised, given, held, place, START } from "./testing/sample-order.ts";

const END = after(START, 7 * DAY_MS);
const awaited = {
  kind: "record-payment",
  outcome: { kind: "pending", reference: "p", expiresAt: END },
} as const;
const { state } = given(place, held, awaited);

test.each([
  ["before its payment is asked for", given(place, held).state, START, { fate: "live" }],
  [
    "while a payment has days to come",
    state,
    START,
    { fate: "live", quietForMs: 7 * DAY_MS + 2 * MINUTE_MS },
  ],
  ["near the end of the payment", state, after(END, -MINUTE_MS), { fate: "live", quietForMs: 3 * MINUTE_MS }],
  ["after the end, as long as the order has not noticed", state, END, { fate: "live" }],
  ["once it is paid", given(place, held, awaited, authorised).state, START, { fate: "committing" }],
  ["of an order that nobody knows", undefined, START, { fate: "unknown" }],
])("a hold is answered %s", (_when, order, now, answer) => {
  expect(holdFateOf(order, 0, now)).toEqual(answer);
});

test("a hold of an edit that was never made is not kept by the payment of the order", () => {
  expect(holdFateOf(state, 3, START)).toEqual({ fate: "unknown" });
});
