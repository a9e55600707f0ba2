import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import type { ParcelStatus } from "#orders";
import { readSeed } from "../../../test/support/random.ts";
import {
  booksOf,
  LONG_AGO,
  NOW,
  orderIdOf,
  soldOrder,
  soundOrder,
  soundStock,
} from "../testing/sample-evidence.ts";
import { BREAK_CLASS_NAMES, factsOf, keyOf, REPAIR_ACTIONS, seenTwice, type Finding } from "./breaks.ts";
import { compareOrder } from "./compare-order.ts";
import { compareProviderLine } from "./compare-provider.ts";
import { compareStock } from "./compare-stock.ts";
import type { OrderEvidence } from "./evidence.ts";
import { imageOf } from "./image.ts";

const seed = readSeed();
console.info(`seed ${seed}; repeat with SEED=${seed}`);

const classes = (findings: readonly Finding[]): string[] => findings.map((finding) => finding.class);
const order = (changes: Parameters<typeof soldOrder>[0], evidence: Partial<OrderEvidence> = {}): string[] =>
  classes(compareOrder(soundOrder(soldOrder(changes), evidence)));
const stock = (changes: Parameters<typeof soundStock>[0]): string[] =>
  classes(compareStock(soundStock(changes)));

const parcel = (status: ParcelStatus) => ({ parcelId: "pcl_1", status });
const justNow = epochMs(NOW - 1_000);
const daysAgo = epochMs(NOW - 3 * 86_400_000);
const claim = { orderId: orderIdOf(9), part: 0, quantity: 2, expiresAt: LONG_AGO };

test("what agrees has no break", () => {
  expect(order({})).toEqual([]);
  expect(stock({})).toEqual([]);
  expect(order({ status: "delivered", parcels: [parcel("delivered")] })).toEqual([]);
});

test("units that wait to be packed after a change are no break", () => {
  expect(order({ outbox: { waiting: 1 }, updatedAt: LONG_AGO, toPackSince: daysAgo })).toEqual([]);
});

test("of two parcels the one that is farther than its order is named", () => {
  const parcels = [parcel("delivered"), { parcelId: "pcl_2", status: "label_created" as const }];
  const known = soldOrder({ parcels });
  const found = compareOrder(
    soundOrder(known, { parcels: [parcel("delivered"), { parcelId: "pcl_2", status: "in_transit" }] }),
  );
  expect(found).toMatchObject([{ class: "order.behind_parcel", subject: "pcl_2" }]);
});

test("a bundle's level, which is worked out from its parts and told by no object, is no break", () => {
  const image = imageOf(0, {});
  expect(stock({ image, copy: imageOf(0, { level: { available: 15 } }) })).toEqual([]);
  expect(stock({ image, copy: imageOf(3, { level: { available: 15 } }) })).toEqual(["projection.stock"]);
});

