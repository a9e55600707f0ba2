import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { BaseObject, type OutboxQueues } from "#platform";
import { orderEventSchema } from "../../src/orders/adapters/order-event-schema.ts";
import { checkoutApp, jsonCaller } from "../support/checkout-app.ts";
import { FakePrices } from "../support/fake-prices.ts";
import { orderEvent, orderView } from "../support/order-fixture.ts";
import { beginStory, CALL, endOf, orderOf, type Story } from "./failpoint-stories.ts";

const laterBy = (story: Story, ms: number) =>
  runInDurableObject(orderOf(story), (instance) => {
    const at = epochMs(Date.now() + ms);
    instance.clock = { now: () => at };
  });

describe("F3: an object that is evicted after every command", () => {
  test("keeps an order that is paid on the provider's page on its way", async () => {
    const story = await beginStory();
    const evict = () => evictDurableObject(orderOf(story));
    await runInDurableObject(orderOf(story), (instance) => {
      instance.payments.next = "redirect";
    });
    const payment = {
      kind: "redirect",
      returnUrl: "https://a.example",
      cancelUrl: "https://a.example",
    } as const;
    expect(await orderOf(story).place({ ...story.command, payment }, CALL)).toMatchObject({ ok: true });
    await evict();
    expect(await orderOf(story).replay(story.command.requestHash)).toMatchObject({ ok: true });
    await evict();
    await runInDurableObject(orderOf(story), ({ payments }) =>
      payments.pay(`${story.orderId}:authorise:1`, story.command.draft.totalMinor),
    );
    expect(await orderOf(story).settle(CALL)).toMatchObject({ ok: true, value: { status: "confirmed" } });
    await evict();
    expect(await orderOf(story).view()).toMatchObject({ ok: true, value: { status: "confirmed" } });
    expect(await endOf(story)).toMatchObject({
      levels: [
        [3, 0],
        [4, 0],
      ],
    });
  });

  test("keeps a hold through hold, commit and their repeats", async () => {
    const { skus, orderId } = await beginStory();
    const stub = env.STOCK.getByName(skus[0]);
    const again = async (command: () => Promise<unknown>): Promise<void> => {
      const first = await command();
      await evictDurableObject(stub);
      expect(await command()).toEqual(first);
      await evictDurableObject(stub);
    };
    await again(() => stub.hold({ orderId, part: 0, quantity: 2, ttlSeconds: 60 }, CALL));
    await again(() => stub.commit({ orderId, part: 0 }, CALL));
    expect(await stub.level()).toMatchObject({ onHand: 3, held: 0 });
  });
});

describe("F4: an order's alarm", () => {
  test.each([
    ["twice at once", 1],
    ["an hour late", 60],
    ["a day late", 24 * 60],
  ])("that comes %s settles an unknown payment with one charge", async (_, minutes) => {
    const story = await beginStory();
    await runInDurableObject(orderOf(story), (instance) => {
      instance.payments.next = "lose-reply";
    });
    await orderOf(story).place(story.command, CALL);
    await laterBy(story, minutes * 60_000);
    await Promise.all([runDurableObjectAlarm(orderOf(story)), runDurableObjectAlarm(orderOf(story))]);
    await runDurableObjectAlarm(orderOf(story));
    expect(await endOf(story)).toMatchObject({
      status: "confirmed",
      payments: [[":authorise:1", 1, 0]],
      levels: [
        [3, 0],
        [4, 0],
      ],
    });
  });
});

describe("F16: an object that does not answer", () => {
  let prices: FakePrices;
  beforeEach(() => {
    prices = new FakePrices();
  });

  test.each(["overloaded", "retryable", "durableObjectReset"])(
    "marked %s is asked once, and the client is told when to come back",
    async (mark) => {
      const { app, ports } = checkoutApp(prices);
      let calls = 0;
      const broken = Object.assign(new Error("the test"), { [mark]: true });
      const carts: object = {
        getByName: () =>
          new Proxy(
            {},
            {
              get: () => () => {
                calls += 1;
                return Promise.reject(broken);
              },
            },
          ),
      };
      Object.assign(ports, { carts });
      const answer = await jsonCaller(app)("POST", "/api/carts", { body: {} });
      expect(answer).toMatchObject({ status: 503, json: { type: "/problems/checkout/unavailable" } });
      expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(calls).toBe(1);
    },
  );
});

