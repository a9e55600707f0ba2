import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { epochMs, mintId, type ProductId } from "#kernel";
import { createRecentlyViewed } from "../../src/recently-viewed/adapters/itty-recently-viewed.ts";
import { MAX_SEEN } from "../../src/recently-viewed/limits.ts";
import { sha256Hex } from "#platform";
import { RecentlyViewedObject } from "./recently-viewed-object.ts";

const product = (): ProductId => mintId("prd", epochMs(Date.now()));
const visitor = (): string => `visitor ${crypto.randomUUID()}`;
const memory = createRecentlyViewed(env.RECENTLY_VIEWED, RecentlyViewedObject);
const stubOf = async (name: string) =>
  env.RECENTLY_VIEWED.getByName(`visitor-${(await sha256Hex(name)).slice(0, 40)}`);

describe("the memory of one visitor", () => {
  it("lists what was looked at, the last one first and each one once", async () => {
    const [first, second, who] = [product(), product(), visitor()];
    for (const seen of [first, second, first]) await memory.note(who, seen);
    expect(await memory.list(who)).toEqual([first, second]);
  });

  it("keeps the last ones only", async () => {
    const who = visitor();
    const all = Array.from({ length: MAX_SEEN + 3 }, product);
    for (const seen of all) await memory.note(who, seen);
    expect(await memory.list(who)).toEqual(all.reverse().slice(0, MAX_SEEN));
  });

  it("survives eviction", async () => {
    const [seen, who] = [product(), visitor()];
    await memory.note(who, seen);
    await evictDurableObject(await stubOf(who));
    expect(await memory.list(who)).toEqual([seen]);
  });

  it("is forgotten on request, and by the alarm even when the object was asleep", async () => {
    const who = visitor();
    await memory.note(who, product());
    await memory.forget(who);
    expect(await memory.list(who)).toEqual([]);

    await memory.note(who, product());
    await evictDurableObject(await stubOf(who));
    expect(await runDurableObjectAlarm(await stubOf(who))).toBe(true);
    expect(await memory.list(who)).toEqual([]);
    await evictDurableObject(await stubOf(who));
    expect(await memory.list(who)).toEqual([]);
  });

  it("takes nothing but ids of products", async () => {
    const who = visitor();
    await memory.note(who, "ord_0000000000" as ProductId);
    expect(await memory.list(who)).toEqual([]);
  });
});

describe("what reaches the object", () => {
  it("is a name and the arguments: no other header, and no text of the visitor's id", async () => {
    const calls: Request[] = [];
    const namespace = {
      idFromName: (name: string) => ({ name }),
      get: () => ({
        fetch: async (request: Request) => {
          calls.push(request);
          return Response.json([]);
        },
      }),
    };
    // The library uses these two members of a namespace only.
    const spied = createRecentlyViewed(namespace as unknown as DurableObjectNamespace, RecentlyViewedObject);
    const who = visitor();
    await spied.note(who, product());
    await spied.list(who);
    expect(calls).toHaveLength(2);
    for (const { headers } of calls) {
      expect([...headers.keys()].sort()).toEqual(["do-content", "do-name"]);
      expect(headers.get("do-name")).toMatch(/^visitor-[0-9a-f]{40}$/);
      expect([...headers.values()].join()).not.toContain(who);
    }
  });
});

it.each([
  ["throws", () => Promise.reject(new Error("gone"))],
  ["answers 500", () => Promise.resolve(new Response("no", { status: 500 }))],
  ["answers nonsense", () => Promise.resolve(Response.json({ then: 1 }))],
  ["does not answer", () => new Promise<Response>(() => undefined)],
])("an object that %s is an empty list, and no error", async (_what, fetch) => {
  const namespace = { idFromName: () => ({}), get: () => ({ fetch }) };
  // The library uses these two members of a namespace only.
  const broken = createRecentlyViewed(namespace as unknown as DurableObjectNamespace, RecentlyViewedObject);
  await expect(broken.note(visitor(), product())).resolves.toBeUndefined();
  expect(await broken.list(visitor())).toEqual([]);
});
