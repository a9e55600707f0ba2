import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currency, epochMs, money } from "#kernel";
import { decide, type PaymentCommand } from "./decide.ts";
import { evolve, initialState } from "./evolve.ts";
import { movementsOf, type Movement } from "./movements.ts";
import type { Payment, PaymentState } from "./payment.ts";
import { TEST_CARDS, type TestCard } from "./test-cards.ts";
import { MAX_TRIES } from "../limits.ts";

const eur = (amountMinor: number) => money(currency("EUR"), amountMinor);
const createdAt = epochMs(1_000_000);
const expiresAt = epochMs(2_000_000);
const paymentIn = (state: PaymentState, kind: "session" | "token" = "session"): Payment => ({
  request: {
    ...{
      id: "pay_1",
      key: "ord_1:authorise:1",
      amount: eur(5690),
      reference: "ord_1",
      description: "Two prints",
    },
    ...{ email: "a@example.com", expiresAt, createdAt, origin: "http://sandbox.test", kind },
  },
  state,
});
const card = (id: string): TestCard => {
  const found = TEST_CARDS.find((each) => each.id === id);
  if (!found) throw new Error(`no test card ${id}`);
  return found;
};
const visa = { last4: "4242", brand: "visa" } as const;
const open = paymentIn(initialState);
const challenged = paymentIn({ status: "requires_action", tries: 0, challenge: visa });
const authorised = paymentIn({ status: "authorised", card: visa, capturedMinor: 0, refundedMinor: 0 });
const captured = paymentIn({ status: "captured", card: visa, capturedMinor: 5000, refundedMinor: 1000 });
const refunded = paymentIn({ status: "refunded", card: visa, capturedMinor: 5000, refundedMinor: 5000 });
const voided = paymentIn({ status: "voided", card: visa });
const declined = paymentIn({ status: "declined", reason: "declined", card: visa });
const expired = paymentIn({ status: "expired" });

/** Runs commands one after the other; refused ones change nothing. */
function run(
  start: Payment,
  commands: readonly PaymentCommand[],
): { payment: Payment; movements: Movement[] } {
  let payment = start;
  const movements: Movement[] = [];
  for (const command of commands) {
    const decision = decide(payment, command);
    for (const event of decision.ok ? decision.value : []) {
      payment = evolve(payment, event);
      movements.push(...movementsOf(payment, event, { firstNumber: movements.length + 1, now: createdAt }));
    }
  }
  return { payment, movements };
}

describe("a payment", () => {
  test("is authorised by a card that the bank approves", () => {
    const { payment } = run(open, [{ type: "pay", card: card("approve") }]);
    expect(payment.state).toMatchObject({ status: "authorised", card: visa });
  });

  test("stays open after a decline in a session, and takes another card", () => {
    const tried = run(open, [{ type: "pay", card: card("insufficient_funds") }]).payment;
    expect(tried.state).toEqual({ status: "requires_action", tries: 1, lastDecline: "insufficient_funds" });
    expect(run(tried, [{ type: "pay", card: card("approve") }]).payment.state.status).toBe("authorised");
  });

  test("by token is declined for good at the first no", () => {
    const { payment } = run(paymentIn(initialState, "token"), [{ type: "pay", card: card("decline") }]);
    expect(payment.state).toMatchObject({ status: "declined", reason: "declined" });
  });

  test("is declined for good at the last try of a session", () => {
    const tries = Array.from({ length: MAX_TRIES }, () => ({ type: "pay", card: card("decline") }) as const);
    expect(run(open, tries.slice(1)).payment.state.status).toBe("requires_action");
    expect(run(open, tries).payment.state.status).toBe("declined");
  });

  test("waits for the buyer's answer after a challenge", () => {
    const asked = run(open, [{ type: "pay", card: card("challenge") }]);
    expect(asked.movements).toEqual([]);
    const answer = (isApproved: boolean) =>
      run(asked.payment, [{ type: "answer_challenge", isApproved }]).payment.state;
    expect(answer(true)).toMatchObject({ status: "authorised", card: { last4: "3155" } });
    expect(answer(false)).toMatchObject({ status: "requires_action", lastDecline: "challenge_failed" });
  });

  test("releases what a partial capture leaves", () => {
    const { payment, movements } = run(authorised, [{ type: "capture", amount: eur(5000) }]);
    expect(payment.state).toMatchObject({ status: "captured", capturedMinor: 5000 });
    expect(movements.map((each) => [each.kind, each.amountMinor])).toEqual([
      ["captured", 5000],
      ["released", 690],
    ]);
  });

  test("is refunded in parts up to what was captured", () => {
    const part = { type: "refund", amount: eur(2000) } as const;
    expect(run(captured, [part]).payment.state).toMatchObject({ status: "captured", refundedMinor: 3000 });
    expect(run(captured, [part, part]).payment.state).toMatchObject({
      status: "refunded",
      refundedMinor: 5000,
    });
    expect(decide(captured, { type: "refund", amount: eur(4001) })).toEqual({
      ok: false,
      refusal: { code: "amount_too_large", availableMinor: 4000 },
    });
  });

  test("expires at its time and not before, and never once it is paid", () => {
    expect(run(open, [{ type: "expire", now: epochMs(expiresAt - 1) }]).payment).toBe(open);
    expect(run(open, [{ type: "expire", now: expiresAt }]).payment.state).toEqual({ status: "expired" });
    expect(run(authorised, [{ type: "expire", now: expiresAt }]).payment).toBe(authorised);
  });

  test("takes no amount in another currency", () => {
    const amount = money(currency("USD"), 100);
    const refusal = { ok: false, refusal: { code: "currency_differs", currency: "EUR" } };
    expect(decide(authorised, { type: "capture", amount })).toEqual(refusal);
    expect(decide(captured, { type: "refund", amount })).toEqual(refusal);
  });
});

