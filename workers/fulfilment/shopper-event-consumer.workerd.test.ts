import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import type { LearnMessage, ShopperEvent } from "#search";
import { clearCatalog } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../src/catalog/testing/samples.ts";
import { createSearchReader } from "../../src/search/adapters/search-reader.ts";
import { keepSearch } from "../../src/search/adapters/keep-search.ts";
import { createCatalogReader } from "../../src/catalog/adapters/catalog-reader.ts";
import { projectPopularity } from "../../src/catalog/adapters/popularity-projection.ts";
import { queryLatestSequence } from "../../src/catalog/adapters/change-feed.ts";
import { reindexStatements } from "../../src/catalog/adapters/search-index.ts";
import { EVENT_WEIGHTS, growthAt, HALF_LIFE_MS } from "../../src/search/domain/popularity.ts";
import { must, searchFixture } from "../../src/search/testing/search-fixture.ts";
import { DEAD_DB, deliver, NOW, testPorts } from "../../test/support/fulfilment-ports.ts";
import { orderEvent, orderView } from "../../test/support/order-fixture.ts";
import { QUEUES } from "./queues.ts";

const { save } = searchFixture(env.DB);
const TABLES = [
  "shopper_events_seen",
  "search_queries",
  "search_phrases",
  "product_pairs",
  "product_popularity",
];
const ids = new Map<string, string>();

beforeEach(async () => {
  await clearCatalog(env.DB);
  await env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  for (const handle of ["heron", "tide", "kiln", "moss"])
    ids.set(handle, (await save(sampleProduct(handle, { title: handle }))).productId);
});

let next = 0;
const visit = (...events: ShopperEvent[]): LearnMessage => ({
  id: `visit-${(next += 1)}`,
  kind: "visit",
  occurredAtMs: NOW,
  events,
  traceparent: "",
});
const order = (...handles: string[]): LearnMessage => ({
  id: `order-${(next += 1)}`,
  kind: "order",
  occurredAtMs: NOW,
  productIds: handles.map((handle) => ids.get(handle) ?? handle),
  traceparent: "",
});
const view = (handle: string, ...after: string[]): ShopperEvent => ({ kind: "view", handle, after });

const scores = async (): Promise<Record<string, number>> => {
  const { results } = await env.DB.prepare(
    "SELECT handle, score FROM product_popularity JOIN products ON number = product_number ORDER BY handle",
  ).all<{ handle: string; score: number }>();
  return Object.fromEntries(results.map(({ handle, score }) => [handle, Math.round(score / growthAt(NOW))]));
};
const pairs = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    `SELECT a.handle || ' ' || kind || ' ' || b.handle || ' ' || round(t.score / ?) AS pair FROM product_pairs t
     JOIN products a ON a.number = product_number JOIN products b ON b.number = other_number ORDER BY 1`,
  )
    .bind(growthAt(NOW))
    .all<{ pair: string }>();
  return results.map(({ pair }) => pair);
};
const queries = async () =>
  (await env.DB.prepare("SELECT query, searches, misses, clicks FROM search_queries ORDER BY query").all())
    .results;
const state = async () => [await scores(), await pairs(), await queries()];

describe("what a page tells", () => {
  test("becomes popularity, pairs seen together, and queries", async () => {
    const { ports } = testPorts();
    const messages = [
      visit(view("heron"), { kind: "search", query: "  Héron ", isMiss: false }),
      visit(
        view("tide", "heron"),
        { kind: "cart", handle: "tide" },
        { kind: "click", query: "heron", handle: "tide" },
      ),
      visit({ kind: "search", query: "unicorn", isMiss: true }),
    ];
    expect((await deliver(QUEUES.shopperEvents, messages, ports)).acked).toEqual([0, 1, 2]);
    expect(await scores()).toEqual({
      heron: EVENT_WEIGHTS.view,
      tide: EVENT_WEIGHTS.view + EVENT_WEIGHTS.cart + EVENT_WEIGHTS.click,
    });
    expect(await pairs()).toEqual(["heron viewed tide 1.0", "tide viewed heron 1.0"]);
    expect(await queries()).toEqual([
      { query: "heron", searches: 1, misses: 0, clicks: 1 },
      { query: "unicorn", searches: 1, misses: 1, clicks: 0 },
    ]);
  });

  test("that comes twice, in one batch or in two, counts once; the order does not matter", async () => {
    const { ports } = testPorts();
    const messages = [visit(view("heron", "kiln")), order("heron", "tide"), visit(view("kiln"))];
    await deliver(QUEUES.shopperEvents, messages, ports);
    const once = await state();
    await deliver(QUEUES.shopperEvents, [...messages, ...messages].reverse(), ports);
    expect(await state()).toEqual(once);
    await env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
    for (const message of messages.toReversed())
      await deliver(QUEUES.shopperEvents, [message, message], ports);
    expect(await state()).toEqual(once);
  });

  test("counts half as much one half-life later", async () => {
    const { ports } = testPorts();
    const old = { ...visit(view("heron")), occurredAtMs: NOW - HALF_LIFE_MS };
    await deliver(QUEUES.shopperEvents, [old, visit(view("tide"), view("tide"))], ports);
    const { results } = await env.DB.prepare("SELECT score FROM product_popularity ORDER BY score").all<{
      score: number;
    }>();
    expect((results[1]?.score ?? 0) / (results[0]?.score ?? 1)).toBeCloseTo(4);
  });

  test("of a product that is not there is left out, and of a person never kept", async () => {
    const { ports } = testPorts();
    const messages = [
      visit(view("nowhere", "heron"), { kind: "search", query: "mira@example.com", isMiss: true }),
      visit(
        { kind: "search", query: "+49 170 1234567", isMiss: true },
        { kind: "search", query: "x ".repeat(60), isMiss: false },
      ),
    ];
    expect((await deliver(QUEUES.shopperEvents, messages, ports)).acked).toEqual([0, 1]);
    expect(await state()).toEqual([{}, [], []]);
  });
});

