import { describe, expect, test } from "vitest";
import { after, MINUTE_MS } from "#kernel";
import type { PaymentOutcome } from "../contract.ts";
import type { OrderCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import { afterAll } from "./decision.ts";
import { postingsOf } from "./ledger.ts";
import type { OrderState } from "./state.ts";
import { isSettled, newsPollsOf, nextSteps } from "./steps.ts";
import {
  authorised,
  captured,
  committed,
  draft,
  given,
  held,
  line,
  place,
  START,
} from "./testing/sample-order.ts";

test("an edit whose capture was refused does not end before its reserved money was let go", () => {
  const before = given(place, held, authorised, committed, captured).state;
  const longer = draft([line("KE-A", 2), line("KE-B", 1), line("KE-C", 1)]);
  const { state } = given(
    place,
    held,
    authorised,
    committed,
    captured,
    {
      kind: "apply-edit",
      editId: "e1",
      expectedVersion: before.version,
      draft: longer,
      reason: "one more",
      payment: { provider: "fake", choice: { kind: "token", token: "tok_approve" } },
    },
    { kind: "record-holds", part: 1, result: { kind: "held" } },
    {
      kind: "record-payment",
      part: 1,
      outcome: { kind: "authorised", reference: "pay_2", amountMinor: 1_000 },
    },
    { kind: "record-commit", part: 1, isComplete: true },
    { kind: "record-capture", part: 1, outcome: { kind: "declined", reason: "declined", isFinal: true } },
  );
  expect(state.edit).toMatchObject({ stage: "releasing", payment: { kind: "authorised" } });
  expect(decide(state, { kind: "record-release", part: 1 }, START)).toEqual({ ok: true, value: [] });
  const voided = { kind: "record-void", part: 1, outcome: { kind: "voided", reference: "pay_2" } } as const;
  expect(decide(state, voided, START)).toMatchObject({ value: [{ payment: { kind: "voided" } }] });
});

describe("an edit that was given up because the provider never saw its request", () => {
  const news = (outcome: PaymentOutcome): OrderCommand => ({ kind: "record-payment", part: 1, outcome });
  const money = { reference: "pay_2", amountMinor: 1_000 };
  const reserved = news({ kind: "authorised", ...money });

  /** Asked for, never seen by the provider for longer than the limit, released. */
  function abandoned(): OrderState {
    const before = given(place, held, authorised, committed, captured).state;
    const { state } = given(
      place,
      held,
      authorised,
      committed,
      captured,
      {
        kind: "apply-edit",
        editId: "e1",
        expectedVersion: before.version,
        draft: draft([line("KE-A", 2), line("KE-B", 1), line("KE-C", 1)]),
        reason: "one more",
        payment: { provider: "fake", choice: { kind: "token", token: "tok_approve" } },
      },
      { kind: "record-holds", part: 1, result: { kind: "held" } },
      news({ kind: "unknown", detail: "timeout" }),
    );
    const gone = follow(state, news({ kind: "not_found" }), { kind: "record-release", part: 1 });
    expect(gone.edits).toMatchObject([{ outcome: "abandoned", reason: "payment_unavailable" }]);
    return gone;
  }

  function follow(state: OrderState, ...commands: readonly OrderCommand[]): OrderState {
    const now = after(state.updatedAt, 3 * MINUTE_MS);
    return commands.reduce((next, command) => {
      const decision = decide(next, command, now);
      if (!decision.ok) throw new Error(decision.refusal.code);
      return afterAll(next, decision.value, now);
    }, state);
  }

  test("asks about its payment on news, and lets go what is reserved after all", () => {
    const state = abandoned();
    expect(newsPollsOf(state)).toContainEqual({ kind: "payment", part: 1 });
    const late = follow(state, reserved);
    expect(nextSteps(late)).toEqual([{ kind: "void", part: 1 }]);
    expect(isSettled(late)).toBe(false);
    expect(decide(late, reserved, START)).toEqual({ ok: true, value: [] });
    const over = follow(late, {
      kind: "record-void",
      part: 1,
      outcome: { kind: "voided", reference: money.reference },
    });
    expect(nextSteps(over)).toEqual([]);
    expect(decide(over, reserved, START)).toEqual({ ok: true, value: [] });
    expect(newsPollsOf(over)).toEqual([]);
  });

  test("books what is reserved, and that it was let go", () => {
    const state = abandoned();
    const late = follow(state, reserved);
    const balance = new Map<string, number>();
    const book = (before: OrderState, command: OrderCommand): void => {
      const decision = decide(before, command, START);
      for (const event of decision.ok ? decision.value : [])
        for (const { account, debitMinor, creditMinor } of postingsOf(before, event))
          balance.set(account, (balance.get(account) ?? 0) + debitMinor - creditMinor);
    };
    book(state, reserved);
    expect(Object.fromEntries(balance)).toEqual({ provider_reserved: 1_000, buyer_reserved: -1_000 });
    book(late, { kind: "record-void", part: 1, outcome: { kind: "voided", reference: money.reference } });
    expect(Object.fromEntries(balance)).toEqual({ provider_reserved: 0, buyer_reserved: 0 });
  });

  test.each([
    ["taken at once", [news({ kind: "captured", ...money })]],
    [
      "taken before it could be let go",
      [reserved, { kind: "record-void", part: 1, outcome: { kind: "captured", ...money } }],
    ],
  ] as const)("sends back what was %s", (_what, commands) => {
    const state = follow(abandoned(), ...commands);
    expect(state.editLegs).toMatchObject([{ part: 1, capturedMinor: 1_000 }]);
    expect(state.refunds).toMatchObject([{ cause: "late_payment", amountMinor: 1_000 }]);
    expect(nextSteps(state)).toMatchObject([{ kind: "refund" }]);
    expect(follow(state, news({ kind: "captured", ...money })).refunds).toHaveLength(1);
  });
});
