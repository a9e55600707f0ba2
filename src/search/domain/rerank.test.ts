import { describe, expect, it } from "vitest";
import { orderByMeaning } from "./rerank.ts";

const hits = [
  { number: 1, score: 4 },
  { number: 2, score: 3 },
  { number: 3, score: 3 },
  { number: 4, score: 1 },
];
const order = (likeness: [number, number][]): readonly number[] => orderByMeaning(hits, new Map(likeness));

describe("the order by words and meaning", () => {
  it.each([
    ["is that of the words where nothing is known", [], [1, 2, 3, 4]],
    ["puts what is meant before what only has the words", [[3, 0.9]], [3, 1, 2, 4]],
    ["does not lift what hardly has the words", [[4, 1]], [1, 2, 3, 4]],
    ["does not punish what means something else", [[1, -1]], [1, 2, 3, 4]],
    ["takes no more than the whole for the whole", [[3, 50]], [3, 1, 2, 4]],
    ["knows nothing of products that were not found", [[9, 1]], [1, 2, 3, 4]],
  ] as [string, [number, number][], number[]][])("%s", (_, likeness, expected) => {
    expect(order(likeness)).toEqual(expected);
  });
});