describe("each planted difference is found, and nothing else is", () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      "an object that knows nothing",
      classes(compareOrder(soundOrder(soldOrder(), { order: undefined }))),
      ["order.unknown"],
    ],
    ["a copy that is missing", order({}, { copy: undefined }), ["projection.order"]],
    ["a copy that is behind", order({}, { copy: imageOf(7, {}) }), ["projection.order"]],
    ["a copy that is ahead", order({}, { copy: imageOf(9, {}) }), ["projection.order"]],
    [
      "a copy with a gap in its events",
      order({}, { copy: imageOf(8, { order: { status: "confirmed" }, lines: ["A", "B"], events: [1, 3] }) }),
      ["projection.order"],
    ],
    ["an event that waits too long", order({ outbox: { waiting: 2, oldestAt: LONG_AGO } }), ["outbox.old"]],
    [
      "units that nobody packs",
      order({ outbox: { waiting: 1 }, updatedAt: daysAgo, toPackSince: daysAgo }),
      ["outbox.old"],
    ],
    [
      "units sold but not taken",
      order({}, { claims: [{ sku: "A", part: 0, quantity: 2, found: "committed" }] }),
      ["stock.claim_missing"],
    ],
    [
      "units sold but only held",
      order(
        {},
        {
          claims: [
            { sku: "A", part: 0, quantity: 2, found: "held" },
            { sku: "B", part: 0, quantity: 1, found: "committed" },
          ],
        },
      ),
      ["stock.claim_missing"],
    ],
    [
      "units of another number",
      order(
        {},
        {
          claims: [
            { sku: "A", part: 0, quantity: 1, found: "committed" },
            { sku: "B", part: 0, quantity: 1, found: "committed" },
          ],
        },
      ),
      ["stock.claim_mismatch"],
    ],
    [
      "units of an ended order",
      order(
        {
          status: "cancelled",
          capturedMinor: 0,
          ledger: [],
          demand: [{ sku: "A", part: 0, quantity: 2, state: "released" }],
        },
        { claims: [{ sku: "A", part: 0, quantity: 2, found: "held" }] },
      ),
      ["stock.claim_leaked"],
    ],
    [
      "books that do not balance",
      order({ ledger: [...booksOf(3_000), { account: "elsewhere", debitMinor: 1, creditMinor: 0 }] }),
      ["money.unbalanced"],
    ],
    [
      "a capture that the ledger lacks",
      order({ ledger: [] }, { provider: undefined }),
      ["money.capture_mismatch"],
    ],
    ["an order sold for less", order({ totalMinor: 3_100 }), ["money.capture_mismatch"]],
    [
      "money kept of a cancelled order",
      order({ status: "cancelled", demand: [] }),
      ["money.capture_mismatch"],
    ],
    [
      "more refunded than taken",
      order({ status: "refunding", ledger: booksOf(3_000, 3_001), refundedMinor: 3_001 }),
      ["money.refund_exceeds"],
    ],
    [
      "an authorisation left open",
      order(
        {
          ledger: [
            ...booksOf(3_000).slice(2),
            { account: "provider_reserved", debitMinor: 3_000, creditMinor: 0 },
            { account: "buyer_reserved", debitMinor: 0, creditMinor: 3_000 },
          ],
        },
        { provider: undefined },
      ),
      ["money.authorisation_open"],
    ],
    [
      "a provider that took it twice",
      order({}, { provider: { capturedMinor: 6_000, refundedMinor: 0, reservedMinor: 0 } }),
      ["money.provider_mismatch"],
    ],
    [
      "a provider that took nothing",
      order({}, { provider: { capturedMinor: 0, refundedMinor: 0, reservedMinor: 0 } }),
      ["money.provider_mismatch"],
    ],
    ["an order past its deadline", order({ status: "capturing", demand: [] }), ["order.overdue"]],
    ["an alarm that did not ring", order({ nextWakeAt: LONG_AGO }), ["order.overdue"]],
    [
      "a parcel farther than its order",
      order({ parcels: [parcel("in_transit")] }, { parcels: [parcel("delivered")] }),
      ["order.behind_parcel"],
    ],
    [
      "a SKU that denies its journal",
      stock({ violations: [{ rule: "no gap", expected: 4, found: 3 }] }),
      ["stock.invariant"],
    ],
    ["a level that is missing", stock({ copy: undefined }), ["projection.stock"]],
    [
      "a level with other units",
      stock({ copy: imageOf(5, { level: { onHand: 8, held: 1 } }) }),
      ["projection.stock"],
    ],
    [
      "a level that waits too long",
      stock({ outbox: { waiting: 1, oldestAt: LONG_AGO } }),
      ["outbox.old_stock"],
    ],
    [
      "a hold past its deadline",
      stock({ claims: [{ claim: { ...claim, status: "held" }, fate: "cancelled" }] }),
      ["hold.overdue"],
    ],
    [
      "units for nobody",
      stock({ claims: [{ claim: { ...claim, status: "committed" }, fate: "unknown" }] }),
      ["stock.claim_orphaned"],
    ],
    [
      "money for nobody",
      classes(
        compareProviderLine(
          { reference: "x", currency: "EUR", capturedMinor: 1, refundedMinor: 0, reservedMinor: 0 },
          false,
        ),
      ),
      ["money.provider_orphan"],
    ],
  ];
  test.each(rows)("%s", (_what, found, expected) => expect(found).toEqual(expected));

  test("and every class is among them", () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(
      BREAK_CLASS_NAMES.filter((name) => factsOf(name).check !== "vouchers").sort(),
    );
  });
});

