import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { after, type EpochMs } from "#kernel";
import type { OrderDraft, OrderEventType, PaymentChoice, SkuQuantity } from "../contract.ts";
import type { OrderCommand } from "./commands.ts";
import { auditOf } from "./audit.ts";
import { decide } from "./decide.ts";
import type { RecordedEvent } from "./events.ts";
import { evolve, replay } from "./evolve.ts";
import { capturedMinor, legsOf, refundableMinor } from "./funds.ts";
import { postingsOf } from "./ledger.ts";
import { isLive, type OrderState } from "./state.ts";
import { isSettled, nextSteps, nextWakeAt, pollsOf } from "./steps.ts";
import { anyRecord, anyWish, lateNews, type Draw } from "./testing/any-command.ts";
import { draft, given, placeOrder, START } from "./testing/sample-order.ts";
import { demandBySku, sumBySku } from "./units.ts";
import { viewOf } from "./view.ts";

const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const runs = { numRuns: 250, seed: SEED };

/** Half paid by a gift card, all of it, or nothing. */
function someDraft(draw: Draw): OrderDraft {
  const base = draft();
  const tender = [0, 0, 1_000, base.totalMinor][draw(4)] ?? 0;
  return {
    ...base,
    tenders:
      tender === 0 ? [] : [{ voucherId: "card", kind: "gift_card", label: "Card", amountMinor: tender }],
    dueMinor: base.totalMinor - tender,
  };
}

const CHOICES: readonly PaymentChoice[] = [
  { kind: "token", token: "t" },
  { kind: "token", token: "t" },
  { kind: "manual", method: "bank_transfer" },
  { kind: "manual", method: "cash_on_delivery" },
];

type Walk = {
  readonly log: RecordedEvent[];
  state: OrderState;
  now: EpochMs;
  readonly balance: Map<string, number>;
};

function begin(draw: Draw): Walk {
  const payment = CHOICES[draw(CHOICES.length)] ?? { kind: "token", token: "t" };
  const { log, state } = given({ kind: "place", order: placeOrder({ draft: someDraft(draw), payment }) });
  return { log: [...log], state, now: START, balance: new Map() };
}

function take(walk: Walk, command: OrderCommand): void {
  const decision = decide(walk.state, command, walk.now);
  if (!decision.ok) return;
  for (const event of decision.value) {
    const recorded: RecordedEvent = { sequence: walk.state.version + 1, occurredAt: walk.now, event };
    const postings = postingsOf(walk.state, event);
    expect(postings.reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0)).toBe(0);
    for (const { account, debitMinor, creditMinor } of postings)
      walk.balance.set(account, (walk.balance.get(account) ?? 0) + debitMinor - creditMinor);
    walk.state = evolve(walk.state, recorded);
    walk.log.push(recorded);
  }
}

/** A walk drawn from a seed: mostly good answers to what is owed, sometimes strange ones, sometimes a wish of a person. */
function walkOf({ seed, length }: Drawn, rule?: (walk: Walk) => void): Walk {
  const draw = drawFrom(seed);
  const walk = begin(draw);
  for (let turn = 0; turn < length; turn += 1) {
    walk.now = after(walk.now, draw(6) === 0 ? draw(400_000) : draw(3_000));
    take(walk, anyTurn(draw, walk.state));
    rule?.(walk);
  }
  return walk;
}

function anyTurn(draw: Draw, state: OrderState): OrderCommand {
  if (state.edits.some(({ asked }) => asked) && draw(6) === 0) return lateNews(draw, state);
  const owed = nextSteps(state);
  const step = owed[draw(Math.max(1, owed.length))];
  const isPatient = !isLive(state.status) && draw(12) > 0;
  if (step && (isPatient || draw(3) === 0))
    return draw(isLive(state.status) ? 7 : 4) === 0 ? anyRecord(draw, state) : goodAnswer(state, step);
  return draw(5) === 0 ? anyRecord(draw, state) : anyWish(draw, state);
}

/** Numbers that look random and repeat by their seed. */
function drawFrom(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

type Drawn = { readonly seed: number; readonly length: number };
const walks: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.nat(2 ** 30),
  length: fc.integer({ min: 5, max: 120 }),
});
const taken = (units: readonly SkuQuantity[]) =>
  Object.fromEntries(sumBySku(units).map((unit) => [unit.sku, unit.quantity]));