describe("F18: releases that meet", () => {
  test("an event with members that this release does not know is read, and so is one without the optional ones", () => {
    const event = orderEvent("order.confirmed", orderView());
    const newer = { ...event, addedLater: 1, data: { ...event.data, addedLater: { a: 1 } } };
    expect(orderEventSchema.safeParse(newer).success).toBe(true);
    const { linkKey: _, ...data } = { linkKey: "k", ...event.data };
    expect(orderEventSchema.safeParse({ ...event, data }).success).toBe(true);
  });

  test("an object whose state a newer release has written refuses to start instead of guessing", async () => {
    const stub = env.PROBE.getByName(crypto.randomUUID());
    await runInDurableObject(stub, (instance, state) => {
      instance.note("kept", 1);
      const { n } = state.storage.sql.exec<{ n: number }>("SELECT max(number) AS n FROM migrations").one();
      state.storage.sql.exec("INSERT INTO migrations (number) VALUES (?)", n + 1);
      expect(() => new Release(state, env, [FACTS])).toThrow("newer");
      expect(instance.facts()).toEqual(["kept"]);
    });
  });
});

const FACTS = "CREATE TABLE facts (fact TEXT) STRICT";

/** The probe as another release would have it. */
class Release extends BaseObject<Cloudflare.Env> {
  constructor(ctx: DurableObjectState, own: Cloudflare.Env, migrations: readonly string[]) {
    super(ctx, own, { component: "probe", migrations });
  }
  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }
  protected override onDue(): Promise<void> {
    return Promise.resolve();
  }
}

describe("F19: an object's migration that fails half way", () => {
  test("refuses the object, leaves its data as it was, and the next release goes on from there", async () => {
    const stub = env.PROBE.getByName(crypto.randomUUID());
    await runInDurableObject(stub, (instance, state) => {
      instance.note("kept", 1);
      const added = "ALTER TABLE facts ADD COLUMN shade TEXT";
      expect(() => new Release(state, env, [FACTS, added, "CREATE TABEL wrong"])).toThrow();
      const columns = () =>
        state.storage.sql
          .exec<{ name: string }>("SELECT name FROM pragma_table_info('facts')")
          .toArray()
          .map(({ name }) => name);
      expect(columns()).toEqual(["fact"]);
      expect(instance.facts()).toEqual(["kept"]);
      expect(
        () => new Release(state, env, [FACTS, added, "CREATE TABLE right (fact TEXT) STRICT"]),
      ).not.toThrow();
      expect(columns()).toEqual(["fact", "shade"]);
      expect(instance.facts()).toEqual(["kept"]);
    });
  });
});

describe("F29: an outbox", () => {
  test("of more than a batch, with rows as large as a batch, is sent to the last row", async () => {
    const stub = env.PROBE.getByName(crypto.randomUUID());
    const LARGE = "x".repeat(70_000);
    const COUNT = 230;
    await runInDurableObject(stub, (instance) => {
      for (let sequence = 1; sequence <= COUNT; sequence += 1)
        instance.noteStep(sequence, sequence % 50 === 0 ? LARGE : String(sequence));
    });
    for (let round = 0; round < 40; round += 1) await runDurableObjectAlarm(stub);
    await runInDurableObject(stub, (instance) => {
      const sequences = instance.batches.flat().map(({ sequence }) => sequence);
      expect(new Set(sequences).size).toBe(COUNT);
      for (const batch of instance.batches) {
        expect(batch.length).toBeLessThanOrEqual(100);
        expect(batch.length === 1 || JSON.stringify(batch).length < 256 * 1024).toBe(true);
      }
    });
  });
});
