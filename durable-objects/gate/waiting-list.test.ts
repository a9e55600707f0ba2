import fc from "fast-check";
import { expect, test } from "vitest";
import { WaitingList } from "./waiting-list.ts";

test("counts exactly the people in front, whoever leaves in between", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.array(fc.nat(79), { maxLength: 60 }),
      (people, leavers) => {
        const list = new WaitingList([], 0);
        for (let number = 1; number <= people; number += 1) list.see(number, number);
        const gone = new Set(leavers.map((leaver) => leaver + 1));
        list.remove([...gone]);
        for (let number = 1; number <= people; number += 1) {
          if (gone.has(number)) continue;
          const ahead = Array.from({ length: number - 1 }, (_, index) => index + 1).filter(
            (other) => !gone.has(other),
          );
          expect(list.ahead(number)).toBe(ahead.length);
        }
      },
    ),
  );
});

test("knows who has not been seen for long; everyone counts as seen when the list is loaded", () => {
  const list = new WaitingList([1, 2, 3], 100);
  expect(list.notSeenSince(100)).toEqual([]);
  list.see(2, 200);
  expect(list.notSeenSince(150)).toEqual([1, 3]);
});
