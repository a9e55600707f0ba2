import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import { sampleProduct } from "../../catalog/testing/samples.ts";
import type { ImportRpc } from "#catalog-import";
import { newTraceparent, objectNamespace } from "#platform";
import type { WebEnv } from "#web";
import { savedProducts } from "../../../test/support/test-import-object.ts";
import { createImportDesk } from "../adapters/import-desk.ts";
import { createImportAdminApi } from "./admin-routes.ts";

const app = new Hono<WebEnv>();
app.use(async (c, next) => {
  c.set("requestId", "req_test");
  c.set("traceparent", newTraceparent());
  await next();
});
app.route(
  "/",
  createImportAdminApi({
    desk: () =>
      createImportDesk({
        db: env.DB,
        files: env.FILES,
        imports: objectNamespace<ImportRpc>(env.IMPORTS),
        shopCurrency: "EUR",
      }),
  }),
);

const post = (path: string, body: BodyInit, type = "text/csv") =>
  app.request(path, { method: "POST", body, headers: { "content-type": type } });
const put = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(`/import-mappings/${name}`, {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });

async function finish(answer: Response) {
  expect(answer.status).toBe(202);
  const { id } = await answer.json<{ id: string }>();
  for (let turn = 0; turn < 20; turn += 1) {
    const job = await (await app.request(`/imports/${id}`)).json<{ state: string }>();
    if (["finished", "rejected"].includes(job.state)) return { id, job };
    await runDurableObjectAlarm(env.IMPORTS.getByName(id));
  }
  throw new Error("the import never ended");
}
const gzip = async (text: string): Promise<ArrayBuffer> =>
  new Response(new Response(text).body?.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();

const TABLE = [
  "name,link,cost,stars",
  'Fan,https://x.example/fan/dp/B1/r,"₹1,000",4',
  "Fan again,https://x.example/fan/dp/B1/q,₹5,4",
  "Lamp,https://x.example/lamp/dp/B2/r,,4",
  "Mat,https://x.example/mat/dp/B3/r,₹100,Get",
].join("\n");
const MAPPING = {
  rows: "each-row",
  currency: "INR",
  ratePpm: 11_000,
  decimalSign: ".",
  rules: [
    { field: "title", columns: ["name"], readAs: "text", whenWrong: "reject" },
    { field: "handle", columns: ["link"], readAs: "part", after: "/dp/", before: "/", whenWrong: "reject" },
    { field: "price", columns: ["cost"], readAs: "price", whenWrong: "reject" },
    { field: "attribute", attribute: "Rating", columns: ["stars"], readAs: "number", whenWrong: "leave-out" },
  ],
};

beforeEach(() => savedProducts.clear());

describe("a table of another shop", () => {
  test("is previewed by a guess, mapped, and imported gzipped with a report that adds up", async () => {
    const guess = await (
      await post("/imports/preview", TABLE)
    ).json<{ mapping: typeof MAPPING; header: string[] }>();
    expect(guess.header).toEqual(["name", "link", "cost", "stars"]);
    expect(guess.mapping.rules.map(({ field }) => field)).toEqual(["title", "handle"]);
    expect((await put("rupees", MAPPING)).status).toBe(200);
    const preview = await (
      await post("/imports/preview?mapping=rupees", TABLE)
    ).json<{
      products: { draft: { handle: string; variants: { priceMinor: number }[] } }[];
      findings: { line: number; severity: string }[];
    }>();
    expect(preview.products.map(({ draft }) => [draft.handle, draft.variants[0]?.priceMinor])).toEqual([
      ["b1", 1_100],
      ["b3", 110],
    ]);
    expect(savedProducts.size).toBe(0);
    const { id, job } = await finish(
      await post("/imports?mapping=rupees", await gzip(TABLE), "application/gzip"),
    );
    expect(job).toMatchObject({
      source: "mapped",
      mapping: { name: "rupees", version: 1 },
      rows: { total: 4, accepted: 2, rejected: 2 },
      products: { total: 4, created: 2, rejected: 2 },
      warnings: 1,
    });
    const report = await (
      await app.request(`/imports/${id}/report`)
    ).json<{ items: { line: number; reason: string }[] }>();
    expect(report.items.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "3 Line 2 is this product already.",
      "4 A product needs at least one variant with a price.",
      "5 This is not a number; it was left out.",
    ]);
    const again = await finish(await post("/imports?mapping=rupees", TABLE));
    expect(again.job).toMatchObject({ products: { same: 2, rejected: 2 } });
  });

  test("in another currency is never taken for the shop's", async () => {
    const { ratePpm: _rate, ...unrated } = MAPPING;
    await put("unrated", unrated);
    const answer = await post("/imports?mapping=unrated", TABLE);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ type: "/problems/catalog-import/foreign-currency" });
  });

  test("has a mapping that two people cannot overwrite unseen, and that is forgotten once", async () => {
    const first = await put("shared", MAPPING);
    const etag = first.headers.get("etag") ?? "";
    expect((await put("shared", MAPPING)).headers.get("etag")).toBe(etag);
    const changed = { ...MAPPING, decimalSign: "," };
    expect((await put("shared", changed, { "if-match": etag })).status).toBe(200);
    expect((await put("shared", MAPPING, { "if-match": etag })).status).toBe(412);
    const remove = () => app.request("/import-mappings/shared", { method: "DELETE" });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
    expect((await app.request("/import-mappings/shared")).status).toBe(404);
    expect((await post("/imports?mapping=shared", TABLE)).status).toBe(404);
  });

  test("that is a broken archive is rejected whole", async () => {
    const packed = new Uint8Array(await gzip("Handle,Title,Variant Price\nmug,Mug,1\n".repeat(50)));
    const { job } = await finish(await post("/imports", packed.slice(0, -12), "application/gzip"));
    expect(job).toMatchObject({ state: "rejected", problem: expect.stringContaining("cannot be unpacked") });
  });
});

describe("a JSONL file", () => {
  test("has a product on each line, as PUT takes it, with its stock", async () => {
    const sku = crypto.randomUUID();
    const product = sampleProduct("mug");
    const lines = [
      {
        ...product,
        variants: product.variants.map((variant) => ({ ...variant, sku })),
        stock: [{ sku, counted: 7 }],
      },
      { ...sampleProduct("odd"), surprise: 1 },
      sampleProduct("mug"),
    ];
    const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"handle":\n`;
    const { id, job } = await finish(await post("/imports?format=jsonl", text, "application/x-ndjson"));
    expect(job).toMatchObject({ source: "jsonl", rows: { total: 4, accepted: 1, rejected: 3 } });
    const report = await (await app.request(`/imports/${id}/report`)).json<{ items: { line: number }[] }>();
    expect(report.items.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect((await env.STOCK.getByName(sku).level()).onHand).toBe(7);
  });
});
