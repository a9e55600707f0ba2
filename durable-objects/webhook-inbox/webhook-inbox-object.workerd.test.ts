import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { epochMs, mintId } from "#kernel";
import { inboxShard, type InboxMessage } from "#payments";
import {
  INBOX_GATHER_MS,
  INBOX_KEPT_MS,
  INBOX_LEASE_MS,
  INBOX_WAITS_MS,
  INBOX_WRITTEN_TOGETHER,
} from "../../src/payments/domain/limits.ts";

const call = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor: "test" };
const message = (): InboxMessage => ({
  provider: "stripe",
  eventId: `evt_${crypto.randomUUID()}`,
  type: "payment_intent.succeeded",
  orderId: mintId("ord", epochMs(Date.now())),
});
type Inbox = ReturnType<typeof env.WEBHOOK_INBOX.getByName>;
const fresh = (): Inbox => env.WEBHOOK_INBOX.getByName(`test-${crypto.randomUUID()}`);
const page = { before: epochMs(9e12), limit: 10 };

async function later(inbox: Inbox, ms: number): Promise<void> {
  await runInDurableObject(inbox, (instance) => {
    const now = epochMs(Date.now() + ms);
    instance.clock = { now: () => now };
  });
  await runDurableObjectAlarm(inbox);
}

/** Longer than an inbox gathers. */
const gathered = (): Promise<void> => scheduler.wait(INBOX_GATHER_MS + 50);

/** The orders that are settled from now on. */
const watch = (inbox: Inbox) =>
  runInDurableObject(inbox, (instance) => {
    const orders: string[] = [];
    Reflect.set(instance, "settleOrder", () => (orderId: string) => {
      orders.push(orderId);
      return Promise.resolve();
    });
    return orders;
  });

/** The transactions from now on. */
const countWrites = (inbox: Inbox) =>
  runInDurableObject(inbox, (_instance, { storage }) => {
    const writes = { count: 0 };
    const transactionSync = storage.transactionSync.bind(storage);
    Reflect.set(storage, "transactionSync", (work: () => unknown) => {
      writes.count += 1;
      return transactionSync(work);
    });
    return writes;
  });

/** Makes settling fail while `isDown`, and counts it. */
const spoil = (inbox: Inbox) =>
  runInDurableObject(inbox, (instance) => {
    const spoiled = { isDown: true, count: 0 };
    Reflect.set(instance, "settleOrder", () => () => {
      spoiled.count += 1;
      return spoiled.isDown ? Promise.reject(new Error("order unreachable")) : Promise.resolve();
    });
    return spoiled;
  });

describe("the webhook inbox", () => {
  test("gives one message to one worker, however often it is delivered", async () => {
    const inbox = fresh();
    const one = message();
    const settled = await watch(inbox);
    const claims = await Promise.all(Array.from({ length: 5 }, () => inbox.receive(one, call)));
    expect(claims.filter((claim) => claim === "claimed")).toHaveLength(1);
    await gathered();
    expect(await inbox.receive(one, call)).toBe("processed");
    expect(settled).toEqual([one.orderId]);
    expect(await inbox.list(page)).toMatchObject([
      { ...one, state: "processed", deliveries: 6, attempts: 1 },
    ]);
  });

  test("writes down together what comes in together, and answers when it is written", async () => {
    const inbox = fresh();
    await watch(inbox);
    const messages = Array.from({ length: 8 }, message);
    // The first write makes the tables, too.
    await inbox.receive(message(), call);
    const writes = await countWrites(inbox);
    const claims = await Promise.all([...messages, ...messages].map((each) => inbox.receive(each, call)));
    expect(claims.filter((claim) => claim === "claimed")).toHaveLength(8);
    expect(writes.count).toBe(1);
    expect(await inbox.list(page)).toHaveLength(9);
  });

  test("does not wait when many have come, and takes what comes after them, too", async () => {
    const inbox = fresh();
    await watch(inbox);
    const messages = Array.from({ length: INBOX_WRITTEN_TOGETHER + 1 }, message);
    const claims = await Promise.all(messages.map((each) => inbox.receive(each, call)));
    expect(new Set(claims)).toEqual(new Set(["claimed"]));
    expect(await inbox.list({ ...page, limit: 100 })).toHaveLength(messages.length);
  });

  test("tells every sender when the write fails, and keeps none of it", async () => {
    const inbox = fresh();
    await watch(inbox);
    const [one, other] = [message(), message()];
    // What no caller sends: the table refuses it, and the transaction with it.
    const broken = { ...message(), type: null as unknown as string };
    const answers = await Promise.allSettled([one, broken, other].map((each) => inbox.receive(each, call)));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await inbox.list(page)).toEqual([]);
    expect(await inbox.receive(one, call)).toBe("claimed");
  });

  test("sends an order to ask once for all that comes about it in a moment", async () => {
    const inbox = fresh();
    const settled = await watch(inbox);
    const [one, other] = [message(), message()];
    const capture = { ...one, eventId: `${one.eventId}-capture` };
    await Promise.all([one, other].map((each) => inbox.receive(each, call)));
    await scheduler.wait(INBOX_GATHER_MS / 4);
    await inbox.receive(capture, call);
    await gathered();
    expect(settled.toSorted()).toEqual([one.orderId, other.orderId].toSorted());
    const states = (await inbox.list(page)).map(({ state }) => state);
    expect(states).toEqual(["processed", "processed", "processed"]);
  });

  test("works a message off by itself when its worker has died", async () => {
    const inbox = fresh();
    await inbox.receive(message(), call);
    await evictDurableObject(inbox);
    await later(inbox, INBOX_LEASE_MS + 1);
    expect(await inbox.list(page)).toMatchObject([{ state: "processed", attempts: 2 }]);
  });

  test("tries again with growing waits, gives up before a person, and takes another delivery as another chance", async () => {
    const inbox = fresh();
    const one = message();
    await spoil(inbox);
    await inbox.receive(one, call);
    let passed = INBOX_LEASE_MS + 1;
    for (const wait of [0, ...INBOX_WAITS_MS]) {
      passed += wait + 1;
      await later(inbox, passed);
    }
    expect(await inbox.list(page)).toMatchObject([
      { state: "failed", lastError: expect.stringContaining("unreachable") },
    ]);
    expect(await inbox.receive(one, call)).toBe("claimed");
  });

  test("replays a message on demand, and knows none that it never had", async () => {
    const inbox = fresh();
    const one = message();
    expect(await inbox.replay(one, call)).toEqual({ ok: false, refusal: { code: "webhook_unknown" } });
    await inbox.receive(one, call);
    await gathered();
    expect(await inbox.replay(one, call)).toMatchObject({
      ok: true,
      value: { state: "processed", attempts: 2 },
    });
  });

  test("keeps a message for a month and no longer", async () => {
    const inbox = fresh();
    const one = message();
    await inbox.receive(one, call);
    await gathered();
    await later(inbox, INBOX_KEPT_MS - 1000);
    expect(await inbox.list(page)).toHaveLength(1);
    await later(inbox, INBOX_KEPT_MS + 2 * 24 * 60 * 60 * 1000);
    expect(await inbox.list(page)).toEqual([]);
  });

  test("all about one order lies in the same object, and orders are spread over all of them", () => {
    const { orderId } = message();
    expect(inboxShard(orderId)).toBe(inboxShard(orderId));
    const shards = new Set(Array.from({ length: 200 }, () => inboxShard(message().orderId)));
    expect([...shards].toSorted()).toEqual(["inbox-0", "inbox-1", "inbox-2", "inbox-3"]);
  });
});
