import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createCatalogReader } from "../adapters/catalog-reader.ts";
import { createCatalogStaffReader } from "../adapters/staff-query.ts";
import { catalogFixture, clearCatalog, must, stockFact } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { applyStockFacts } from "../adapters/stock-projection.ts";
import { createCatalogAdminApi } from "./admin-routes.ts";
import { createMediaRoutes } from "./media-routes.ts";
import { createCatalogApi } from "./shop-routes.ts";

const { writer, save } = catalogFixture(env.DB);
const shop = createCatalogApi({ reader: () => createCatalogReader(env.DB) });
const admin = createCatalogAdminApi({
  reader: () => createCatalogStaffReader(env.DB),
  writer: () => writer,
  bucket: () => env.MEDIA,
});
const mediaRoutes = createMediaRoutes({ bucket: () => env.MEDIA });

const get = async (path: string, headers: Record<string, string> = {}) => shop.request(path, { headers });
const put = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  admin.request(path, {
    method: "PUT",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  return response.json<{ type: string; status: number; errors?: { pointer: string }[] }>();
};

beforeAll(async () => {
  await clearCatalog(env.DB);
  must(await writer.saveCollection(sampleCollection("prints", { title: "Prints" })));
  await save(
    sampleProduct("heron", {
      title: "Heron",
      collections: ["prints"],
      options: ["Size"],
      variants: [
        sampleVariant("HRN-A3", { optionValues: ["A3"], priceMinor: 2200, compareAtMinor: 2600 }),
        sampleVariant("HRN-A2", { optionValues: ["A2"], priceMinor: 3400 }),
      ],
    }),
  );
  await save(sampleProduct("old-tide"));
  must(await writer.saveProduct(sampleProduct("tide"), { currentHandle: "old-tide" }));
  await save(sampleProduct("gone"));
  must(await writer.archiveProduct("gone"));
  await save(sampleProduct("draft", { status: "draft" }));
  await applyStockFacts(env.DB, [stockFact("HRN-A3", 3)]);
});

describe("the shop API", () => {
  it("answers a product with amounts as money and honest stock", async () => {
    const response = await get("/api/products/heron");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      handle: "heron",
      priceMin: { currency: "EUR", amountMinor: 2200 },
      compareAt: { currency: "EUR", amountMinor: 2600 },
      availability: "low",
      variants: [
        {
          sku: "HRN-A3",
          price: { currency: "EUR", amountMinor: 2200 },
          availability: "low",
          availableUnits: 3,
        },
        { sku: "HRN-A2", availability: "sold_out", availableUnits: 0 },
      ],
      collections: [{ handle: "prints", title: "Prints" }],
    });
  });

  it.each(["/api/products", "/api/products/heron", "/api/collections", "/api/collections/prints"])(
    "lets caches keep %s for seconds, and answers 304 to whoever has it",
    async (path) => {
      const first = await get(path);
      expect(first.status).toBe(200);
      expect(first.headers.get("cache-control")).toBe("public, max-age=5");
      expect(first.headers.get("cloudflare-cdn-cache-control")).toMatch(
        /^public, max-age=\d+, stale-while-revalidate=30, stale-if-error=\d+$/,
      );
      const again = await get(path, { "if-none-match": first.headers.get("etag") ?? "" });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe("");
    },
  );

  it("changes the ETag when only the stock has changed", async () => {
    const before = (await get("/api/products/heron")).headers.get("etag");
    await applyStockFacts(env.DB, [stockFact("HRN-A3", 4, { version: 2 })]);
    expect((await get("/api/products/heron")).headers.get("etag")).not.toBe(before);
  });

  it("sends an old handle to the new one", async () => {
    const response = await get("/api/products/old-tide");
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe("/api/products/tide");
  });

  it("lists the shop, a collection and what a query finds", async () => {
    const handles = async (path: string) =>
      (await (await get(path)).json<{ items: { handle: string }[] }>()).items.map(({ handle }) => handle);
    expect(await handles("/api/products")).toEqual(["heron", "tide"]);
    expect(await handles("/api/products?collection=prints")).toEqual(["heron"]);
    expect(await handles("/api/products?sort=price_asc&limit=1")).toEqual(["heron"]);
    expect(await handles("/api/collections")).toEqual(["prints"]);
  });

  it.each([
    ["/api/products/nowhere", 404, "/problems/catalog/product-unknown"],
    ["/api/products/gone", 404, "/problems/catalog/product-unknown"],
    ["/api/products/draft", 404, "/problems/catalog/product-unknown"],
    ["/api/products/%00", 404, "/problems/catalog/product-unknown"],
    ["/api/products?collection=nowhere", 404, "/problems/catalog/collection-unknown"],
    ["/api/collections/nowhere", 404, "/problems/catalog/collection-unknown"],
    ["/api/products?cursor=zzz", 422, "/problems/catalog/invalid-cursor"],
    ["/api/collections?cursor=zzz", 422, "/problems/catalog/invalid-cursor"],
    ["/api/products?limit=0", 422, "/problems/web/invalid-fields"],
    ["/api/products?limit=101", 422, "/problems/web/invalid-fields"],
    ["/api/products?limit=1.5", 422, "/problems/web/invalid-fields"],
    ["/api/products?limit=many", 422, "/problems/web/invalid-fields"],
    ["/api/products?sort=cheap", 422, "/problems/web/invalid-fields"],
  ])("answers %s with a problem", async (path, status, type) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ type, status });
  });
});

