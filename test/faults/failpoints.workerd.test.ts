import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { armFailpoint, clearFailpoints } from "#platform";
import { failpointNames, type Sources } from "./failpoint-names.ts";
import { beginStory, endOf, orderOf, STORIES, type Story } from "./failpoint-stories.ts";

// Every call that an order makes, cut off before and after in each way: the end is the one without the fault.

const sources: Sources = import.meta.glob(
  ["../../{src,durable-objects,workers}/**/*.ts", "!../../**/*.test.ts"],
  { query: "?raw", import: "default", eager: true },
);
const names = failpointNames(sources).filter((name) => /^(?:order|outbox)\./.test(name));
const FAULTS = ["throws", "hangs", "aborts"] as const;

const ends = new Map<string, unknown>();
const storyOf = new Map<string, string>();

async function tell(name: string, story: Story): Promise<unknown> {
  await STORIES[name]?.(story);
  return endOf(story);
}

beforeAll(async () => {
  for (const name of Object.keys(STORIES)) {
    for (const failpoint of names)
      armFailpoint(failpoint, () => {
        if (!storyOf.has(failpoint)) storyOf.set(failpoint, name);
      });
    ends.set(name, await tell(name, await beginStory()));
    clearFailpoints();
  }
}, 120_000);

afterEach(clearFailpoints);

test("F2: every failpoint of an order is reached by a story", () => {
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !storyOf.has(name))).toEqual([]);
});

describe.each(names)("F2: a fault at %s", (name) => {
  test.each(FAULTS)("that %s changes nothing in the end", async (fault) => {
    const told = storyOf.get(name);
    if (told === undefined) return;
    const story = await beginStory();
    let hits = 0;
    armFailpoint(name, async () => {
      hits += 1;
      if (hits > 1) return;
      if (fault === "throws") throw new Error(`the test throws at ${name}`);
      if (fault === "aborts")
        await runInDurableObject(orderOf(story), (_instance, state) =>
          state.abort(`the test aborts at ${name}`),
        );
      await new Promise<never>(() => undefined);
    });
    const end = await tell(told, story);
    expect(hits).toBeGreaterThan(0);
    expect(end).toEqual(ends.get(told));
  });
});
