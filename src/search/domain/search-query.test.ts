import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctWords, editDistance, nearestWord } from "./nearest-word.ts";
import { readSearchQuery } from "./search-query.ts";
import { readSynonyms } from "./synonyms.ts";

/** Any code points, halves of pairs among them. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x17f }), fc.integer({ min: 0, max: 0x10ffff })), {
    maxLength: 80,
  })
  .map((points) => String.fromCodePoint(...points));
const wordsIn = (typed: string) => readSearchQuery(typed)?.words.map(({ word }) => word);

describe("a search query", () => {
  it("quotes every word, so that nothing typed is an operator", () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const query = readSearchQuery(typed);
        expect(query?.words.length ?? 0).toBeLessThanOrEqual(8);
        for (const { match } of query?.words ?? []) expect(match).toMatch(/^"[^"]+"(?: OR "[^"]+")*\*?$/);
        expect(query?.typed.every((word) => /^[\p{L}\p{N}]+$/u.test(word)) ?? true).toBe(true);
      }),
    );
  });

  it("without a word is none", () => {
    for (const typed of ["", " ", "!?", '"', "\u0301"]) expect(readSearchQuery(typed)).toBeUndefined();
  });

  it("leaves out words that say nothing, unless there is no other", () => {
    expect(wordsIn("a print of the heron")).toEqual(["print", "heron"]);
    expect(wordsIn("The The")).toEqual(["the", "the"]);
  });

  it("folds capitals and marks", () => {
    expect(wordsIn("CAFÉ crème")).toEqual(["cafe", "creme"]);
  });

  it.each([
    ["prints x", '"prints" OR "print"'],
    ["print x", '"print" OR "prints"'],
    ["dishes x", '"dishes" OR "dish" OR "dishe"'],
    ["glass x", '"glass" OR "glasses"'],
    ["berries x", '"berries" OR "berry"'],
    ["a3x x", '"a3x"'],
  ])("finds %s in singular and plural", (typed, match) => {
    expect(readSearchQuery(typed)?.words[0]?.match).toBe(match);
  });

  it("takes only its last word as a beginning, and not when a word without meaning follows", () => {
    expect(readSearchQuery("blue hero")?.words).toEqual([
      { word: "blue", match: '"blue" OR "blues"' },
      { word: "hero", match: '"hero" OR "heros"', completeTo: "hero\u{10ffff}" },
    ]);
    expect(readSearchQuery("he")?.words[0]?.match).toBe('"he" OR "he"*');
    expect(readSearchQuery("h")?.words[0]?.match).toBe('"h"');
    expect(readSearchQuery("hero with")?.words[0]).not.toHaveProperty("completeTo");
  });

  it("names its phrases with what stands around them", () => {
    expect(readSearchQuery("blue tea towel")?.phrases.map(({ term }) => term)).toEqual([
      "blue tea",
      "tea towel",
      "blue tea towel",
    ]);
    expect(readSearchQuery("red tea towel")?.phrases[1]).toMatchObject({
      before: '("red") AND ',
      after: "",
    });
  });
});

describe("a mistyped word", () => {
  const words = [
    { term: "heron", products: 3 },
    { term: "herbs", products: 9 },
    { term: "tide", products: 1 },
    { term: "tea", products: 4 },
    { term: "towel", products: 4 },
  ];
  it.each([
    ["heroon", "heron"],
    ["hreon", "heron"],
    ["hero", "hero"],
    ["tida", "tide"],
    ["xyzzy", undefined],
  ])("%s becomes %s", (typed, meant) => {
    expect(nearestWord(typed, words)).toBe(meant);
  });

  it.each([
    [["heroon", "tida"], "heron tide"],
    [["teatowel"], "tea towel"],
    [["to", "wel"], "towel"],
    [["heron"], undefined],
    [["qqqqq"], undefined],
  ])("in %j is mended to %s", (typed, meant) => {
    expect(correctWords(typed, words)).toBe(meant);
  });

  it("counts edits the same from both sides, and none between equal words", () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(word, word, (left, right) => {
        expect(editDistance(left, right)).toBe(editDistance(right, left));
        expect(editDistance(left, right) === 0).toBe(left === right);
      }),
    );
  });
});

describe("synonyms", () => {
  const read = (...terms: string[]) => readSynonyms({ kind: "same", terms });
  it("are folded like a query, without repeats", () => {
    expect(read("Sofa", " Canapé ", "sofa")).toEqual({
      ok: true,
      value: { kind: "same", terms: ["sofa", "canape"] },
    });
  });
  it.each([
    [["sofa"], "/terms"],
    [["sofa", "SOFA"], "/terms"],
    [["sofa", "!!"], "/terms/1"],
    [["sofa", "one two three four"], "/terms/1"],
    [["sofa", "x".repeat(61)], "/terms/1"],
    [Array.from({ length: 21 }, (_, index) => `t${index}`), "/terms"],
  ])("%j are refused at %s", (terms, pointer) => {
    expect(read(...terms)).toMatchObject({
      ok: false,
      refusal: {
        code: "invalid_synonyms",
        errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
      },
    });
  });
});
