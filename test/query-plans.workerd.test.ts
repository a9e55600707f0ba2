import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { projectOrders } from "../src/orders/adapters/order-projector.ts";
import { fillCatalogue, HANDLE, routesOf, sampleOf, SKU, staffCookie } from "./support/every-route.ts";
import { orderIdOf, orderView } from "./support/order-fixture.ts";
import { publicShop } from "./support/public-shop.ts";
import { recordingD1 } from "./support/recording-d1.ts";

// Every statement that reading the shop and the back office sends to D1, found by driving every route that there is. A new
// route, and a new statement of an old one, are held to this without being named here.

/** Tables that are read whole on purpose, with the reason. */
const READ_WHOLE: Readonly<Record<string, string>> = {
  locations: "the merchant's shelves and shops: at most MAX_LOCATIONS rows, all of which are shown",
  tax_rules:
    "walked along its own primary key (it has no row ids): at most 2,000 rules, all of which staff see",
  markets: "the merchant's markets: at most 50 rows, all of which every isolate remembers",
};

/** Ways to ask for any list: as it comes, one row at a time so that there is a next page, searched. */
const QUESTIONS = ["", "?limit=1", `?q=${HANDLE}`];

/** Further ways, for lists that can be narrowed and sorted. */
const MORE_QUESTIONS = [
  "?q=hreon",
  `?q=${SKU}`,
  "?collection=prints&limit=1",
  "?status=confirmed",
  "?status=active",
  ...["popular", "newest", "price_asc", "price_desc", "title"].flatMap((sort) => [
    `?sort=${sort}&limit=1`,
    `?collection=prints&sort=${sort}&limit=1`,
  ]),
];

const questionsFor = (path: string): readonly string[] => {
  if (path !== "/collections/:handle" && (path.includes(":") || sampleOf(path).includes("?"))) return [""];
  return /products|collections|search|orders/.test(path) ? [...QUESTIONS, ...MORE_QUESTIONS] : QUESTIONS;
};

const recorded = recordingD1(env.DB);
const shop = publicShop(() => Date.now(), recorded.db);
const routes = [shop.catalogue, shop.gateway, shop.admin]
  .flatMap((app) => routesOf(app))
  .filter(({ method }) => method === "GET");

async function ask(path: string, headers: Record<string, string>): Promise<void> {
  const answer = await shop.visit(path, { headers, redirect: "manual" });
  const type = answer.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) return void (await answer.body?.cancel());
  const { nextCursor } = await answer.json<{ nextCursor?: string }>();
  if (nextCursor === undefined || path.includes("cursor=")) return;
  await ask(`${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(nextCursor)}`, headers);
}

/** A shopper's way to the till reads prices, tax and ways of delivery. */
async function shopForOne(): Promise<void> {
  const send = async (method: string, path: string, body: object): Promise<{ readonly id: string }> => {
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    return (await shop.visit(path, { method, headers, body: JSON.stringify(body) })).json();
  };
  const cart = await send("POST", "/api/carts", {});
  await send("POST", `/api/carts/${cart.id}/lines`, { sku: SKU, quantity: 1 });
  const checkout = await send("POST", "/api/checkouts", { cartId: cart.id });
  await send("PATCH", `/api/checkouts/${checkout.id}`, { email: "ada@example.com", country: "DE" });
  await ask(`/api/checkouts/${checkout.id}/delivery-options`, {});
  await send("POST", `/api/carts/${cart.id}/codes`, { code: "WELCOME" });
}

beforeAll(async () => {
  await fillCatalogue();
  await projectOrders(
    env.DB,
    [1, 2, 3].map((number) => orderView({ orderId: orderIdOf(number) })),
  );
  const headers = { cookie: await staffCookie(shop), authorization: `Bearer ${env.ADMIN_API_TOKEN}` };
  for (const { path } of routes) {
    for (const question of questionsFor(path)) await ask(`${sampleOf(path)}${question}`, headers);
  }
  await ask("/search?q=heron", {});
  await ask("/search?q=hreon", {});
  await shopForOne();
}, 120_000);

type Plan = { readonly sql: string; readonly scans: readonly string[] };

/** The tables that a statement reads whole, without an index, or along an index without an end. */
async function planOf(sql: string, values: readonly unknown[], tables: ReadonlySet<string>): Promise<Plan> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  const names = namesIn(sql);
  const scans = results.flatMap(({ detail }) => {
    const alias = /^SCAN (\w+)/.exec(detail)?.[1];
    const table = alias === undefined ? undefined : (names.get(alias) ?? alias);
    if (table === undefined || !tables.has(table) || /VIRTUAL TABLE/.test(detail)) return [];
    const isBoundWalk = /USING (COVERING )?INDEX/.test(detail) && /\bLIMIT\b/i.test(sql);
    return isBoundWalk || table in READ_WHOLE ? [] : [detail];
  });
  return { sql, scans };
}

/** What each alias of a statement stands for. */
function namesIn(sql: string): ReadonlyMap<string, string> {
  const found = sql.matchAll(/\b(?:FROM|JOIN)\s+"?(\w+)"?(?:\s+(?:AS\s+)?"?(\w+)"?)?/gi);
  return new Map(
    [...found].flatMap(([, table = "", alias = table]) => [[table, table] as const, [alias, table] as const]),
  );
}

describe("every statement of the reading routes", () => {
  it("goes along an index, and no table is walked to its end", async () => {
    const { results } = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{
      name: string;
    }>();
    const tables = new Set(results.map(({ name }) => name));
    const reads = recorded.sent().filter(({ sql }) => /^\s*(?:SELECT|WITH)\b/i.test(sql));
    const plans = await Promise.all(reads.map(({ sql, values }) => planOf(sql, values, tables)));
    expect(plans.filter(({ scans }) => scans.length > 0)).toEqual([]);
    expect(reads.length).toBeGreaterThan(40);
  });

  it("has an end: a LIMIT, one row by its key, or a list of keys that were asked for", () => {
    const endless = recorded
      .sent()
      .map(({ sql }) => sql)
      .filter(
        (sql) =>
          /^\s*(?:SELECT|WITH)\b/i.test(sql) &&
          !/\bLIMIT\b|\bcount\(|json_each| = (?:\?|1$)|\bIN \(/i.test(sql),
      );
    expect(endless).toEqual([]);
  });
});
