import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

// The fault catalogue: every number has a test that says so in its title. README.md says what each fault is.

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDERS = ["src", "durable-objects", "workers", "test", "scripts"];
const NUMBERS = [...range(1, 22), ...range(27, 29)].map((number) => `F${number}`);
const TITLE = /\b(?:test|it|describe)(?:\.\w+)*\(?[^"'`]{0,200}["'`](F\d+(?:[,/ ]+F\d+)*): /g;

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function titles(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const folder of FOLDERS) {
    for (const path of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.test\.tsx?$/.test(path)) continue;
      const text = readFileSync(join(ROOT, folder, path), "utf8");
      for (const match of text.matchAll(TITLE)) {
        for (const number of (match[1] ?? "").match(/F\d+/g) ?? [])
          found.set(number, [...(found.get(number) ?? []), join(folder, path)]);
      }
    }
  }
  return found;
}

test("every fault of the catalogue has a test of its name", () => {
  const found = titles();
  expect(NUMBERS.filter((number) => !found.has(number))).toEqual([]);
});
