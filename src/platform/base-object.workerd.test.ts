import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";

let serial = 0;
const probe = () => env.PROBE.getByName(`probe-${(serial += 1)}`);
const later = (stub: ReturnType<typeof probe>, ms: number) =>
  runInDurableObject(stub, (instance) => {
    const now = epochMs(Date.now() + ms);
    instance.clock = { now: () => now };
  });

describe("deadlines", () => {
  test("each run once when they are due, the others wait", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.plan("early", 1_000);
      instance.plan("late", 60_000);
    });
    await later(stub, 2_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.ran)).toEqual(["early"]);
    await later(stub, 61_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.ran)).toEqual(["early", "late"]);
  });

  test("that fail ten times are still tried again, and the alarm never throws", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.failures = 10;
      instance.plan("stubborn", 0);
    });
    for (let round = 0; round < 12; round += 1) {
      await later(stub, (round + 1) * 600_000);
      await runDurableObjectAlarm(stub);
    }
    expect(await runInDurableObject(stub, (instance) => instance.ran.length)).toBe(11);
    expect(await runDurableObjectAlarm(stub)).toBe(false);
  });
});

describe("the outbox", () => {
  test("keeps an event until its consumer has applied it, and sends it again meanwhile", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.note("one", 1);
    });
    await runDurableObjectAlarm(stub);
    await later(stub, 60_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.sent.length)).toBe(2);
    await runInDurableObject(stub, (instance) => instance.acknowledge("projection", [1]));
    expect(await runInDurableObject(stub, (instance) => instance.waiting())).toBe(0);
  });

  test("loses nothing while the queue is down", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.isQueueDown = true;
      instance.note("one", 1);
    });
    await runDurableObjectAlarm(stub);
    await runInDurableObject(stub, (instance) => {
      instance.isQueueDown = false;
    });
    await later(stub, 60_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.sent.length)).toBe(1);
  });

  test("holds no event of a change that was rolled back", async () => {
    const stub = probe();
    const { facts, waiting } = await runInDurableObject(stub, (instance) => {
      expect(() => instance.note("never", 1, true)).toThrow("broken on purpose");
      return { facts: instance.facts(), waiting: instance.waiting() };
    });
    expect({ facts, waiting }).toEqual({ facts: [], waiting: 0 });
  });

  test("keeps only the newest of events that replace each other", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      for (const sequence of [1, 2, 3]) instance.noteLatest(sequence);
    });
    await later(stub, 1_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.sent)).toMatchObject([{ sequence: 3 }]);
  });
});
