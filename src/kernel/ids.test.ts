import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { ID_RANDOM_BYTES, isId, makeId, mintId, SECRET_ID_RANDOM_BYTES } from "./ids.ts";
import { slugify, truncate } from "./text.ts";
import { epochMs } from "./time.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test("an id is well formed for its own kind only", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 45), bytes(ID_RANDOM_BYTES), (at, random) => {
      const id = makeId("ord", epochMs(at), random);
      expect(isId("ord", id)).toBe(true);
      expect(isId("crt", id)).toBe(false);
    }),
  );
});

test("an id made later sorts later", () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 45),
      fc.integer({ min: 1, max: 2 ** 30 }),
      bytes(ID_RANDOM_BYTES),
      (at, later, random) => {
        const zeros = new Uint8Array(ID_RANDOM_BYTES);
        expect(makeId("prd", epochMs(at), random) < makeId("prd", epochMs(at + later), zeros)).toBe(true);
      },
    ),
  );
});

test.each([
  "",
  "ord_",
  "ord_short",
  "ord_UPPERCASE0000000000000000000",
  "ord_../../etc/passwd000000000000",
  7,
  null,
])("%j is no order id", (text) => {
  expect(isId("ord", text)).toBe(false);
});

test("a secret id carries more randomness than an ordinary one and never repeats", () => {
  const ids = Array.from({ length: 1000 }, () => mintId("crt", epochMs(0), SECRET_ID_RANDOM_BYTES));
  expect(new Set(ids).size).toBe(1000);
  expect(ids[0]).toHaveLength("crt_".length + 36);
});

test("a cursor comes back as it was, and nothing else is taken for one", () => {
  const part = fc.oneof(fc.string({ maxLength: 60 }), fc.integer(), fc.constant(null));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
      expect(decodeCursor(encodeCursor(parts), parts.length)).toEqual(parts);
      expect(decodeCursor(encodeCursor(parts), parts.length + 1)).toBeUndefined();
    }),
  );
  for (const text of ["", "!!", "e30", "bnVsbA", "a".repeat(2000)])
    expect(decodeCursor(text, 1)).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => void decodeCursor(text, 2)));
});

test.each([
  ["Kiln Leaf, tea towel", "kiln-leaf-tea-towel"],
  ["Žalioji arbata № 5", "zalioji-arbata-no-5"],
  ["نجمة الفناء", "نجمة-الفناء"],
  ["  ", ""],
])("%j makes the slug %j", (text, slug) => {
  expect(slugify(text)).toBe(slug);
});

test("text is cut between characters, never inside one", () => {
  expect(truncate("a👍b", 2)).toBe("a👍");
});