test("an order pairs its products, once, however often its event comes", async () => {
  const { ports } = testPorts();
  await deliver(QUEUES.shopperEvents, [order("heron", "tide", "kiln"), order("heron", "tide")], ports);
  expect((await pairs()).filter((pair) => pair.startsWith("heron"))).toEqual([
    "heron bought kiln 1.0",
    "heron bought tide 2.0",
  ]);
});

test("a confirmed order is handed over with its event's id; other events are not", async () => {
  const { ports } = testPorts();
  const sent: LearnMessage[] = [];
  const learning = {
    ...ports.learning,
    send: async (messages: readonly LearnMessage[]) => void sent.push(...messages),
  };
  const confirmed = orderEvent("order.confirmed", orderView());
  await deliver(QUEUES.projection, [orderEvent("order.authorised", orderView({ version: 4 }))], {
    ...ports,
    learning,
  });
  expect(sent).toEqual([]);
  await deliver(QUEUES.projection, [confirmed], { ...ports, learning });
  expect(sent).toMatchObject([{ id: confirmed.id, kind: "order", productIds: ["prd_1", "prd_2", "prd_3"] }]);
});

test("an order that cannot be handed over is copied all the same, and comes again", async () => {
  const { ports } = testPorts();
  const learning = { ...ports.learning, send: () => Promise.reject(new Error("the queue is down")) };
  const result = await deliver(QUEUES.projection, [orderEvent("order.confirmed", orderView())], {
    ...ports,
    learning,
  });
  expect(result).toEqual({ acked: [], retried: [0] });
  expect((await env.DB.prepare("SELECT status FROM orders").all()).results).toEqual([
    { status: "confirmed" },
  ]);
});

test("a message that cannot be read goes back alone; with the database down all go back and nothing is counted", async () => {
  const { ports } = testPorts();
  const good = visit(view("heron"));
  expect(await deliver(QUEUES.shopperEvents, ["text", good, { ...good, kind: "x" }], ports)).toEqual({
    acked: [1],
    retried: [0, 2],
  });
  const down = testPorts(DEAD_DB);
  expect((await deliver(QUEUES.shopperEvents, [visit(view("heron"))], down.ports)).retried).toEqual([0]);
  expect(await scores()).toEqual({ heron: 1 });
});

test("a product keeps its best forty pairs", async () => {
  const { ports } = testPorts();
  for (let index = 0; index < 45; index += 1) await save(sampleProduct(`p-${index}`));
  const views = Array.from({ length: 45 }, (_, index) => visit(view("heron", `p-${index}`)));
  await deliver(QUEUES.shopperEvents, [...views, visit(view("heron", "p-44"))], ports);
  const of = (await pairs()).filter((pair) => pair.startsWith("heron "));
  expect(of).toHaveLength(40);
  expect(of).toContain("heron viewed p-44 2.0");
});

const keep = (nowMs: number) =>
  keepSearch(env.DB, {
    nowMs,
    reindex: (numbers) => reindexStatements(env.DB, numbers),
    project: (rows) => projectPopularity(env.DB, rows),
  });

test("lists sorted by popularity follow what is looked at and bought, and change seldom", async () => {
  const { ports } = testPorts();
  const popular = async (): Promise<readonly string[]> =>
    must(await createCatalogReader(env.DB).products({ sort: "popular", limit: 10 })).items.map(
      ({ handle }) => handle,
    );
  const orders = Array.from({ length: 4 }, () => order("tide"));
  await deliver(QUEUES.shopperEvents, [...orders, visit(view("kiln")), visit(view("kiln"))], ports);
  await keep(NOW);
  expect(await popular()).toEqual(["tide", "kiln", "moss", "heron"]);
  const found = await createSearchReader(env.DB).search({ query: "drawn", sort: "popular", limit: 10 });
  expect(must(found).items.map(({ handle }) => handle)).toEqual(["tide", "kiln", "moss", "heron"]);
  const before = await queryLatestSequence(env.DB);
  await deliver(QUEUES.shopperEvents, [visit(view("tide"))], ports);
  await keep(NOW);
  expect(await queryLatestSequence(env.DB)).toBe(before);
  expect(
    await env.DB.prepare("SELECT count(*) AS n FROM product_popularity WHERE is_due = 1").first("n"),
  ).toBe(0);
});

test("the cron puts what is looked at on the popular list, counts words, and forgets", async () => {
  const { ports } = testPorts();
  await deliver(QUEUES.shopperEvents, [visit(view("heron"))], ports);
  await keep(NOW);
  await keep(NOW);
  const popular = await env.DB.prepare(
    "SELECT rowid FROM popular_names WHERE popular_names MATCH 'heron'",
  ).all();
  expect(popular.results).toHaveLength(1);
  expect(must(await createSearchReader(env.DB).search({ query: "heron", limit: 5 })).count).toBe(1);
  expect(
    await env.DB.prepare("SELECT products FROM search_words WHERE word = 'drawn'").first("products"),
  ).toBe(4);
  await keep(NOW + 400 * 24 * 60 * 60_000);
  expect(await env.DB.prepare("SELECT count(*) AS n FROM shopper_events_seen").first("n")).toBe(0);
});