describe("what is only on its way is no break", () => {
  test("a copy whose object has just told of a change", () => {
    expect(order({ outbox: { waiting: 1, oldestAt: justNow } }, { copy: imageOf(7, {}) })).toEqual([]);
    expect(stock({ outbox: { waiting: 1, oldestAt: justNow }, copy: undefined })).toEqual([]);
  });
  test("an order that moved a moment ago, as others see it", () => {
    expect(
      order(
        { updatedAt: justNow },
        { claims: [], provider: { capturedMinor: 0, refundedMinor: 0, reservedMinor: 0 } },
      ),
    ).toEqual([]);
  });
  test("a claim in the middle of its step", () => {
    const demand = [{ sku: "A", part: 0, quantity: 2, state: "committing" }] as const;
    const held = { sku: "A", part: 0, quantity: 2, found: "held" } as const;
    expect(order({ demand }, { claims: [held] })).toEqual([]);
    expect(order({ demand }, { claims: [{ ...held, found: "committed" }] })).toEqual([]);
  });
  test("a hold whose order has not answered yet, before its cap", () => {
    expect(
      stock({ claims: [{ claim: { ...claim, status: "held", expiresAt: justNow }, fate: undefined }] }),
    ).toEqual([]);
  });
  test("a SKU that nobody has touched", () => {
    expect(stock({ image: imageOf(0, {}), copy: undefined })).toEqual([]);
  });
  test("what only the first of two looks saw", () => {
    const [first] = compareOrder(soundOrder(soldOrder(), { copy: undefined }));
    expect(seenTwice(first ? [first] : [], [])).toEqual([]);
  });
});

test("cash on delivery and an edited order owe nothing at once", () => {
  const unpaid = { capturedMinor: 0, ledger: [] };
  expect(order({ ...unpaid, provider: "manual" }, { provider: undefined })).toEqual([]);
  expect(order({ isAsPlaced: false, totalMinor: 4_000 })).toEqual([]);
});

test("a gift card pays like money", () => {
  expect(order({ totalMinor: 4_000, vouchersMinor: 1_000 })).toEqual([]);
});

test("any amount that differs anywhere between ledger, order and provider is found", () => {
  const amount = fc.integer({ min: 0, max: 10_000 });
  const property = fc.property(
    amount,
    amount,
    amount,
    amount,
    (ledgerMinor, ownMinor, providerMinor, totalMinor) => {
      const facts = soldOrder({ totalMinor, capturedMinor: ownMinor, ledger: booksOf(ledgerMinor) });
      const provider = { capturedMinor: providerMinor, refundedMinor: 0, reservedMinor: 0 };
      const found = compareOrder(soundOrder(facts, { provider }));
      const isLevel = ledgerMinor === ownMinor && ledgerMinor === providerMinor && ownMinor === totalMinor;
      expect(found.length === 0).toBe(isLevel);
    },
  );
  fc.assert(property, { seed, numRuns: 500 });
});

test("any demand and any claims are level exactly when each claim is what its demand says", () => {
  const state = fc.constantFrom("held", "committed", "released" as const);
  const found = fc.constantFrom("held", "committed", "released", "none" as const);
  const entry = fc.record({
    sku: fc.constantFrom("A", "B", "C"),
    part: fc.nat(3),
    quantity: fc.integer({ min: 1, max: 3 }),
    state,
    found,
    units: fc.integer({ min: 1, max: 3 }),
  });
  const entries = fc.uniqueArray(entry, { selector: ({ sku, part }) => `${sku}/${part}`, maxLength: 6 });
  const property = fc.property(entries, (all) => {
    const demand = all.map(({ sku, part, quantity, state: wanted }) => ({
      sku,
      part,
      quantity,
      state: wanted,
    }));
    const claims = all.flatMap(({ sku, part, units, found: has }) =>
      has === "none" ? [] : [{ sku, part, quantity: units, found: has }],
    );
    const broken = all.filter(({ state: wanted, found: has, quantity, units }) =>
      wanted === "released" ? has === "held" || has === "committed" : has !== wanted || units !== quantity,
    );
    const findings = compareOrder(soundOrder(soldOrder({ demand }), { claims }));
    expect(findings.map(({ subject }) => subject).sort()).toEqual(
      broken.map(({ sku, part }) => `${sku}/${part}`).sort(),
    );
  });
  fc.assert(property, { seed, numRuns: 500 });
});

test("the same difference keeps its key whatever its figures, and no two share one", () => {
  const found = compareOrder(soundOrder(soldOrder({ ledger: [] }), { claims: [], copy: undefined }));
  const keys = found.map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(found.map((finding) => keyOf({ ...finding, found: "other" } as Finding))).toEqual(keys);
});

test("first aid is always among what a person may ask for", () => {
  for (const name of BREAK_CLASS_NAMES) {
    const { aid, repairs } = factsOf(name);
    if (aid) expect(repairs).toContain(aid);
    for (const action of repairs) expect(REPAIR_ACTIONS).toContain(action);
  }
});