const { handle: _, ...body } = sampleProduct("x");

describe("the admin API", () => {
  it("creates, repeats, replaces and renames a product", async () => {
    const created = await put("/products/reed", body);
    expect([created.status, created.headers.get("etag")]).toEqual([201, '"v1"']);
    expect(await (await put("/products/reed", body)).json()).toMatchObject({ outcome: "same", version: 1 });
    const replaced = await put("/products/reed", { ...body, title: "Reed" }, { "if-match": '"v1"' });
    expect(await replaced.json()).toMatchObject({ outcome: "changed", version: 2 });
    expect((await put("/products/reed", { ...body, title: "Late" }, { "if-match": '"v1"' })).status).toBe(
      412,
    );
    expect((await put("/products/reed", { ...body, title: "Late" }, { "if-match": "nonsense" })).status).toBe(
      412,
    );
    expect((await put("/products/reed", { ...body, handle: "reeds" })).status).toBe(200);
    const read = await admin.request("/products/reeds");
    expect([read.status, read.headers.get("etag")]).toEqual([200, '"v3"']);
    expect(await problemOf(await put("/products/reed", body))).toMatchObject({
      type: "/problems/catalog/product-moved",
    });
  });

  it("shows staff every status, last changed first, page by page", async () => {
    const first = await (
      await admin.request("/products?limit=2")
    ).json<{ items: { handle: string }[]; nextCursor: string }>();
    const second = await (
      await admin.request(`/products?limit=100&cursor=${first.nextCursor}`)
    ).json<{ items: { handle: string }[] }>();
    const handles = [...first.items, ...second.items].map(({ handle }) => handle);
    expect(new Set(handles)).toEqual(new Set(["heron", "tide", "gone", "draft", "reeds"]));
    expect(handles).toHaveLength(5);
    const drafts = await (
      await admin.request("/products?status=draft")
    ).json<{ items: { handle: string; status: string }[] }>();
    expect(drafts.items).toMatchObject([{ handle: "draft", status: "draft" }]);
    expect((await admin.request("/products/draft")).status).toBe(200);
    expect((await admin.request("/products?cursor=zzz")).status).toBe(422);
    expect((await admin.request("/products?status=odd")).status).toBe(422);
  });

  it.each([
    ["broken JSON", "{", 400],
    ["a list", [], 422],
    ["an unknown member", { ...body, colour: "red" }, 422],
    ["a price with a fraction", { ...body, variants: [{ ...sampleVariant("A"), priceMinor: 1.5 }] }, 422],
    ["a negative price", { ...body, variants: [{ ...sampleVariant("A"), priceMinor: -1 }] }, 422],
    ["a huge price", { ...body, variants: [{ ...sampleVariant("A"), priceMinor: 1e15 }] }, 422],
    ["no variants", { ...body, variants: [] }, 422],
    ["a null", null, 422],
  ])("refuses %s and changes nothing", async (_, sent, status) => {
    const response = await put("/products/fresh", sent);
    expect(response.status).toBe(status);
    await problemOf(response);
    expect((await admin.request("/products/fresh")).status).toBe(404);
  });

  it("refuses another content type and a body that is too large", async () => {
    expect((await put("/products/fresh", body, { "content-type": "text/plain" })).status).toBe(415);
    expect((await put("/products/fresh", { ...body, descriptionHtml: "x".repeat(1_100_000) })).status).toBe(
      413,
    );
  });

  it("points at each field of a bad product", async () => {
    const bad = {
      ...body,
      title: "",
      variants: [{ ...sampleVariant("A"), weightGrams: -1 }],
      collections: [],
    };
    const problem = await problemOf(await put("/products/fresh", bad));
    expect(problem.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
      "/title",
      "/variants/0/weightGrams",
    ]);
  });

  it("saves collections, and refuses a rule that it does not know", async () => {
    const input = { title: "Cloth", descriptionHtml: "", position: 2 };
    expect((await put("/collections/cloth", input)).status).toBe(201);
    expect((await put("/collections/cloth", input)).status).toBe(200);
    expect(
      (await put("/collections/cloth", { ...input, rule: { match: "all", conditions: [{ kind: "odd" }] } }))
        .status,
    ).toBe(422);
    expect(
      (
        await put("/collections/cloth", {
          ...input,
          rule: { match: "all", conditions: [{ kind: "new", days: 0 }] },
        })
      ).status,
    ).toBe(422);
    expect((await put("/collections/Cloth!", input)).status).toBe(422);
  });
});