// "+" happens, "." changes nothing, otherwise the refusal's code.
type Row = [
  state: string,
  payment: Payment,
  pay: string,
  answer: string,
  capture: string,
  end: string,
  refund: string,
];
const matrix: readonly Row[] = [
  //             payment     pay             answer          capture           void            refund
  ["open", open, "+", "no_challenge", "not_capturable", "+", "not_refundable"],
  ["challenged", challenged, "+", "+", "not_capturable", "+", "not_refundable"],
  ["authorised", authorised, "session_over", "no_challenge", "+", "+", "not_refundable"],
  ["captured", captured, "session_over", "no_challenge", "not_capturable", "not_voidable", "+"],
  ["refunded", refunded, "session_over", "no_challenge", "not_capturable", "not_voidable", "not_refundable"],
  ["voided", voided, "session_over", "no_challenge", "not_capturable", ".", "not_refundable"],
  ["declined", declined, "session_over", "no_challenge", "not_capturable", ".", "not_refundable"],
  ["expired", expired, "session_over", "no_challenge", "not_capturable", ".", "not_refundable"],
];
const commands: readonly PaymentCommand[] = [
  { type: "pay", card: card("approve") },
  { type: "answer_challenge", isApproved: true },
  { type: "capture", amount: eur(100) },
  { type: "void" },
  { type: "refund", amount: eur(100) },
];

describe("what each state allows", () => {
  test.each(matrix)("%s", (_, payment, ...expected) => {
    const told = commands.map((command) => {
      const decision = decide(payment, command);
      if (!decision.ok) return decision.refusal.code;
      return decision.value.length > 0 ? "+" : ".";
    });
    expect(told).toEqual(expected);
  });
});

const anyAmount = fc.integer({ min: 1, max: 7000 }).map(eur);
const anyCommand: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc.constantFrom(...TEST_CARDS).map((each) => ({ type: "pay", card: each }) as const),
  fc.boolean().map((isApproved) => ({ type: "answer_challenge", isApproved }) as const),
  anyAmount.map((amount) => ({ type: "capture", amount }) as const),
  anyAmount.map((amount) => ({ type: "refund", amount }) as const),
  fc.constant({ type: "void" } as const),
  fc.integer({ min: 0, max: 3_000_000 }).map((now) => ({ type: "expire", now: epochMs(now) }) as const),
);

describe("the ledger of any history", () => {
  test("balances movement by movement, and nothing is taken twice", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("session", "token"),
        fc.array(anyCommand, { maxLength: 40 }),
        (kind, history) => {
          const { payment, movements } = run(paymentIn(initialState, kind), history);
          const sum = (name: Movement["kind"]) =>
            movements
              .filter((each) => each.kind === name)
              .reduce((total, each) => total + each.amountMinor, 0);
          for (const { lines } of movements) {
            expect(lines.reduce((total, line) => total + line.debitMinor - line.creditMinor, 0)).toBe(0);
          }
          expect([0, 5690]).toContain(sum("authorised"));
          expect(sum("refunded")).toBeLessThanOrEqual(sum("captured"));
          const left = payment.state.status === "authorised" ? 5690 : 0;
          expect(sum("authorised") - sum("captured") - sum("released")).toBe(left);
          expect(new Set(movements.map((each) => each.id)).size).toBe(movements.length);
        },
      ),
    );
  });
});
