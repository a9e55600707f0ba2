import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { catalogFixture } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { fillCatalogue, HANDLE } from "../../../test/support/every-route.ts";
import { brokenFeedRules, feedItems } from "../../../test/support/merchant-feed-rules.ts";
import { publicShop, SHOP_ORIGIN } from "../../../test/support/public-shop.ts";

// Exports and feeds as staff, programs and shopping services reach them.

const shop = publicShop(() => Date.now());
const staff = { authorization: `Bearer ${env.ADMIN_API_TOKEN}` };
const api = (path: string, init: RequestInit = {}) =>
  shop.visit(`/admin/api${path}`, { ...init, headers: { ...staff, ...init.headers } });
const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  api(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
type View = {
  readonly id: string;
  readonly state: string;
  readonly percent: number;
  readonly version: number;
};

async function runTo(name: string, isDone: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    if (await isDone()) return;
    await runDurableObjectAlarm(env.EXPORTS.getByName(name));
  }
  throw new Error(`${name} never ended`);
}
const finish = async (id: string): Promise<View> => {
  await runTo(id, async () => !["queued", "running"].includes((await viewOf(id)).state));
  return viewOf(id);
};
const viewOf = async (id: string): Promise<View> => (await api(`/exports/${id}`)).json();
const buildFeed = async (market: string, prefix: string): Promise<void> => {
  expect((await post(`/feeds/${market}/build`)).status).toBe(202);
  const stub = env.EXPORTS.getByName(`feed:${prefix}`);
  await runTo(`feed:${prefix}`, async () => {
    const job = await stub.view();
    return job.ok && job.value.state === "finished";
  });
};

beforeAll(async () => {
  await fillCatalogue();
  await env.DB.prepare("DELETE FROM merchant_feeds").run();
  await catalogFixture(env.DB).save(
    sampleProduct(HANDLE, {
      title: "Heron",
      options: ["Size"],
      variants: [
        sampleVariant("HRN-1", { optionValues: ["A4"], priceMinor: 2000 }),
        sampleVariant("HRN-2", { optionValues: ["A3"], priceMinor: 3000, compareAtMinor: 3500 }),
      ],
      pictures: [{ url: "/media/heron.svg", alt: "", width: 10, height: 10 }],
      collections: ["prints"],
    }),
  );
});

describe("an export by the API", () => {
  it("starts, ends and hands out its file, which imports as the same", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    const started = await post("/exports", { format: "jsonl" }, key);
    const { id } = await started.json<View>();
    expect([started.status, started.headers.get("location")]).toEqual([202, `/admin/api/exports/${id}`]);
    expect((await (await post("/exports", { format: "jsonl" }, key)).json<View>()).id).toBe(id);
    expect((await api(`/exports/${id}/file`)).status).toBe(409);
    expect(await finish(id)).toMatchObject({ state: "finished", percent: 100 });
    const file = await api(`/exports/${id}/file`);
    expect(file.headers.get("content-disposition")).toMatch(
      /^attachment; filename="products-[\d-]+\.jsonl"$/,
    );
    expect((JSON.parse((await file.text()).split("\n")[0] ?? "") as { handle: string }).handle).toBe(HANDLE);
    const listed = await (await api("/exports?limit=1")).json<{ items: View[] }>();
    expect(listed.items[0]?.id).toBe(id);
  });

  it.each([
    ["an unknown format", { format: "xml" }],
    ["a market that there is not", { format: "google", market: "zz-zz" }],
    ["a market that is no prefix", { format: "google", market: "../etc" }],
    ["a field that nobody knows", { format: "jsonl", secret: 1 }],
  ])("with %s is a problem and starts nothing", async (_what, body) => {
    const answer = await post("/exports", body);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
  });

  it("that was never started is unknown, and asking creates none", async () => {
    for (const path of ["", "/file"])
      expect((await api(`/exports/exp_00000000000000000000000000${path}`)).status).toBe(404);
    for (const act of ["cancel", "resume"])
      expect((await post(`/exports/exp_00000000000000000000000000/${act}`)).status).toBe(404);
    expect((await api("/exports?cursor=nonsense")).status).toBe(422);
    expect((await post("/feeds/zz-zz/build")).status).toBe(404);
  });
});

describe("a shopping feed at its address", () => {
  it("is not there before its first build, and then the same for everybody, with a tag to ask by", async () => {
    expect((await shop.visit("/feeds/google.tsv")).status).toBe(404);
    await buildFeed("default", "");
    const answer = await shop.visit("/feeds/google.tsv");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "text/tab-separated-values; charset=utf-8",
    ]);
    expect(answer.headers.get("cache-control")).toMatch(/^public/);
    const text = await answer.text();
    expect(brokenFeedRules(text)).toEqual([]);
    const [item] = feedItems(text);
    expect(item?.["link"]).toMatch(new RegExp(`^${SHOP_ORIGIN}/products/${HANDLE}`));
    const again = await shop.visit("/feeds/google.tsv", {
      headers: { "if-none-match": answer.headers.get("etag") ?? "" },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("leads to a page that shows the item's own variant at the item's price", async () => {
    await buildFeed("default", "");
    for (const item of feedItems(await (await shop.visit("/feeds/google.tsv")).text())) {
      const { pathname, search } = new URL(item["link"] ?? "");
      const page = await (await shop.visit(`${pathname}${search}`)).text();
      const offers = [
        ...page.matchAll(
          /"price":"?([\d.]+)"?,"priceCurrency":"([A-Z]{3})"|"priceCurrency":"([A-Z]{3})","price":"?([\d.]+)/g,
        ),
      ];
      const shown = offers.map((match) => `${match[1] ?? match[4]} ${match[2] ?? match[3]}`);
      expect(shown.map((text) => Number(text.split(" ")[0]))).toContain(
        Number((item["sale_price"] || item["price"] || "").split(" ")[0]),
      );
    }
  });

  it("speaks each market's language and currency below the market's paths", async () => {
    await buildFeed("ch-de", "ch-de");
    const [item] = feedItems(await (await shop.visit("/ch-de/feeds/google.tsv")).text());
    expect(item?.["price"]).toMatch(/ CHF$/);
    expect(item?.["link"]).toMatch(new RegExp(`^${SHOP_ORIGIN}/ch-de/products/${HANDLE}`));
    const { items } = await (await api("/feeds")).json<{ items: { market: string; products?: number }[] }>();
    expect(items.find(({ market }) => market === "ch-de")?.products).toBeGreaterThan(0);
  });
});
