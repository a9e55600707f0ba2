import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
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

describe("a deadline that an object derives itself", () => {
  test("wakes it without a row of its own", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => instance.planOwn(1_000));
    await later(stub, 2_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.ran)).toEqual(["own"]);
  });

  test("that fails is tried again, and the others run all the same", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.failures = 2;
      instance.planOwn(1_000);
    });
    for (const minutes of [1, 11, 21]) {
      await later(stub, minutes * 60_000);
      await runInDurableObject(stub, (instance) => {
        if (minutes === 21) instance.plan("other", 0);
      });
      await runDurableObjectAlarm(stub);
    }
    const ran = await runInDurableObject(stub, (instance) => instance.ran);
    expect(ran.filter((key) => key === "own")).toHaveLength(3);
    expect(ran).toContain("other");
  });
});

describe("the alarm", () => {
  test("stays where it is when a deadline moves to a later time, and is set anew when it fires", async () => {
    const stub = probe();
    const at = (): Promise<number | null> => runInDurableObject(stub, (instance) => instance.alarmAt());
    await runInDurableObject(stub, (instance) => instance.plan("only", 10_000));
    const first = await at();
    await runInDurableObject(stub, (instance) => instance.plan("only", 90_000));
    expect(await at()).toBe(first);
    await later(stub, 11_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.ran)).toEqual([]);
    expect(await at()).toBeGreaterThan((first ?? 0) + 60_000);
  });

  test("stands at the earlier of two deadlines after a change that was rolled back", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      expect(() => instance.note("never", 1, true)).toThrow("broken on purpose");
      instance.plan("only", 60_000);
    });
    const at = await runInDurableObject(stub, (instance) => instance.alarmAt());
    expect(at).toBeGreaterThan(Date.now() + 30_000);
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
    await later(stub, 600_000);
    await runDurableObjectAlarm(stub);
    expect(
      await runInDurableObject(stub, (instance) => ({
        sent: instance.sent.length,
        waiting: instance.waiting(),
      })),
    ).toEqual({ sent: 2, waiting: 0 });
  });

  test("does not wake for the time of an event that waits already and was told again", async () => {
    const stub = probe();
    await later(stub, 60_000);
    await runInDurableObject(stub, (instance) => instance.noteParcel(1));
    await later(stub, 0);
    await runInDurableObject(stub, (instance) => instance.noteParcel(1));
    await later(stub, 10_000);
    await runDurableObjectAlarm(stub);
    const { sent, wakesIn } = await runInDurableObject(stub, async (instance) => ({
      sent: instance.sent.length,
      wakesIn: ((await instance.alarmAt()) ?? 0) - instance.clock.now(),
    }));
    expect(sent).toBe(0);
    expect(wakesIn).toBeGreaterThan(40_000);
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

  test("gathers the steps of a burst: the list gets the newest state, the others each step, in one batch", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      for (const sequence of [1, 2, 3]) instance.noteStep(sequence);
    });
    await runDurableObjectAlarm(stub);
    const batches = await runInDurableObject(stub, (instance) => instance.batches);
    expect(batches.map((batch) => batch.map((event) => event.sequence))).toEqual([[3], [1, 2, 3]]);
  });

  test("sends to every consumer, however much waits for one of them, and never more than a batch to any", async () => {
    const stub = probe();
    const batches = await runInDurableObject(stub, async (instance) => {
      for (let sequence = 1; sequence <= 120; sequence += 1) instance.noteParcel(sequence);
      instance.noteLatest(121);
      await instance.flushNow();
      await instance.flushNow();
      return instance.batches.map((batch) => batch.length);
    });
    expect(batches.toSorted((a, b) => a - b)).toEqual([1, 20, 100]);
  });

  test("sends what is new at once, however much a dead consumer leaves unanswered", async () => {
    const stub = probe();
    await runInDurableObject(stub, async (instance) => {
      for (let sequence = 1; sequence <= 350; sequence += 1) instance.noteParcel(sequence);
      for (let round = 0; round < 4; round += 1) await instance.flushNow();
    });
    await later(stub, 3_600_000);
    const sent = await runInDurableObject(stub, async (instance) => {
      instance.batches.length = 0;
      instance.noteLatest(351);
      await instance.flushNow();
      return instance.batches.map((batch) => batch.map(({ sequence }) => sequence));
    });
    expect(sent).toHaveLength(2);
    expect(sent).toContainEqual([351]);
    expect(sent).toContainEqual(Array.from({ length: 100 }, (_, n) => n + 1));
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

describe("events taken along with their change", () => {
  const sentBy = (stub: ReturnType<typeof probe>) =>
    runInDurableObject(stub, (instance) =>
      instance.batches.map((batch) => batch.map(({ sequence }) => sequence)),
    );

  test("leave with the flush, once, and are sent again until they are applied", async () => {
    const stub = probe();
    await runInDurableObject(stub, async (instance) => {
      instance.noteAlong(1);
      await Promise.all([instance.flushNow(), instance.flushNow()]);
      await instance.flushNow();
    });
    expect(await sentBy(stub)).toEqual([[1], [1]]);
    await later(stub, 60_000);
    await runDurableObjectAlarm(stub);
    expect(await sentBy(stub)).toEqual([[1], [1], [1], [1]]);
    await runInDurableObject(stub, async (instance) => {
      await instance.acknowledge("projection", [1]);
      await instance.acknowledge("shipping", [1]);
    });
    expect(await waitingRows(stub)).toEqual([]);
  });

  test("need no write of their own when they leave", async () => {
    const stub = probe();
    const written = await runInDurableObject(stub, async (instance) => {
      instance.noteAlong(1);
      const asked = vi.spyOn(Reflect.get(instance, "sql") as SqlStorage, "exec");
      await instance.flushNow();
      return asked.mock.calls.filter(([statement]) => !statement.startsWith("SELECT"));
    });
    expect(written).toEqual([]);
  });

  test("never leave when the change was rolled back", async () => {
    const stub = probe();
    await runInDurableObject(stub, async (instance) => {
      expect(() => instance.noteAlong(1, true)).toThrow("broken on purpose");
      instance.plan("other", 60_000);
      await instance.flushNow();
    });
    expect(await sentBy(stub)).toEqual([]);
    expect(await waitingRows(stub)).toEqual([]);
  });

  test("are sent by the alarm when a crash comes before the flush", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => instance.noteAlong(1));
    await evictDurableObject(stub);
    expect(await alarmIn(stub)).toBeLessThanOrEqual(15_000);
    await later(stub, 16_000);
    await runDurableObjectAlarm(stub);
    expect(await sentBy(stub)).toEqual([[1], [1]]);
  });

  test("leave those alone that come after the change: the next flush sends them", async () => {
    const stub = probe();
    await runInDurableObject(stub, async (instance) => {
      instance.noteAlong(1);
      instance.noteParcel(2);
      await instance.flushNow();
      await instance.flushNow();
    });
    expect(await sentBy(stub)).toEqual([[1], [1], [2]]);
  });
});

