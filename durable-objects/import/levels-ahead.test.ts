import { expect, test } from "vitest";
import { LEVELS_AHEAD, SHOWN_PATIENCE_MS } from "../../src/catalog-import/domain/limits.ts";
import { LevelsAhead } from "./levels-ahead.ts";

const run = (name: string, length = LEVELS_AHEAD / 2) =>
  Array.from({ length }, (_, index) => ({ sku: `${name}-${index}`, version: 1 }));

test("an import runs ahead of what lists show by a bounded number of levels", async () => {
  let waitedMs = 0;
  const ahead = new LevelsAhead((ms) => Promise.resolve(void (waitedMs += ms)));
  const asked: string[] = [];
  const areShown = (levels: readonly { readonly sku: string }[]) => {
    asked.push(levels[0]?.sku ?? "");
    return Promise.resolve(asked.length % 3 === 0);
  };
  ahead.add(run("a"));
  ahead.add(run("b"));
  await ahead.makeRoom(areShown);
  expect(asked).toEqual([]);
  ahead.add(run("c"));
  await ahead.makeRoom(areShown);
  expect([asked, waitedMs > 0]).toEqual([["a-0", "a-0", "a-0"], true]);
  ahead.add(run("d"));
  await ahead.makeRoom(areShown);
  expect(asked.slice(3)).toEqual(["b-0", "b-0", "b-0"]);
});

test("a projection that stands still holds an import up once, not with every run", async () => {
  let waitedMs = 0;
  const ahead = new LevelsAhead((ms) => Promise.resolve(void (waitedMs += ms)));
  const never = () => Promise.resolve(false);
  for (const name of ["a", "b", "c"]) ahead.add(run(name));
  await ahead.makeRoom(never);
  expect(waitedMs).toBe(SHOWN_PATIENCE_MS);
  ahead.add(run("d"));
  await ahead.makeRoom(never);
  expect(waitedMs).toBe(SHOWN_PATIENCE_MS);
});
