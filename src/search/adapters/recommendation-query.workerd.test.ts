import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { applyStockFacts } from "../../catalog/adapters/stock-projection.ts";
import { clearCatalog, stockFact } from "../../catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct } from "../../catalog/testing/samples.ts";
import { growthAt } from "../domain/popularity.ts";
import { speechFor } from "#words";
import { reasonWords } from "../reason-words.ts";
import { must, searchFixture } from "../testing/search-fixture.ts";
import { createAlikePairs } from "./alike-table.ts";
import { learn } from "./learn-table.ts";
import { createRecommender, RECOMMENDED_SQL, TRANSLATED_RECOMMENDED_SQL } from "./recommendation-query.ts";

const { writer, save } = searchFixture(env.DB);
const recommender = createRecommender(env.DB);
const NOW = Date.UTC(2026, 10, 27);
const ids: Record<string, string> = {};
const HANDLES = ["heron", "tide", "kiln", "moss", "fern", "gone"];

beforeAll(async () => {
  await clearCatalog(env.DB);
  await env.DB.batch(
    ["product_pairs", "shopper_events_seen"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
  must(await writer.saveCollection(sampleCollection("prints", { title: "Prints" })));
  for (const handle of HANDLES)
    ids[handle] = (
      await save(sampleProduct(handle, { title: handle, collections: handle === "kiln" ? [] : ["prints"] }))
    ).productId;
  await applyStockFacts(
    env.DB,
    HANDLES.filter((handle) => handle !== "gone").map((handle) => stockFact(handle.toUpperCase(), 5)),
  );
  await learn(
    env.DB,
    [
      {
        id: "1",
        kind: "order",
        occurredAtMs: NOW,
        productIds: [ids["heron"] ?? "", ids["kiln"] ?? "", ids["gone"] ?? ""],
        traceparent: "",
      },
      {
        id: "2",
        kind: "visit",
        occurredAtMs: NOW,
        events: [{ kind: "view", handle: "tide", after: ["heron", "kiln"] }],
        traceparent: "",
      },
      {
        id: "3",
        kind: "visit",
        occurredAtMs: NOW,
        events: [{ kind: "view", handle: "moss", after: [] }],
        traceparent: "",
      },
    ],
    { run: "test", nowMs: NOW },
  );
  expect(growthAt(NOW)).toBeGreaterThan(1);
});

const collectionId = async () =>
  (await env.DB.prepare("SELECT id FROM collections LIMIT 1").first<{ id: string }>())?.id;

const related = async (handle: string, limit = 10) =>
  (await recommender.relatedTo(ids[handle] ?? "", limit)).map(
    ({ card, reason }) => `${card.handle}: ${reasonWords(reason, speechFor("en-GB"))}`,
  );

describe("what goes with a product", () => {
  it("is bought together first, then looked at together, then popular in its collection; nothing sold out", async () => {
    expect(await related("heron")).toEqual([
      "kiln: Bought together with heron",
      "tide: Looked at together with heron",
      "moss: Popular in Prints",
      "fern: More from Prints",
    ]);
  });

  it("looks fine when nothing is known of it yet", async () => {
    expect((await related("fern")).every((words) => words.includes("in Prints"))).toBe(true);
  });

  it("is nothing for a product that is not there", async () => {
    expect(await related("nowhere")).toEqual([]);
  });

  it("of several leaves these out and has each other product once", async () => {
    const found = await recommender.goesWith([ids["heron"] ?? "", ids["tide"] ?? ""], 3);
    expect(found.map(({ card }) => card.handle)).toEqual(["kiln", "moss", "fern"]);
    expect(await recommender.goesWith([], 3)).toEqual([]);
  });

  it("is what is alike before what is only popular, and only what can be had", async () => {
    const { results } = await env.DB.prepare("SELECT handle, number FROM products").all<{
      handle: string;
      number: number;
    }>();
    const number = Object.fromEntries(results.map((row) => [row.handle, row.number]));
    const pairs = createAlikePairs(env.DB);
    const near = (handles: readonly string[]) =>
      handles.map((handle, place) => ({ number: number[handle] ?? 0, likeness: 0.9 - place / 10 }));
    await pairs.replace(new Map([[number["moss"] ?? 0, near(["fern", "gone"])]]));
    expect((await related("moss"))[0]).toBe("fern: Much like moss");
    expect((await related("moss")).join()).not.toContain("gone");
    await pairs.replace(new Map([[number["moss"] ?? 0, near(["tide"])]]));
    expect((await related("moss"))[0]).toBe("tide: Much like moss");
    await pairs.tellOthers(new Map([[number["moss"] ?? 0, near(["fern"])]]));
    expect((await related("fern"))[0]).toBe("moss: Much like fern");
    await pairs.replace(new Map([number["moss"], number["fern"]].map((one) => [one ?? 0, []])));
    expect((await related("moss"))[0]).not.toContain("Much like");
  });

  it("is named in the language of the page, reason and all", async () => {
    const row = await env.DB.prepare("SELECT number FROM products WHERE handle = 'heron'").first<{
      number: number;
    }>();
    const insert = env.DB.prepare(
      "INSERT INTO translations (entity, entity_key, locale, fields, version, updated_at_ms) VALUES (?, ?, 'de', ?, 1, 0)",
    );
    await env.DB.batch([
      insert.bind("product", String(row?.number), JSON.stringify({ title: "Reiher" })),
      insert.bind("collection", (await collectionId()) ?? "", JSON.stringify({ title: "Drucke" })),
    ]);
    const german = createRecommender(env.DB, { locale: "de-CH" });
    const found = await german.relatedTo(ids["tide"] ?? "", 10);
    const words = found.map(
      ({ card, reason }) => `${card.title}: ${reasonWords(reason, speechFor("de-CH"))}`,
    );
    expect(words).toContain("Reiher: Zusammen angesehen mit tide");
    expect(words.at(-1)).toMatch(/: (Beliebt in|Mehr aus) Drucke$/);
  });

  it.each([
    [RECOMMENDED_SQL, [] as const],
    [TRANSLATED_RECOMMENDED_SQL, ['["de"]'] as const],
  ])("is read along indexes", async (sql, more) => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind("[]", "x", 3, ...more)
      .all<{ detail: string }>();
    const steps = results.map(({ detail }) => detail);
    expect(
      steps.filter(
        (step) =>
          /^SCAN (?!j |wanted_locale|own|home|found|best|members|\()/.test(step) &&
          !/INDEX|CONSTANT/.test(step),
      ),
    ).toEqual([]);
    expect(steps.join("\n")).toContain("product_pairs_best");
  });
});
