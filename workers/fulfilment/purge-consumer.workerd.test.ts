import { createMessageBatch, createExecutionContext, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { PURGE_OBJECT_NAME, type PurgeMessage, type PurgeRpc } from "#edge-cache";
import { changeFollower, consumePurges } from "./purge-consumer.ts";
import { PURGE_QUEUE_NAME } from "./queues.ts";
import { catalogFixture, clearCatalog, must } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct } from "../../src/catalog/testing/samples.ts";

const { writer, save } = catalogFixture(env.DB);

beforeEach(async () => clearCatalog(env.DB));

/** What the consumer asks the purge object for. */
function follower(position: number) {
  const asked: Parameters<PurgeRpc["ask"]>[0][] = [];
  const purges = {
    position: () => Promise.resolve(position),
    ask: (request: Parameters<PurgeRpc["ask"]>[0]) => Promise.resolve(void asked.push(request)),
  };
  return { asked, follower: { ...changeFollower(env as unknown as FulfilmentEnv), purges } };
}

async function consume(bodies: readonly unknown[], to: ReturnType<typeof follower>["follower"]) {
  const batch = createMessageBatch(
    PURGE_QUEUE_NAME,
    bodies.map((body, index) => ({ id: `m${index}`, timestamp: new Date(), attempts: 1, body })),
  );
  await consumePurges(batch, to);
  return getQueueResult(batch, createExecutionContext());
}

const latest = () => changeFollower(env as unknown as FulfilmentEnv).changes.latest();

describe("the purge queue's consumer", () => {
  it("turns a batch and the feed into one call: the products, their lists, and what was named, each once", async () => {
    must(await writer.saveCollection(sampleCollection("prints")));
    const before = await latest();
    const heron = await save(sampleProduct("heron", { collections: ["prints"] }));
    const tide = await save(sampleProduct("tide"));
    const { asked, follower: to } = follower(before);
    const messages: PurgeMessage[] = [{ tags: [] }, { tags: ["page:about"] }, { tags: ["page:about"] }];
    const result = await consume(messages, to);
    const [{ id }] = (await env.DB.prepare("SELECT id FROM collections").all<{ id: string }>()).results as [
      { id: string },
    ];
    expect(asked).toHaveLength(1);
    expect([...(asked[0]?.tags ?? [])].sort()).toEqual(
      [
        `collection:${id}`,
        "lists",
        "page:about",
        `product:${heron.productId}`,
        `product:${tide.productId}`,
      ].sort(),
    );
    expect(asked[0]?.position).toBe(await latest());
    expect(result.explicitAcks).toEqual(["m0", "m1", "m2"]);
  });

  it("asks for nothing when nothing has changed", async () => {
    const { asked, follower: to } = follower(await latest());
    await consume([{ tags: [] }], to);
    expect(asked).toEqual([]);
  });

  it("purges everything when it is far behind", async () => {
    const { asked, follower: to } = follower(0);
    const far = { ...to, changes: { ...to.changes, latest: () => Promise.resolve(5_000) } };
    await consume([{ tags: [] }], far);
    expect(asked).toEqual([{ tags: ["catalogue"], position: 5_000 }]);
  });

  it("tries a batch again when the object cannot be reached, and gives back alone what it cannot read", async () => {
    const { follower: to } = follower(0);
    const down = { ...to, purges: { ...to.purges, position: () => Promise.reject(new Error("down")) } };
    const failed = await consume([{ tags: [] }], down);
    expect(failed.retryMessages.map(({ msgId }) => msgId)).toEqual(["m0"]);
    const mixed = await consume([{ tags: "?" }, { tags: [] }], follower(await latest()).follower);
    expect([mixed.explicitAcks, mixed.retryMessages.map(({ msgId }) => msgId)]).toEqual([["m1"], ["m0"]]);
  });

  it("reaches the object by its name", async () => {
    await env.PURGES.getByName(PURGE_OBJECT_NAME).ask({ tags: ["a"], position: 3 });
    expect(await changeFollower(env as unknown as FulfilmentEnv).purges.position()).toBe(3);
  });
});
