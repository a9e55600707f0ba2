import { expect, it } from "vitest";
import { figures, judge, type Evidence } from "./oracle.ts";
import type { Attempt } from "./shoppers.ts";

// The judge of the crash test is judged itself: each broken promise has to be seen.

const eur = (amountMinor: number) => ({ currency: "EUR", amountMinor });
const sum = (count: number, amountMinor: number) => ({ count, amountMinor });
const movement = (sequence: number, kind: string, changes: readonly [number, number, number, number]) => ({
  sequence,
  kind,
  location: "main",
  reference: "ord_1",
  onHandChange: changes[0],
  heldChange: changes[1],
  onHandAfter: changes[2],
  heldAfter: changes[3],
});
const order = { id: "ord_1", status: "confirmed", email: "a@b.example", total: eur(500) };

/** One buyer bought two of five units for 5.00. */
const honest: Evidence = {
  rows: [{ ...order, paymentStatus: "captured" }],
  orders: [{ ...order, lines: [{ sku: "S", quantity: 2 }], payment: { captured: eur(500) } }],
  ledgers: new Map([
    [
      "ord_1",
      [
        { account: "a", debit: eur(500), credit: eur(0) },
        { account: "b", debit: eur(0), credit: eur(500) },
      ],
    ],
  ]),
  levels: new Map([["S", { onHand: 3, held: 0, available: 3 }]]),
  journals: new Map([
    [
      "S",
      [
        movement(1, "counted", [5, 0, 5, 0]),
        movement(2, "held", [0, 2, 5, 2]),
        movement(3, "committed", [-2, -2, 3, 0]),
      ],
    ],
  ]),
  totals: [
    {
      reference: "ord_1",
      authorised: sum(1, 500),
      captured: sum(1, 500),
      released: sum(0, 0),
      refunded: sum(0, 0),
    },
  ],
  balances: [{ account: "a", debitMinor: 500, creditMinor: 500 }],
};
const attempt: Attempt = {
  key: "k",
  email: order.email,
  checkoutId: "chk_1",
  totalMinor: 500,
  wishes: [{ sku: "S", quantity: 2 }],
  token: "tok_approve",
  unanswered: 0,
  outcome: {
    kind: "acknowledged",
    text: "",
    placed: { orderId: "ord_1", orderNumber: "1", status: "confirmed", accessKey: "" },
  },
};
const initial = new Map([["S", 5]]);
const orders = (change: object) => ({ orders: honest.orders.map((each) => ({ ...each, ...change })) });
const totals = (change: object) => ({ totals: honest.totals.map((each) => ({ ...each, ...change })) });

it("finds nothing where every promise was kept", () => {
  expect(judge(honest, [attempt], initial)).toEqual([]);
});

it("finds nothing where an order took its units from two locations", () => {
  const annex = { location: "annex" };
  const journal = [
    movement(1, "counted", [4, 0, 4, 0]),
    { ...movement(2, "counted", [1, 0, 1, 0]), ...annex },
    movement(3, "held", [0, 1, 4, 1]),
    { ...movement(4, "held", [0, 1, 1, 1]), ...annex },
    movement(5, "committed", [-1, -1, 3, 0]),
    { ...movement(6, "committed", [-1, -1, 0, 0]), ...annex },
  ];
  const split = { ...honest, journals: new Map([["S", journal]]) };
  expect(judge(split, [attempt], initial)).toEqual([]);
});

