import { expect, test } from "vitest";
import { finding } from "./findings.ts";
import { groupFindings } from "./group-findings.ts";
import { MAX_FINDING_GROUPS } from "./limits.ts";

const at = (line: number, column = "Price") => ({ line, column });

test("reasons that differ in a number only are one group, with its first line", () => {
  expect(
    groupFindings([
      finding("warning", at(2, "Size"), "This is not a number; it was left out."),
      finding("rejected", at(9), "Line 7 is this product already."),
      finding("rejected", at(4), "Line 1,003 is this product already."),
    ]),
  ).toEqual([
    {
      severity: "rejected",
      column: "Price",
      reason: "Line … is this product already.",
      count: 2,
      firstLine: 4,
    },
    {
      severity: "warning",
      column: "Size",
      reason: "This is not a number; it was left out.",
      count: 1,
      firstLine: 2,
    },
  ]);
});

test("what rejects comes before what warns, the frequent before the rare, and the list is bounded", () => {
  const rare = Array.from({ length: 100 }, (_, index) =>
    finding("warning", at(index + 10, `Column ${"x".repeat(index)}`), "odd"),
  );
  const groups = groupFindings([
    ...rare,
    finding("warning", at(1), "often"),
    finding("warning", at(2), "often"),
    finding("rejected", at(3), "wrong"),
  ]);
  expect(groups.slice(0, 2).map(({ reason }) => reason)).toEqual(["wrong", "often"]);
  expect(groups).toHaveLength(MAX_FINDING_GROUPS);
});
