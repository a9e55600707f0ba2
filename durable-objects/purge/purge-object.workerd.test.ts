import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import type { PurgeObject } from "../../test/support/test-purge-object.ts";
import { MAX_WAITING_TAGS, PURGE_BURST, PURGE_INTERVAL_MS } from "../../src/edge-cache/domain/limits.ts";

const START = 1_900_000_000_000;
const numbered = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `product:${from + index}`);

/** A purge object whose time and platform are the test's. */
function purges() {
  const stub = env.PURGES.getByName(crypto.randomUUID());
  let now = START;
  const inside = <T>(work: (object: PurgeObject) => T) =>
    runInDurableObject(stub, (object) => {
      object.clock = { now: () => epochMs(now) };
      return work(object);
    });
  return {
    stub,
    inside,
    ask: (tags: readonly string[]) => inside((object) => object.ask({ tags })),
    /** Lets time pass and the alarm ring. */
    pass: async (ms: number) => {
      now += ms;
      await inside(() => undefined);
      await runDurableObjectAlarm(stub);
    },
    sent: () => inside((object) => object.sent.map(({ tags }) => tags)),
    times: () => inside((object) => object.sent.map(({ at }) => at)),
  };
}

describe("the purge object", () => {
  it("gathers what is asked for and sends each tag once", async () => {
    const { ask, pass, sent, stub } = purges();
    await ask(["product:1", "lists"]);
    await ask(["product:2", "lists", "product:1"]);
    await pass(2_000);
    await pass(60_000);
    expect((await sent()).map((tags) => [...tags].sort())).toEqual([["lists", "product:1", "product:2"]]);
    expect(await stub.backlog()).toEqual({ waiting: 0 });
  });

  it("lets the indexes of lists come up to the edit before it purges, but does not wait for a sick one", async () => {
    const { stub, inside, pass, sent } = purges();
    await inside((object) => object.ask({ tags: ["product:1"], position: 7 }));
    await inside((object) => {
      object.duringReach = () => {
        object.duringPurge = () => expect(object.reached).toEqual([7]);
      };
    });
    await pass(2_000);
    await inside((object) => {
      object.duringPurge = () => undefined;
      object.duringReach = () => {
        throw new Error("no index");
      };
    });
    await stub.ask({ tags: ["product:2"], position: 8 });
    await pass(2_000);
    expect(await sent()).toEqual([["product:1"], ["product:2"]]);
  });

  it("purges again what was asked for while its purge was under way", async () => {
    const { ask, pass, sent, inside } = purges();
    await ask(["product:1"]);
    await inside((object) => {
      object.duringPurge = async () => {
        object.duringPurge = () => undefined;
        await object.ask({ tags: ["product:1"] });
      };
    });
    await pass(2_000);
    await pass(2_000);
    expect(await sent()).toEqual([["product:1"], ["product:1"]]);
  });

  it("loses nothing to a platform that refuses, nor to a crash", async () => {
    const { ask, pass, sent, inside, stub } = purges();
    await inside((object) => {
      object.duringPurge = () => {
        throw new Error("rate limited");
      };
    });
    await ask(["product:1"]);
    await pass(2_000);
    expect(await stub.backlog()).toMatchObject({ waiting: 1 });
    await evictDurableObject(stub);
    for (let round = 0; round < 10; round += 1) await pass(60_000);
    expect(await sent()).toEqual([["product:1"]]);
  });

  it("stays within 25 purges and five more a minute, whatever is edited, and comes to its end", async () => {
    const { ask, pass, times, inside, stub } = purges();
    for (let second = 0; second < 120; second += 1) {
      await ask(numbered(second * 20, 20));
      await pass(1_000);
    }
    const during = await times();
    during.forEach((from, first) => {
      during.slice(first).forEach((to, more) => {
        expect(more + 1).toBeLessThanOrEqual(PURGE_BURST + Math.floor((to - from) / PURGE_INTERVAL_MS));
      });
    });
    for (let round = 0; round < 20; round += 1) await pass(PURGE_INTERVAL_MS);
    expect(await stub.backlog()).toEqual({ waiting: 0 });
    const calls = await inside((object) => [...object.sent]);
    const lost = numbered(0, 2_400).filter((tag, index) => {
      const askedAt = START + Math.floor(index / 20) * 1_000;
      return !calls.some(
        ({ tags, at }) => at >= askedAt && (tags.includes(tag) || tags.includes("catalogue")),
      );
    });
    expect(lost).toEqual([]);
  }, 60_000);

  it("purges the whole catalogue, in one call, when more waits than single tags are good for", async () => {
    const { ask, pass, sent, stub } = purges();
    await ask(numbered(0, MAX_WAITING_TAGS + 1));
    await pass(2_000);
    expect([await sent(), await stub.backlog()]).toEqual([[["catalogue"]], { waiting: 0 }]);
  });

  it("never moves back in the feed", async () => {
    const { stub } = purges();
    await stub.ask({ tags: [], position: 7 });
    await stub.ask({ tags: [], position: 5 });
    expect(await stub.position()).toBe(7);
  });
});
