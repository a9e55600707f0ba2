import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { after, epochMs, MINUTE_MS } from "#kernel";
import type { PaymentOutcome } from "../contract.ts";
import type { OrderCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import type { RecordedEvent } from "./events.ts";
import { evolve, replay } from "./evolve.ts";
import { postingsOf } from "./ledger.ts";
import type { OrderState } from "./state.ts";
import { isSettled, nextStep, nextWakeAt } from "./steps.ts";
import { demandBySku, surplus } from "./units.ts";
import {
  authorised,
  captured,
  committed,
  draft,
  given,
  held,
  line,
  pending,
  place,
  placeOrder,
  START,
  TOTAL,
  unknown,
} from "./testing/sample-order.ts";
import { fateOf } from "./fate.ts";
import { viewOf } from "./view.ts";

const statusAfter = (...commands: OrderCommand[]): string => given(...commands).state.status;
const decline: OrderCommand = {
  kind: "record-payment",
  outcome: { kind: "declined", reason: "declined", isFinal: true },
};
const release: OrderCommand = { kind: "record-release" };
const voided: OrderCommand = { kind: "record-void", outcome: { kind: "voided", reference: "pay_1" } };
const parcel = {
  parcelId: "pcl_1",
  shipmentId: "shp_1",
  carrier: "Kerb Post",
  trackingNumber: "KP1",
  lines: [
    { lineId: "line-KE-A", quantity: 2 },
    { lineId: "line-KE-B", quantity: 1 },
  ],
} as const;
const fulfil: OrderCommand = { kind: "start-fulfilment", parcel };
const scan = (scanId: string, status: "in_transit" | "out_for_delivery" | "delivered"): OrderCommand => ({
  kind: "record-scan",
  scan: { scanId, parcelId: "pcl_1", status, occurredAt: START },
});

describe("the path of an order", () => {
  test.each([
    ["holding", [place]],
    ["authorising", [place, held]],
    ["authorising", [place, held, pending]],
    ["committing", [place, held, authorised]],
    ["capturing", [place, held, authorised, committed]],
    ["confirmed", [place, held, authorised, committed, captured]],
    ["payment_unknown", [place, held, unknown]],
    ["committing", [place, held, unknown, authorised]],
    ["releasing", [place, held, decline]],
    ["cancelled", [place, held, decline, release]],
    ["releasing", [place, held, pending, { kind: "cancel", reason: "changed my mind", by: "customer" }]],
    ["fulfilling", [place, held, authorised, committed, captured, fulfil]],
    ["shipped", [place, held, authorised, committed, captured, fulfil, scan("s1", "in_transit")]],
    [
      "delivered",
      [
        place,
        held,
        authorised,
        committed,
        captured,
        fulfil,
        scan("s1", "in_transit"),
        scan("s2", "delivered"),
      ],
    ],
  ] as [string, OrderCommand[]][])("is %s after %#", (status, commands) => {
    expect(statusAfter(...commands)).toBe(status);
  });

  test("a shortage names its lines and releases what was held", () => {
    const shortages = [{ sku: "KE-A", requested: 2, available: 1, lineIds: ["line-KE-A"] }];
    const { state } = given(place, { kind: "record-holds", result: { kind: "short", shortages } });
    expect(state).toMatchObject({ status: "releasing", shortages });
    expect(nextStep(state)?.kind).toBe("release");
  });

  test("an authorisation over another amount is voided, never captured", () => {
    const { state } = given(place, held, {
      kind: "record-payment",
      outcome: { kind: "authorised", reference: "pay_1", amountMinor: TOTAL - 1 },
    });
    expect(state.status).toBe("releasing");
    expect(nextStep(state)?.kind).toBe("void");
  });

  test("units that cannot be committed undo the order by a void", () => {
    const { state } = given(place, held, authorised, { kind: "record-commit", isComplete: false });
    expect(nextStep(state)?.kind).toBe("void");
  });

  test("money that arrives after a cancellation is noted and voided, and the order stays cancelled", () => {
    const late = given(
      place,
      held,
      pending,
      { kind: "cancel", reason: "x", by: "customer" },
      voided,
      release,
    );
    expect(late.state.status).toBe("cancelled");
    const unpaid = given(place, held, decline, release, authorised);
    expect(unpaid.state.status).toBe("cancelled");
    expect(nextStep(unpaid.state)?.kind).toBe("void");
    const { state } = given(place, held, decline, release, authorised, voided);
    expect(nextStep(state)).toBeUndefined();
  });

  test("a void that nobody asked for changes nothing while the payment is open", () => {
    const open = given(place, held, pending).state;
    expect(decide(open, voided, START)).toEqual({ ok: true, value: [] });
  });

  test("it has arrived, once, when every unit is packed and every parcel is there", () => {
    const [first, second] = parcel.lines;
    const packed = (parcelId: "pcl_1" | "pcl_2", line: typeof first | typeof second): OrderCommand => ({
      kind: "start-fulfilment",
      parcel: { ...parcel, parcelId, lines: [line] },
    });
    const arrived = (parcelId: "pcl_1" | "pcl_2"): OrderCommand => ({
      kind: "record-scan",
      scan: { scanId: parcelId, parcelId, status: "delivered", occurredAt: START },
    });
    const paid = [place, held, authorised, committed, captured];
    const half = [...paid, packed("pcl_1", first), arrived("pcl_1")];
    expect(statusAfter(...half)).toBe("shipped");
    expect(statusAfter(...half, packed("pcl_2", second))).toBe("shipped");
    const whole = given(...half, packed("pcl_2", second), arrived("pcl_2"), arrived("pcl_1"));
    expect(whole.state.status).toBe("delivered");
    expect(whole.state.timeline.filter((entry) => entry.type === "order.delivered")).toHaveLength(1);
    const old = given(...half).state.draft;
    const lines = old.lines.slice(0, 1);
    const itemsMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
    const totalMinor = itemsMinor + old.deliveryMinor;
    const smaller = { ...old, lines, itemsMinor, totalMinor, dueMinor: totalMinor };
    const { version } = given(...half).state;
    const less: OrderCommand = {
      kind: "apply-edit",
      editId: "e1",
      reason: "x",
      expectedVersion: version,
      draft: smaller,
    };
    expect(statusAfter(...half, less)).toBe("delivered");
  });

  test("a parcel never moves back and a repeated scan changes nothing", () => {
    const base = [
      place,
      held,
      authorised,
      committed,
      captured,
      fulfil,
      scan("s2", "out_for_delivery"),
    ] as const;
    expect(decide(given(...base).state, scan("s1", "in_transit"), START)).toEqual({ ok: true, value: [] });
    expect(decide(given(...base).state, scan("s2", "out_for_delivery"), START)).toEqual({
      ok: true,
      value: [],
    });
  });
});

describe("repeats and refusals", () => {
  test("the same request under the same key changes nothing", () => {
    expect(decide(given(place).state, place, START)).toEqual({ ok: true, value: [] });
  });

  test.each([
    [
      "another request under the same key",
      given(place).state,
      { kind: "place", order: placeOrder({ requestHash: "other" }) },
      "idempotency_key_reused",
    ],
    ["anything before the order is placed", undefined, held, "order_unknown"],
    [
      "cancelling a confirmed order",
      given(place, held, authorised, committed, captured).state,
      { kind: "cancel", reason: "x", by: "customer" },
      "order_not_cancellable",
    ],
    [
      "cancelling while the payment is unknown",
      given(place, held, unknown).state,
      { kind: "cancel", reason: "x", by: "customer" },
      "order_not_cancellable",
    ],
    ["shipping an unpaid order", given(place, held).state, fulfil, "transition_refused"],
    [
      "a scan of a parcel it does not have",
      given(place, held, authorised, committed, captured).state,
      scan("s", "delivered"),
      "transition_refused",
    ],
  ] as [string, OrderState | undefined, OrderCommand, string][])(
    "refuses %s",
    (_title, state, command, code) => {
      expect(decide(state, command, START)).toMatchObject({ ok: false, refusal: { code } });
    },
  );

  test.each([
    ["holds", held, [place, held]],
    ["a commit", committed, [place, held, authorised, committed]],
    ["a capture", captured, [place, held, authorised, committed, captured]],
    ["a release", release, [place, held, decline, release]],
    ["an authorisation", authorised, [place, held, authorised]],
  ] as [string, OrderCommand, OrderCommand[]][])(
    "%s recorded twice counts once",
    (_title, command, before) => {
      expect(decide(given(...before).state, command, START)).toEqual({ ok: true, value: [] });
    },
  );
});

describe("an unknown payment", () => {
  const unpaid = given(place, held, unknown).state;

  test("that the provider never saw is asked for again by the same key, then given up", () => {
    const missing: OrderCommand = { kind: "record-payment", outcome: { kind: "not_found" } };
    expect(decide(unpaid, missing, START)).toMatchObject({
      value: [{ type: "order.payment_requested", attempt: 1 }],
    });
    expect(decide(unpaid, missing, after(START, 3 * MINUTE_MS))).toMatchObject({
      value: [{ type: "order.release_started", reason: "payment_unavailable" }],
    });
  });

  test("is put before a person after half an hour, and an answer still settles it", () => {
    const late = decide(unpaid, unknown, after(START, 31 * MINUTE_MS));
    expect(late).toMatchObject({ value: [{ type: "order.attention_needed" }] });
    const waiting = evolve(unpaid, {
      sequence: unpaid.version + 1,
      occurredAt: START,
      event: { type: "order.attention_needed", reason: "payment_unknown" },
    });
    expect(decide(waiting, authorised, START)).toMatchObject({
      value: [{ type: "order.authorised" }, { type: "order.commit_started" }],
    });
  });

  test("keeps its units", () => {
    expect(fateOf(unpaid)).toBe("live");
  });
});

test("demand is summed per SKU and asked for in canonical order", () => {
  const lines = [line("KE-B", 1), line("KE-A", 2, "one"), line("KE-A", 3, "two")];
  expect(demandBySku(draft(lines))).toEqual([
    { sku: "KE-A", quantity: 5 },
    { sku: "KE-B", quantity: 1 },
  ]);
});

test("demand asks the shards that were frozen into a line; a bundle's parts and an edit ask none", () => {
  const hot = (id: string, stockShards: number) => ({ ...line("KE-A", 1, id), stockShards });
  const duo = { ...line("KE-DUO", 2), stockShards: 4, components: [{ sku: "KE-B", quantity: 1 }] };
  const demand = demandBySku(draft([hot("one", 5), line("KE-A", 1, "two"), hot("three", 3), duo]));
  expect(demand).toEqual([
    { sku: "KE-A", quantity: 3, shards: 5 },
    { sku: "KE-B", quantity: 2 },
  ]);
  expect(surplus(demand, demandBySku(draft([hot("one", 5)])))).toEqual([
    { sku: "KE-A", quantity: 2 },
    { sku: "KE-B", quantity: 2 },
  ]);
});

test("demand for a bundle is demand for its components, summed with what is ordered of them alone", () => {
  const duo = {
    ...line("KE-DUO", 2),
    components: [
      { sku: "KE-B", quantity: 1 },
      { sku: "KE-A", quantity: 3 },
    ],
  };
  expect(demandBySku(draft([line("KE-B", 1), duo]))).toEqual([
    { sku: "KE-A", quantity: 6 },
    { sku: "KE-B", quantity: 3 },
  ]);
});

test("the view never shows the access key", () => {
  expect(JSON.stringify(viewOf(given(place, held, pending).state))).not.toContain("secret-key");
});

const outcome: fc.Arbitrary<PaymentOutcome> = fc.oneof(
  fc.constant<PaymentOutcome>({ kind: "authorised", reference: "pay_1", amountMinor: TOTAL }),
  fc.constant<PaymentOutcome>({ kind: "pending", reference: "pay_1", expiresAt: epochMs(START + 60_000) }),
  fc.constant<PaymentOutcome>({ kind: "declined", reason: "declined", isFinal: true }),
  fc.constant<PaymentOutcome>({ kind: "captured", reference: "pay_1", amountMinor: TOTAL }),
  fc.constant<PaymentOutcome>({ kind: "voided", reference: "pay_1" }),
  fc.constant<PaymentOutcome>({ kind: "not_found" }),
  fc.constant<PaymentOutcome>({ kind: "unknown", detail: "timeout" }),
);
const anyCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constantFrom<OrderCommand>(
    held,
    committed,
    release,
    fulfil,
    scan("s1", "in_transit"),
    scan("s2", "delivered"),
  ),
  fc.constant<OrderCommand>({ kind: "record-holds", result: { kind: "unavailable" } }),
  fc.constant<OrderCommand>({ kind: "record-commit", isComplete: false }),
  fc.constant<OrderCommand>({ kind: "cancel", reason: "x", by: "customer" }),
  outcome.map((value): OrderCommand => ({ kind: "record-payment", outcome: value })),
  outcome.map((value): OrderCommand => ({ kind: "record-capture", outcome: value })),
  outcome.map((value): OrderCommand => ({ kind: "record-void", outcome: value })),
);
const timed = fc.tuple(anyCommand, fc.integer({ min: 0, max: 3_600_000 }));