it.each<[string, Partial<Evidence>, RegExp]>([
  ["an acknowledged order that is gone", { orders: [] }, /lost/],
  [
    "an acknowledged order that was cancelled",
    orders({ status: "cancelled" }),
    /acknowledged order ord_1 \(told confirmed\) is cancelled/,
  ],
  ["two orders under one key", { orders: [...honest.orders, ...honest.orders] }, /made 2 orders/],
  ["an order of nobody", orders({ email: "c@d.example" }), /nobody asked/],
  ["another total than was shown", orders({ total: eur(600) }), /something else/],
  [
    "a unit that vanished",
    { levels: new Map([["S", { onHand: 2, held: 0, available: 2 }]]) },
    /2 on hand, 3 expected/,
  ],
  ["a hold that is stuck", { levels: new Map([["S", { onHand: 3, held: 1, available: 2 }]]) }, /still held/],
  ["a gap in the journal", { journals: new Map([["S", [movement(2, "counted", [3, 0, 3, 0])]]]) }, /missing/],
  [
    "a movement that miscounts",
    { journals: new Map([["S", [movement(1, "counted", [3, 0, 4, 0])]]]) },
    /miscounts/,
  ],
  ["two captures", totals({ captured: sum(2, 1_000) }), /2 captures/],
  ["an authorisation left over", totals({ authorised: sum(2, 1_000) }), /neither captured nor voided/],
  ["money for an unknown order", totals({ reference: "ord_2" }), /no such order/],
  [
    "a provider's book out of balance",
    { balances: [{ account: "a", debitMinor: 1, creditMinor: 0 }] },
    /1 debits and 0 credits/,
  ],
  [
    "an order's ledger out of balance",
    { ledgers: new Map([["ord_1", [{ account: "a", debit: eur(1), credit: eur(0) }]]]) },
    /its ledger/,
  ],
  [
    "a list that lags behind",
    { rows: honest.rows.map((row) => ({ ...row, status: "authorised" })) },
    /the list says/,
  ],
])("sees %s", (_, change, words) => {
  expect(judge({ ...honest, ...change }, [attempt], initial).join("\n")).toMatch(words);
});

const refusedAs = (end: string, token = "tok_approve"): Attempt => ({
  ...attempt,
  token,
  outcome: { kind: "refused", type: `/problems/orders/${end}` },
});
const told = (status: string, token: string): Attempt => ({
  ...attempt,
  token,
  outcome: {
    kind: "acknowledged",
    text: "",
    placed: { orderId: "ord_1", orderNumber: "1", status, accessKey: "" },
  },
});
const unanswered = (): Attempt => {
  const { outcome: _, ...waiting } = attempt;
  return waiting;
};
const cancelled = (cancelReason: string) => orders({ status: "cancelled", cancelReason });

it.each<[string, Attempt, Partial<Evidence>, RegExp | undefined, string]>([
  ["sold and told so", attempt, {}, undefined, "soldAtOnce"],
  [
    "sold after the bank's answer was lost",
    told("payment_unknown", "tok_approve_drop"),
    {},
    undefined,
    "soldAfterCheck",
  ],
  [
    "being checked, and then the bank had said no",
    told("payment_unknown", "tok_decline"),
    cancelled("declined"),
    undefined,
    "declinedAfterCheck",
  ],
  [
    "being checked, and then called off although the bank said yes",
    told("payment_unknown", "tok_approve_drop"),
    cancelled("payment_unavailable"),
    /told payment_unknown\) is cancelled: payment_unavailable/,
    "unexplained",
  ],
  [
    "confirmed, and then declined",
    told("confirmed", "tok_decline"),
    cancelled("declined"),
    /told confirmed/,
    "unexplained",
  ],
  ["sold although the bank said no", told("confirmed", "tok_decline"), {}, /bank said no/, "unexplained"],
  [
    "refused by the bank",
    refusedAs("payment-declined", "tok_decline"),
    cancelled("declined"),
    undefined,
    "refusedPaymentDeclined",
  ],
  [
    "refused for want of units",
    refusedAs("out-of-stock"),
    cancelled("out_of_stock"),
    undefined,
    "refusedOutOfStock",
  ],
  [
    "refused before an order was made",
    refusedAs("out-of-stock"),
    { orders: [] },
    undefined,
    "refusedOutOfStockUnmadeOrder",
  ],
  [
    "refused for another cause than the order's",
    refusedAs("out-of-stock"),
    cancelled("declined"),
    /is cancelled: declined/,
    "unexplained",
  ],
  [
    "refused by a bank that said yes",
    refusedAs("payment-declined"),
    cancelled("declined"),
    /bank said yes/,
    "unexplained",
  ],
  ["refused and still open", refusedAs("out-of-stock"), orders({ status: "held" }), /is held/, "unexplained"],
  ["refused and sold", refusedAs("out-of-stock"), {}, /was refused .* and is sold/, "unexplained"],
  ["never answered", unanswered(), {}, /never answered/, "unexplained"],
])("accounts for a buyer who was %s", (_, buyer, change, words, className) => {
  const evidence = { ...honest, ...change };
  const aboutBuyers = judge(evidence, [buyer], initial).join("\n");
  if (words) expect(aboutBuyers).toMatch(words);
  else expect(aboutBuyers).not.toMatch(/acknowledged|refused|answered|bank/);
  expect(figures(evidence, [buyer])).toMatchObject({ [className]: 1, unexplained: words ? 1 : 0 });
});