const check = (rule: (walk: Walk) => void): void =>
  fc.assert(
    fc.property(walks, (drawn) => void walkOf(drawn, rule)),
    runs,
  );

/** Names them all: a new one that no walk reaches fails the first test. */
const EVENTS: Readonly<Record<OrderEventType, true>> = {
  "order.placed": true,
  "order.held": true,
  "order.hold_refused": true,
  "order.voucher_refused": true,
  "order.payment_requested": true,
  "order.payment_pending": true,
  "order.payment_unknown": true,
  "order.payment_declined": true,
  "order.authorised": true,
  "order.commit_started": true,
  "order.committed": true,
  "order.capture_retried": true,
  "order.captured": true,
  "order.confirmed": true,
  "order.fulfilment_started": true,
  "order.parcel_scanned": true,
  "order.shipped": true,
  "order.delivered": true,
  "order.release_started": true,
  "order.payment_voided": true,
  "order.cancelled": true,
  "order.refunding_started": true,
  "order.refund_requested": true,
  "order.refund_pending": true,
  "order.refund_unknown": true,
  "order.refund_paid": true,
  "order.refund_failed": true,
  "order.refunded": true,
  "order.stock_return_requested": true,
  "order.stock_returned": true,
  "order.edit_started": true,
  "order.edit_held": true,
  "order.edit_payment_changed": true,
  "order.edit_committed": true,
  "order.edit_captured": true,
  "order.edit_applied": true,
  "order.edit_release_started": true,
  "order.edit_abandoned": true,
  "order.ended_edit_payment_changed": true,
  "order.return_requested": true,
  "order.return_approved": true,
  "order.return_declined": true,
  "order.return_received": true,
  "order.return_credited": true,
  "order.return_closed": true,
  "order.note_added": true,
  "order.note_removed": true,
  "order.tags_set": true,
  "order.attention_needed": true,
  "order.attention_flagged": true,
  "order.attention_cleared": true,
};

/** Milliseconds: thousands of walks, on a machine that may do other things as well. */
const WALKS_LIMIT_MS = 60_000;
vi.setConfig({ testTimeout: WALKS_LIMIT_MS });

