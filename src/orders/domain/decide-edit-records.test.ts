import { expect, test } from "vitest";
import { decide } from "./decide.ts";
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
