import type { BreakClass } from "./breaks.ts";
import type { OrderFacts } from "./evidence.ts";
import { moneyOf, type ProviderSums } from "./money.ts";
import { phaseOf } from "./phase.ts";

/** A finding about an order, before it is given the order's name. */
export type OrderSaid = {
  readonly class: BreakClass;
  readonly subject?: string;
  readonly expected: string;
  readonly found: string;
};

/** What is not as promised of an order's money by its own books (P3). */
export function compareLedger(order: OrderFacts): OrderSaid[] {
  const sums = moneyOf(order.ledger);
  const phase = phaseOf(order.status);
  const rules: readonly (OrderSaid & { readonly isBroken: boolean })[] = [
    {
      class: "money.unbalanced",
      isBroken: sums.debitMinor !== sums.creditMinor,
      expected: `debits ${sums.debitMinor}`,
      found: `credits ${sums.creditMinor}`,
    },
    {
      class: "money.capture_mismatch",
      subject: "ledger",
      isBroken: sums.capturedMinor !== order.capturedMinor && order.provider !== "manual",
      expected: `${sums.capturedMinor} captured by the ledger`,
      found: `${order.capturedMinor} captured by the order`,
    },
    {
      class: "money.capture_mismatch",
      subject: "sold",
      isBroken: phase === "sold" && mustBePaid(order) && takenOf(order) !== order.totalMinor,
      expected: `${order.totalMinor} taken for a ${order.status} order`,
      found: `${takenOf(order)} taken`,
    },
    {
      class: "money.capture_mismatch",
      subject: "kept",
      isBroken: (phase === "open" || phase === "undone") && sums.keptMinor !== 0,
      expected: `no money kept of a ${order.status} order`,
      found: `${sums.keptMinor} kept`,
    },
    {
      class: "money.refund_exceeds",
      isBroken: sums.refundedMinor > sums.capturedMinor || order.refundedMinor > takenOf(order),
      expected: `at most ${takenOf(order)} refunded`,
      found: `${Math.max(sums.refundedMinor, order.refundedMinor)} refunded`,
    },
    {
      class: "money.authorisation_open",
      isBroken: (phase === "sold" || phase === "undone") && sums.reservedMinor !== 0,
      expected: "every authorisation captured or voided",
      found: `${sums.reservedMinor} still reserved`,
    },
  ];
  return rules.filter((rule) => rule.isBroken).map(({ isBroken: _isBroken, ...said }) => said);
}

/** Cash comes at the door, and an edit may set returned goods against its price. */
const mustBePaid = (order: OrderFacts): boolean => order.provider !== "manual" && order.isAsPlaced;
const takenOf = (order: OrderFacts): number => order.capturedMinor + order.vouchersMinor;

/** Where the order's ledger and the provider's own book differ (P3). */
export function compareProvider(order: OrderFacts, provider: ProviderSums): OrderSaid[] {
  const own = moneyOf(order.ledger);
  const pairs = [
    ["captured", own.capturedMinor, provider.capturedMinor],
    ["refunded", own.refundedMinor, provider.refundedMinor],
    ["reserved", own.reservedMinor, provider.reservedMinor],
  ] as const;
  return pairs
    .filter(([, expected, found]) => expected !== found)
    .map(([subject, expected, found]) => ({
      class: "money.provider_mismatch",
      subject,
      expected: `${expected} ${subject} by the order's ledger`,
      found: `${found} ${subject} by the provider's book`,
    }));
}