/** What waits in a probe's outbox, as `destination sequence`. */
const waitingRows = (stub: ReturnType<typeof probe>): Promise<string[]> =>
  runInDurableObject(stub, (_, { storage }) =>
    storage.sql
      .exec<{ name: string }>("SELECT destination || ' ' || sequence AS name FROM outbox ORDER BY 1")
      .toArray()
      .map(({ name }) => name),
  );
const alarmIn = (stub: ReturnType<typeof probe>): Promise<number> =>
  runInDurableObject(stub, async (instance) => ((await instance.alarmAt()) ?? 0) - Date.now());

describe("a new object", () => {
  test("asks nothing of the tables that it has just made", async () => {
    const stub = probe();
    const statements = await runInDurableObject(stub, (instance) => {
      const asked = vi.spyOn(Reflect.get(instance, "sql") as SqlStorage, "exec");
      instance.noteStep(1);
      instance.cancel("never set");
      instance.plan("only", 60_000);
      return asked.mock.calls.map(([statement]) => statement.trim().split(" ").slice(0, 5).join(" "));
    });
    expect(statements).toEqual([
      "INSERT OR IGNORE INTO outbox",
      "INSERT OR REPLACE INTO outbox",
      "INSERT INTO due (key, at_ms)",
    ]);
  });

  test("whose first change was rolled back tells of the next one, and wakes for it", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      expect(() => instance.note("never", 1, true)).toThrow("broken on purpose");
      instance.noteLatest(1);
    });
    expect(await waitingRows(stub)).toEqual(["projection 1"]);
    expect(await alarmIn(stub)).toBeLessThan(5_000);
    await later(stub, 1_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.sent)).toMatchObject([{ sequence: 1 }]);
  });

  test("whose first deadline was rolled back wakes for the next one, and can take it away", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      expect(() => instance.plan("never", 1_000, true)).toThrow("broken on purpose");
      instance.plan("only", 60_000);
    });
    expect(await alarmIn(stub)).toBeGreaterThan(30_000);
    await runInDurableObject(stub, (instance) => instance.cancel("only"));
    await later(stub, 61_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.ran)).toEqual([]);
  });

  test("keeps one row of two that replace each other, however far the first has come", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.noteLatest(1);
      instance.noteLatest(2);
    });
    expect(await waitingRows(stub)).toEqual(["projection 2"]);
    await later(stub, 1_000);
    await runDurableObjectAlarm(stub);
    await runInDurableObject(stub, (instance) => instance.noteLatest(3));
    expect(await waitingRows(stub)).toEqual(["projection 3"]);
    // Sent and waiting for its consumer's word, so the next change may not take it for the one that waits to be sent.
    await runDurableObjectAlarm(stub);
    await runInDurableObject(stub, (instance) => {
      expect(() => instance.note("never", 4, true)).toThrow("broken on purpose");
      instance.noteLatest(5);
    });
    expect(await waitingRows(stub)).toEqual(["projection 5"]);
  });

  test("replaces steps that wait for the same consumer, and leaves the others alone", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.noteStep(1);
      instance.noteStep(2);
      instance.noteLatest(3, "shipping");
    });
    expect(await waitingRows(stub)).toEqual(["projection 2", "shipping 3"]);
  });
});

describe("an object that is opened again", () => {
  test("knows of the rows that waited: the newer one replaces them, and leaves no later", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.noteStep(1);
    });
    const before = await alarmIn(stub);
    await evictDurableObject(stub);
    await later(stub, 60_000);
    await runInDurableObject(stub, (instance) => instance.noteLatest(2));
    expect(await waitingRows(stub)).toEqual(["projection 2", "shipping 1"]);
    expect(await alarmIn(stub)).toBeLessThanOrEqual(before);
  });

  test("can take away a deadline that was set before, and wakes for the one that it keeps", async () => {
    const stub = probe();
    await runInDurableObject(stub, (instance) => {
      instance.plan("kept", 10_000);
      instance.plan("dropped", 1_000);
    });
    await evictDurableObject(stub);
    await runInDurableObject(stub, (instance) => {
      instance.cancel("dropped");
      instance.plan("late", 600_000);
    });
    expect(await alarmIn(stub)).toBeLessThan(30_000);
    await later(stub, 11_000);
    await runDurableObjectAlarm(stub);
    expect(await runInDurableObject(stub, (instance) => instance.ran)).toEqual(["kept"]);
  });
});
