import { describe, expect, test } from "vitest";
import type { OrderCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import { afterAll } from "./decision.ts";
import { decideInTurn, joinedStep } from "./joined-steps.ts";
import { nextSteps } from "./steps.ts";
import { authorised, captured, committed, given, held, place, START } from "./testing/sample-order.ts";

const committing = given(place, held, authorised).state;
const [commit] = nextSteps(committing);
const incomplete: OrderCommand = { kind: "record-commit", part: 0, isComplete: false };

describe("the step whose answer may wait for the next one", () => {
  test("is the commit of a placement that has to be captured", () => {
    if (!commit) throw new Error("a committing order owes its commit");
    const next = joinedStep(committing, commit, { answer: committed, now: START });
    expect(next).toMatchObject({ step: { kind: "capture", part: 0 }, state: { status: "capturing" } });
  });

  test("is no commit that came to nothing, nor one that is recorded already", () => {
    if (!commit) throw new Error("a committing order owes its commit");
    expect(joinedStep(committing, commit, { answer: incomplete, now: START })).toBeUndefined();
    const { state } = given(place, held, authorised, committed, captured);
    expect(joinedStep(state, commit, { answer: committed, now: START })).toBeUndefined();
    expect(joinedStep(undefined, commit, { answer: committed, now: START })).toBeUndefined();
  });

  test("is no hold: an authorisation that nobody has recorded would be asked back by nobody", () => {
    const { state } = given(place);
    const [hold] = nextSteps(state);
    if (!hold) throw new Error("a new order owes its hold");
    expect(joinedStep(state, hold, { answer: held, now: START })).toBeUndefined();
  });
});

describe("commands decided in turn", () => {
  test("make the events that they make one by one", () => {
    const together = decideInTurn(committing, [committed, captured], START);
    const first = decide(committing, committed, START);
    if (!together.ok || !first.ok) throw new Error("both fit the order");
    const second = decide(afterAll(committing, first.value, START), captured, START);
    expect(together.value).toEqual([...first.value, ...(second.ok ? second.value : [])]);
    expect(together.value.map(({ type }) => type)).toEqual([
      "order.committed",
      "order.captured",
      "order.confirmed",
    ]);
  });

  test("keep what fits when a later one is refused, and refuse when the first is", () => {
    const cancel: OrderCommand = { kind: "cancel", reason: "no", by: "customer" };
    const { state } = given(place, held, authorised, committed, captured);
    expect(decideInTurn(state, [cancel], START)).toMatchObject({ ok: false });
    expect(decideInTurn(committing, [committed, cancel], START)).toMatchObject({
      ok: true,
      value: [{ type: "order.committed" }],
    });
  });
});
