import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readSeed } from "../support/random.ts";
import { BUGS } from "./bugs.ts";
import { occurrences } from "./plant.ts";
import { runBug } from "./run-bugs.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** How many bugs one run of the suite plants; `npm run teeth` plants all of them. */
const PLANTED = 2;
const MINUTE = 60_000;

test("there are at least twenty-six planted bugs, each with a name of its own", () => {
  expect(BUGS.length).toBeGreaterThanOrEqual(26);
  expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
});

test.each(BUGS)("$name has exactly one place to be planted in, and changes it", ({ file, find, replace }) => {
  expect(occurrences(readFileSync(resolve(ROOT, file), "utf8"), find)).toBe(1);
  expect(replace).not.toBe(find);
});

// A bug that is planted while another one is would start tests that start tests.
test.skipIf(process.env["TOOTH"])(
  "planted bugs are noticed",
  async () => {
    const seed = readSeed();
    const fast = BUGS.filter(({ caughtBy }) => caughtBy.kind === "simulation" || caughtBy.project === "unit");
    for (let index = 0; index < PLANTED; index += 1) {
      const bug = fast[(seed + index * 7) % fast.length];
      expect(bug && (await runBug(bug)), `SEED=${seed}`).toMatchObject({ isCaught: true });
    }
  },
  5 * MINUTE,
);
