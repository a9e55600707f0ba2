import { env } from "cloudflare:workers";
import { createExecutionContext } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { createPageCache } from "#storefront";
import { publicJson } from "../../catalog/http/public-json.ts";
import { cardSchema } from "../../catalog/http/schemas.ts";
import { wireCard } from "../../catalog/http/wire.ts";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../catalog/testing/samples.ts";
import { searchFixture } from "../testing/search-fixture.ts";
import { createSearchApi } from "./search-api.ts";

const { reader, save } = searchFixture(env.DB);
const api = createSearchApi({
  reader: () => reader,
  answer: (c, body) => publicJson(c, body),
  card: { schema: cardSchema, wire: wireCard },
});
const cache = createPageCache<object, ExecutionContext>({
  isPublicPath: () => true,
  render: (request) => api.fetch(request),
});
const get = async (path: string): Promise<Response> => {
  const answer = await cache.servePublicPage(
    new Request(`http://shop.test${path}`),
    {},
    createExecutionContext(),
  );
  return answer ?? new Response(null, { status: 404 });
};

beforeAll(async () => {
  await clearCatalog(env.DB);
  await save(sampleProduct("heron", { title: "Heron" }));
  await save(sampleProduct("tide", { title: "Tide" }));
});

describe("the search API behind the memory of pages", () => {
  it.each(["/api/search", "/api/search/suggestions"])("answers each query of %s for itself", async (path) => {
    for (const handle of ["heron", "tide", "heron"]) {
      const answer = await get(`${path}?q=${handle}`);
      expect(answer.status).toBe(200);
      const body: Record<string, { handle: string }[]> = await answer.json();
      expect((body["items"] ?? body["products"])?.map((one) => one.handle)).toEqual([handle]);
    }
  });

  it("lets a browser keep suggestions for half a minute", async () => {
    expect((await get("/api/search/suggestions?q=he")).headers.get("cache-control")).toBe(
      "public, max-age=30",
    );
  });

  it.each([
    ["/api/search", 422, "/problems/web/invalid-fields"],
    [`/api/search?q=${"x".repeat(300)}`, 422, "/problems/web/invalid-fields"],
    ["/api/search?q=heron&sort=cheap", 422, "/problems/web/invalid-fields"],
    ["/api/search?q=heron&cursor=zzz", 422, "/problems/search/invalid-cursor"],
    ["/api/search/suggestions", 422, "/problems/web/invalid-fields"],
  ])("answers %s with a problem", async (path, status, type) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ type });
  });
});
