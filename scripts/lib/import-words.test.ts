import { describe, expect, test } from "vitest";
import type { ImportView } from "./import-client.ts";
import { exitCodeOf, reportLines, summaryLines, SHOWN_ROWS } from "./import-words.ts";

const job: ImportView = {
  id: "imp_1",
  state: "finished",
  policy: "reject-failed-rows",
  source: "shopify",
  currency: "EUR",
  fileName: "shop.csv",
  fileBytes: 10,
  fileSha256: "00",
  rows: { total: 4, accepted: 4, created: 2, changed: 1, same: 1, rejected: 0, waiting: 0, warned: 1 },
  products: { total: 3, created: 1, changed: 1, same: 1, rejected: 0, waiting: 0 },
  warnings: 1,
  progress: { step: "write", done: 3, total: 3 },
  createdAt: "2026-11-22T00:00:00Z",
  version: 9,
};
const rejected: ImportView = { ...job, rows: { ...job.rows, accepted: 3, same: 0, rejected: 1 } };
const row = {
  line: 5,
  column: "Variant Price",
  value: "much\u001b[2J",
  reason: "Write 19.99.",
  severity: "rejected",
} as const;

describe("an import on the command line", () => {
  test("ends with 0 only when every row is in the shop", () => {
    expect(exitCodeOf(job)).toBe(0);
    expect(exitCodeOf(rejected)).toBe(1);
    expect(exitCodeOf({ ...job, state: "rejected" })).toBe(1);
    expect(exitCodeOf({ ...job, state: "cancelled" })).toBe(1);
    expect(exitCodeOf({ ...job, state: "failed" })).toBe(2);
  });

  test("says counts that add up", () => {
    expect(summaryLines(job)[1]).toContain("3 = 1 created + 1 changed + 1 same + 0 rejected");
    expect(summaryLines(rejected)[2]).toContain(
      "4 = 2 created + 1 changed + 0 same + 1 rejected; 1 taken with a warning",
    );
  });

  test("shows the first rejected rows, without a control character for the terminal to obey", () => {
    const lines = reportLines(
      [{ ...row, severity: "warning" }, ...Array.from({ length: 30 }, () => row)],
      rejected,
      "http://shop/report",
    );
    expect(lines.filter((line) => line.startsWith("  line 5"))).toHaveLength(SHOWN_ROWS);
    expect(lines.join("")).not.toContain("\u001b");
    expect(lines.at(-1)).toBe("All: http://shop/report");
  });

  test("shows warnings when nothing was rejected, and nothing when all is well", () => {
    expect(reportLines([{ ...row, severity: "warning" }], job, "u")[1]).toBe("Warnings:");
    expect(reportLines([], job, "u")).toEqual([]);
  });
});