function follow(commands: readonly (readonly [OrderCommand, number])[]): {
  log: RecordedEvent[];
  state: OrderState;
  balance: Map<string, number>;
} {
  const start = given(place);
  const log = [...start.log];
  const balance = new Map<string, number>();
  let { state } = start;
  let now = START;
  for (const [command, wait] of commands) {
    now = after(now, wait);
    const decision = decide(state, command, now);
    if (!decision.ok) continue;
    for (const event of decision.value) {
      const recorded: RecordedEvent = { sequence: state.version + 1, occurredAt: now, event };
      const postings = postingsOf(state, event);
      expect(postings.reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0)).toBe(0);
      for (const entry of postings)
        balance.set(entry.account, (balance.get(entry.account) ?? 0) + entry.debitMinor - entry.creditMinor);
      state = evolve(state, recorded);
      log.push(recorded);
    }
  }
  return { log, state, balance };
}

describe("whatever answers arrive in whatever order and at whatever time", () => {
  const runs = { numRuns: 2_000 };

  test("the log replays to the same state, and money is balanced and an order is confirmed only with money and units", () => {
    fc.assert(
      fc.property(fc.array(timed, { maxLength: 40 }), (commands) => {
        const { log, state, balance } = follow(commands);
        expect(replay(log)).toEqual(state);
        const types = log.map((entry) => entry.event.type);
        if (types.includes("order.confirmed")) {
          expect(types.slice(0, types.indexOf("order.confirmed"))).toContain("order.committed");
          expect(types.slice(0, types.indexOf("order.confirmed"))).toContain("order.captured");
        }
        expect(types.filter((type) => type === "order.captured").length).toBeLessThanOrEqual(1);
        if (state.payment.kind === "captured" || state.payment.kind === "voided")
          expect(balance.get("provider_reserved") ?? 0).toBe(0);
      }),
      runs,
    );
  });

  test("an order that is not settled always has a step, a wake-up, a shipment or a person to wait for", () => {
    fc.assert(
      fc.property(fc.array(timed, { maxLength: 40 }), (commands) => {
        const { state } = follow(commands);
        const now = after(state.updatedAt, 1);
        const wake = nextWakeAt(state, now);
        if (wake !== undefined) expect(wake).toBeGreaterThan(now);
        const waitsForOthers = ["confirmed", "fulfilling", "shipped", "needs_attention"].includes(
          state.status,
        );
        expect(isSettled(state) || waitsForOthers || wake !== undefined).toBe(true);
        if (state.status === "cancelled" && state.payment.kind === "authorised")
          expect(nextStep(state)?.kind).toBe("void");
      }),
      runs,
    );
  });
});
