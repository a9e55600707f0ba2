import { join } from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { EVERY_COMMAND } from "./testing/every-command.ts";
import { given, place } from "./testing/sample-order.ts";
import { printTransitions, walkTransitions } from "./testing/transitions.ts";

const FILE = join(import.meta.dirname, "../TRANSITIONS.md");
const table = walkTransitions(given(place).state, EVERY_COMMAND);

test("the printed table of transitions is what the deciders do", async () => {
  const printed = printTransitions(table);
  if (process.env["UPDATE"] === "1") await writeFile(FILE, printed);
  expect(await readFile(FILE, "utf8")).toBe(printed);
});

test("the walk reaches every status that an order can rest in", () => {
  const resting = ["confirmed", "delivered", "cancelled", "refunded", "needs_attention", "payment_unknown"];
  expect(table.statuses).toEqual(expect.arrayContaining(resting));
});
