import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPopularity } from "../../catalog/adapters/popularity-projection.ts";
import { applyStockFacts } from "../../catalog/adapters/stock-projection.ts";
import { cardSchema } from "../../catalog/http/schemas.ts";
import { wireCard } from "../../catalog/http/wire.ts";
import { clearCatalog, stockFact } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../catalog/testing/samples.ts";
import { learn } from "../adapters/learn-table.ts";
import { querySearchReport } from "../adapters/report-query.ts";
import type { ShopperEvent } from "../contract-events.ts";
import { searchFixture } from "../testing/search-fixture.ts";
import { createSearchAdminApi } from "./admin-routes.ts";
import { createSearchApi } from "./search-api.ts";

const NOW = Date.UTC(2026, 10, 30);
const { reader, save, synonyms } = searchFixture(env.DB);
const shop = createSearchApi({
  reader: () => reader,
  answer: async (c, body) => c.json(body),
  card: { schema: cardSchema, wire: wireCard },
});
const staff = createSearchAdminApi({
  synonyms: () => synonyms,
  report: () => (days) => querySearchReport(env.DB, { days, nowMs: NOW }),
});

const asked = (query: string, times: number, isMiss = false): ShopperEvent[] =>
  Array.from({ length: times }, () => ({ kind: "search", query, isMiss }));

beforeAll(async () => {
  await clearCatalog(env.DB);
  await env.DB.batch(
    ["search_phrases", "search_queries", "shopper_events_seen"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
  for (const handle of ["heron", "tide", "kiln", "gone"]) await save(sampleProduct(handle));
  await applyStockFacts(
    env.DB,
    ["HERON", "TIDE", "KILN"].map((sku) => stockFact(sku, 5)),
  );
  const { results } = await env.DB.prepare("SELECT number, handle FROM products").all<{
    number: number;
    handle: string;
  }>();
  const steps: Readonly<Record<string, number>> = { tide: 9, gone: 8, heron: 3 };
  const rows = results.map(({ number, handle }) => ({ number, popularity: steps[handle] ?? 0 }));
  await projectPopularity(env.DB, rows).run();
  const events = [...asked("blue print", 4), ...asked("once", 1), ...asked("rug", 3, true)];
  const click: ShopperEvent = { kind: "click", query: "blue print", handle: "tide" };
  await learn(
    env.DB,
    [{ id: "v", kind: "visit", occurredAtMs: NOW, traceparent: "", events: [...events, click] }],
    { run: "test", nowMs: NOW },
  );
});

describe("what others look for and at", () => {
  it("is what several asked and found, and what is popular and can be had", async () => {
    const answer = await shop.request("/api/search/popular");
    const body = await answer.json<{ phrases: string[]; products: { handle: string }[] }>();
    expect(body.phrases).toEqual(["blue print"]);
    expect(body.products.map(({ handle }) => handle)).toEqual(["tide", "heron"]);
  });
});

describe("the report of searches", () => {
  it("says what is asked, missed and led to a product", async () => {
    const answer = await staff.request("/search/report?days=7");
    expect(await answer.json()).toMatchObject({
      days: 7,
      searches: 8,
      misses: 3,
      clicks: 1,
      top: [
        { query: "blue print", searches: 4, misses: 0, clicks: 1 },
        { query: "rug", searches: 3, misses: 3, clicks: 0 },
        { query: "once", searches: 1 },
      ],
      missed: [{ query: "rug", misses: 3 }],
    });
  });

  it.each(["0", "181", "x", "1.5"])("refuses %s days", async (days) => {
    expect((await staff.request(`/search/report?days=${days}`)).status).toBe(422);
  });
});
