import { expect, test } from "vitest";
import { LONG_AGO, NOW, orderIdOf } from "../testing/sample-evidence.ts";
import { classesOf } from "./breaks.ts";
import { compareVoucher, type JudgedVoucherClaim, type VoucherEvidence } from "./compare-vouchers.ts";
import { imageOf } from "./image.ts";

const image = imageOf(5, { numbers: { held: 500, balanceMinor: 2_000 } });
const judged = (
  status: JudgedVoucherClaim["claim"]["status"],
  fate: JudgedVoucherClaim["fate"],
  expiresAt = LONG_AGO,
): JudgedVoucherClaim => ({
  claim: { orderId: orderIdOf(1), part: 0, amountMinor: 500, status, expiresAt },
  fate,
});
const found = (changes: Partial<VoucherEvidence>): readonly string[] =>
  compareVoucher({
    voucherId: "gift:X",
    violations: [],
    claims: [judged("committed", "committing"), judged("held", "live", NOW)],
    outbox: { waiting: 0 },
    image,
    copy: image,
    now: NOW,
    ...changes,
  }).map((finding) => finding.class);

test("a voucher whose journal, copy and orders agree has no break", () => {
  expect(found({})).toEqual([]);
});

const PLANTED: readonly [string, Partial<VoucherEvidence>, readonly string[]][] = [
  [
    "a sum that does not add up",
    { violations: [{ rule: "r", expected: 1, found: 2 }] },
    ["voucher.invariant"],
  ],
  ["a committed claim of no order", { claims: [judged("committed", "unknown")] }, ["voucher.claim_orphaned"]],
  ["a held claim of no order", { claims: [judged("held", "unknown")] }, ["voucher.claim_orphaned"]],
  [
    "money kept for a cancelled order",
    { claims: [judged("committed", "cancelled")] },
    ["voucher.claim_leaked"],
  ],
  ["a cancelled order's claim that is still on its way", { claims: [judged("held", "cancelled", NOW)] }, []],
  ["a claim whose order does not answer", { claims: [judged("committed", undefined)] }, []],
  ["a tombstone of no order", { claims: [judged("released", "unknown")] }, []],
  ["no copy", { copy: undefined }, ["projection.voucher"]],
  ["a copy with another balance", { copy: imageOf(5, { numbers: {} }) }, ["projection.voucher"]],
  ["a copy that is ahead", { copy: { ...image, version: 9 } }, ["projection.voucher"]],
  ["a copy of a voucher that nobody has issued", { image: undefined }, ["projection.voucher"]],
  ["a change that is on its way", { copy: undefined, outbox: { waiting: 1, oldestAt: NOW } }, []],
];

test.each(PLANTED)("%s", (_what, changes, classes) => {
  expect(found(changes)).toEqual(classes);
});

test("every class about vouchers is among them", () => {
  const planted = new Set(PLANTED.flatMap(([, , classes]) => classes));
  expect([...planted].sort()).toEqual([...classesOf("vouchers")].sort());
});