describe(`whatever is asked and answered in whatever order (SEED=${SEED})`, () => {
  test("the walks get to see every event that there is", () => {
    const seen = new Set<string>();
    // Always the same ones: whether a rare event is reached must not depend on the day.
    for (let seed = 1; seed <= 2_000; seed += 1)
      for (const { event } of walkOf({ seed, length: 90 }).log) seen.add(event.type);
    expect(Object.keys(EVENTS).filter((type) => !seen.has(type))).toEqual([]);
  });

  test("the log replays to the same state", () => {
    fc.assert(
      fc.property(walks, (drawn) => {
        const walk = walkOf(drawn);
        expect(replay(walk.log)).toEqual(walk.state);
      }),
      runs,
    );
  });

  test("no more goes back than was taken, from each source and over all", () => {
    check(({ state }) => {
      for (const leg of legsOf(state)) expect(leg.refundedMinor).toBeLessThanOrEqual(leg.capturedMinor);
      const back = state.refunds
        .flatMap((refund) => refund.movements)
        .filter((movement) => movement.status !== "failed")
        .reduce((sum, movement) => sum + movement.amountMinor, 0);
      expect(back).toBeLessThanOrEqual(capturedMinor(state) + state.vouchersMinor);
      for (const refund of state.refunds)
        expect(refund.movements.reduce((sum, movement) => sum + movement.amountMinor, 0)).toBe(
          refund.amountMinor,
        );
    });
  });

  test("what the books say the order has got is what was taken less what is promised back", () => {
    check(({ state, balance }) => {
      expect(0 - (balance.get("order_paid") ?? 0)).toBe(refundableMinor(state));
      const payments = [
        state.payment,
        state.edit?.payment,
        ...state.edits.map(({ asked }) => asked?.payment),
      ];
      if (payments.every((payment) => payment?.kind !== "authorised"))
        expect(balance.get("provider_reserved") ?? 0).toBe(0);
      expect(balance.get("refunds_due") ?? 0).toBe(0 - viewOf(state).payment.refundPendingMinor);
    });
  });

  test("the units of a live order are those placed and added, less those that an edit gave back", () => {
    check(({ state }) => {
      if (!isLive(state.status)) return;
      const added = state.edits.flatMap((edit) => (edit.outcome === "applied" ? edit.added : []));
      const removed = state.takeBacks
        .filter((unit) => unit.returnId.includes(":edit-"))
        .map(({ sku, quantity }) => ({ sku, quantity: 0 - quantity }));
      expect(taken([...state.placed, ...added, ...removed])).toEqual(taken(demandBySku(state.draft)));
    });
  });

  test("the units of every take-back are named once", () => {
    check(({ state }) => {
      const ids = state.takeBacks.map((unit) => unit.returnId);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  test("every order that is not settled has a call to make, an answer to ask for, a parcel or a person to wait for", () => {
    check(({ state, now }) => {
      const isOwed = nextSteps(state).length > 0 || pollsOf(state).length > 0;
      const wakeAt = nextWakeAt(state, now);
      expect(wakeAt !== undefined).toBe(isOwed);
      if (wakeAt !== undefined) expect(wakeAt).toBeGreaterThan(now);
      const waitsForOthers = isLive(state.status) || state.status === "needs_attention";
      expect(isSettled(state) || isOwed || waitsForOthers).toBe(true);
      if (state.edit) expect(isOwed || state.edit.choice?.kind === "manual").toBe(true);
      expect(auditOf(state, now).isSettled).toBe(isSettled(state));
    });
  });

  test("a person can always lead an order out of needs_attention", () => {
    check(({ state, now }) => {
      if (state.status !== "needs_attention") return;
      const decision = decide(state, { kind: "cancel", reason: "x", by: "staff" }, now);
      expect(decision).toMatchObject({ ok: true });
      expect(decision.ok && decision.value.length).toBeTruthy();
    });
  });

  test("an order that answers in time comes to rest", () => {
    fc.assert(
      fc.property(walks, (drawn) => {
        const walk = walkOf(drawn);
        settle(walk);
        const isOpen = nextSteps(walk.state).length > 0 || pollsOf(walk.state).length > 0;
        expect(isOpen).toBe(false);
      }),
      runs,
    );
  });
});

/** Every call and question is answered well from now on. */
function settle(walk: Walk): void {
  for (let round = 0; round < 60; round += 1) {
    walk.now = after(walk.now, 20_000);
    const step = nextSteps(walk.state)[0];
    const poll = pollsOf(walk.state)[0];
    if (!step && !poll) return;
    take(walk, step ? goodAnswer(walk.state, step) : goodNews(walk.state, poll));
  }
}

function goodAnswer(state: OrderState, step: ReturnType<typeof nextSteps>[number]): OrderCommand {
  if (step.kind === "take-back")
    return { kind: "record-take-back", returnIds: state.takeBacks.map((unit) => unit.returnId) };
  if (step.kind === "refund") return paid(step.movementId);
  const { part } = step;
  const amountMinor = part === 0 ? state.dueMinor : (state.edit?.dueMinor ?? 0);
  const reference = `pay_${part}`;
  switch (step.kind) {
    case "hold":
      return { kind: "record-holds", part, result: { kind: "held" } };
    case "authorise":
      return { kind: "record-payment", part, outcome: { kind: "authorised", reference, amountMinor } };
    case "commit":
      return { kind: "record-commit", part, isComplete: true };
    case "capture":
      return { kind: "record-capture", part, outcome: { kind: "captured", reference, amountMinor } };
    case "void":
      return { kind: "record-void", part, outcome: { kind: "voided", reference } };
    case "release":
      return { kind: "record-release", part };
  }
}

const paid = (movementId: string): OrderCommand => ({
  kind: "record-refund",
  movementId,
  outcome: { kind: "refunded", reference: "re", amountMinor: 1 },
});

const goodNews = (_state: OrderState, poll: ReturnType<typeof pollsOf>[number] | undefined): OrderCommand =>
  poll?.kind === "refund"
    ? paid(poll.movementId)
    : {
        kind: "record-payment",
        part: poll?.part ?? 0,
        outcome: { kind: "declined", reason: "declined", isFinal: true },
      };
