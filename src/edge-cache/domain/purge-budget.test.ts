import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { epochMs } from "#kernel";
import { PURGE_BURST, PURGE_INTERVAL_MS } from "./limits.ts";
import { purgeAllowedAt, spendPurge, type PurgeBudget } from "./purge-budget.ts";

const START = 1_780_000_000_000;

describe("the budget of purges", () => {
  it("gives 25 in a row, then one every twelve seconds", () => {
    let budget: PurgeBudget = { fullAt: epochMs(0) };
    const spendAll = (at: number): number => {
      for (let count = 0; ; count += 1) {
        const next = spendPurge(budget, epochMs(at));
        if (!next) return count;
        budget = next;
      }
    };
    expect([
      spendAll(START),
      spendAll(START + PURGE_INTERVAL_MS - 1),
      spendAll(START + PURGE_INTERVAL_MS),
      spendAll(START + 4 * PURGE_INTERVAL_MS),
      spendAll(START + 3_600_000),
    ]).toEqual([25, 0, 1, 3, 25]);
  });

  it("never gives more than the platform does, in any window, however they are asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (waits) => {
        let budget: PurgeBudget = { fullAt: epochMs(0) };
        let now = START;
        const spentAt: number[] = [];
        for (const wait of waits) {
          now += wait;
          const next = spendPurge(budget, epochMs(now));
          expect(next !== undefined).toBe(purgeAllowedAt(budget) <= now);
          if (!next) continue;
          budget = next;
          spentAt.push(now);
        }
        spentAt.forEach((from, first) => {
          spentAt.slice(first).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(PURGE_BURST + Math.floor((to - from) / PURGE_INTERVAL_MS));
          });
        });
      }),
    );
  });
});
