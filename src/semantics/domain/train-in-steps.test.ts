import { describe, expect, it } from "vitest";
import { pagesOf } from "../testing/train-at-once.ts";
import { DIMENSIONS, TRAINING_ROUNDS, WORK_PER_SLICE } from "./limits.ts";
import { makeModel } from "./make-model.ts";
import { seededNumbers } from "./seeded.ts";
import { runSome, runToEnd } from "./steps.ts";
import type { Terms } from "./text.ts";
import type { Checkpoint } from "./train.ts";

const random = seededNumbers(7);
/** Products of some kinds, each with words of its kind and of all. */
const PRODUCTS: readonly Terms[] = Array.from({ length: 700 }, (_, at) => {
  const kind = at % 9;
  const words = Array.from({ length: 6 }, () => `word${kind}-${Math.floor(random() * 12)}`);
  return new Map([...words, `common-${at % 40}`].map((word) => [word, 0.2 + random()]));
});
const WHOLE = runToEnd(makeModel(pagesOf(PRODUCTS), PRODUCTS.length));

describe("training in steps", () => {
  it("gives the same model in pages and slices of any size", () => {
    for (const [page, work] of [
      [1, 1],
      [50, 100_000],
      [333, WORK_PER_SLICE],
    ] as const) {
      const steps = makeModel(pagesOf(PRODUCTS, page), PRODUCTS.length);
      let made = runSome(steps, work);
      while (!made) made = runSome(steps, work);
      expect(made.result).toEqual(WHOLE);
    }
  });

  it("goes on from any round to the same model", () => {
    const kept: Checkpoint[] = [];
    runToEnd(
      makeModel(pagesOf(PRODUCTS), PRODUCTS.length, { keep: (one) => void kept.push(structuredClone(one)) }),
    );
    expect(kept.map(({ rounds }) => rounds)).toEqual(
      Array.from({ length: TRAINING_ROUNDS }, (_, at) => at + 1),
    );
    for (const from of kept)
      expect(runToEnd(makeModel(pagesOf(PRODUCTS, 100), PRODUCTS.length, { from }))).toEqual(WHOLE);
  });

  it("has no step that is longer than a slice, with as many terms and as large pages as there can be", () => {
    const many: readonly Terms[] = Array.from(
      { length: 2_000 },
      () =>
        new Map(
          Array.from({ length: 24 }, () => [`t${Math.floor(random() ** 2 * 9_000)}`, random()] as const),
        ),
    );
    let rounds = 0;
    const steps = makeModel(pagesOf(many, 100), 100_000, { keep: () => void (rounds += 1) });
    let longest = 0;
    // Every round is as long as the first one.
    for (let step = steps.next(); step.done !== true && rounds === 0; step = steps.next())
      longest = Math.max(longest, step.value);
    expect(longest).toBeGreaterThan(DIMENSIONS);
    expect(longest).toBeLessThanOrEqual(WORK_PER_SLICE);
  });
});
