import { describe, expect, test } from "vitest";
import { passesLuhn, readCardForm, type CardForm } from "./card-form.ts";
import { TEST_CARDS } from "./test-cards.ts";

const now = { year: 2026, month: 11 };
const good: CardForm = { number: "4242 4242 4242 4242", expiry: "12/29", code: "123", name: "Mira Okafor" };
const errorsOf = (changes: Partial<CardForm>): readonly string[] => {
  const result = readCardForm({ ...good, ...changes }, now);
  return result.ok ? [] : result.refusal.errors.map((error) => error.field);
};

describe("card form", () => {
  test("takes a test card however its number is spaced", () => {
    for (const number of ["4242424242424242", " 4242-4242 42424242 "]) {
      expect(readCardForm({ ...good, number }, now)).toMatchObject({ ok: true, value: { id: "approve" } });
    }
  });

  test.each<[expiry: string, isFine: boolean]>([
    ["12/29", true],
    ["12 / 2029", true],
    ["1229", true],
    ["11/26", true],
    ["11-26", true],
    ["10/26", false],
    ["13/29", false],
    ["00/29", false],
    ["12/60", false],
    ["1/1/29", false],
    ["", false],
    ["soon", false],
  ])("expiry %j: fine is %s", (expiry, isFine) => {
    expect(errorsOf({ expiry })).toEqual(isFine ? [] : ["expiry"]);
  });

  test.each<[Partial<CardForm>, readonly string[]]>([
    [{ number: "" }, ["number"]],
    [{ number: "4242" }, ["number"]],
    [{ number: "4242 4242 4242 424x" }, ["number"]],
    [{ number: "4242 4242 4242 4241" }, ["number"]],
    [{ number: "5555 5555 5555 4444" }, ["number"]],
    [{ code: "12" }, ["code"]],
    [{ code: "12345" }, ["code"]],
    [{ name: "  " }, ["name"]],
    [{ name: "x".repeat(101) }, ["name"]],
    [{ number: "", expiry: "", code: "", name: "" }, ["number", "expiry", "code", "name"]],
  ])("refuses %j and names the fields", (changes, fields) => {
    expect(errorsOf(changes)).toEqual(fields);
  });

  test("every test card has a right check digit, a token and an id of its own", () => {
    expect(TEST_CARDS.filter((card) => !passesLuhn(card.number))).toEqual([]);
    for (const name of ["id", "token", "number"] as const) {
      expect(new Set(TEST_CARDS.map((card) => card[name])).size).toBe(TEST_CARDS.length);
    }
  });

  test("one wrong digit never passes the check", () => {
    for (let place = 0; place < 16; place += 1) {
      const digits = Array.from("4242424242424242");
      digits[place] = String((Number(digits[place]) + 1) % 10);
      expect(passesLuhn(digits.join(""))).toBe(false);
    }
  });
});
