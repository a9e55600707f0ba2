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

const testFiles = (): readonly string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.test\.tsx?$/.test(path))
      .map((path) => join(ROOT, folder, path)),
  );

const titled = (path: string): readonly string[] =>
  [...readFileSync(path, "utf8").matchAll(TITLE)].flatMap((match) => match[1]?.match(/F\d+/g) ?? []);

test("every fault of the catalogue has a test of its name", () => {
  const found = new Set(testFiles().flatMap(titled));
  expect(NUMBERS.filter((number) => !found.has(number))).toEqual([]);
});