describe("pictures", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const send = async (name: string, bytes: BodyInit, type: string) =>
    admin.request(`/media/${name}`, { method: "PUT", headers: { "content-type": type }, body: bytes });

  it("are stored once, served for a year, and never run", async () => {
    const stored = await send("heron-1.svg", svg, "image/svg+xml");
    expect([stored.status, await stored.json()]).toMatchObject([
      201,
      { outcome: "created", url: "/media/heron-1.svg" },
    ]);
    expect(await (await send("heron-1.svg", svg, "image/svg+xml")).json()).toMatchObject({ outcome: "same" });
    expect((await send("heron-1.svg", `${svg} `, "image/svg+xml")).status).toBe(409);
    const served = await mediaRoutes.request("/media/heron-1.svg");
    expect(await served.text()).toBe(svg);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
    });
    const again = await mediaRoutes.request("/media/heron-1.svg", {
      headers: { "if-none-match": served.headers.get("etag") ?? "" },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it.each([
    ["a name with capitals", "Heron.svg", svg, "image/svg+xml", 422],
    ["a name without an ending", "heron", svg, "image/svg+xml", 422],
    ["a name of another type", "heron.png", svg, "image/svg+xml", 422],
    ["bytes of another type", "heron.png", svg, "image/png", 422],
    ["no bytes", "heron-2.svg", "", "image/svg+xml", 422],
    ["a type that is no picture", "heron-2.svg", svg, "text/html", 415],
    ["more than ten megabytes", "heron-2.svg", svg.padEnd(10 * 1024 * 1024 + 1), "image/svg+xml", 413],
  ])("are refused with %s", async (_, name, bytes, type, status) => {
    const response = await send(name, bytes, type);
    expect(response.status).toBe(status);
    await problemOf(response);
  });

  it.each(["/media/nothing.svg", "/media/UP.svg", "/media/..%2Fsecret", "/media/x.html"])(
    "are not at %s",
    async (path) => {
      expect((await mediaRoutes.request(path)).status).toBe(404);
    },
  );
});
