import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { facetDesk } from "../adapters/facet-table.ts";
import { createFacetAdminApi } from "./admin-routes.ts";

const app = createFacetAdminApi({ desk: () => facetDesk(env.DB) });
const put = async (items: unknown, headers: Readonly<Record<string, string>> = {}) =>
  app.request("/facets", {
    method: "PUT",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ items }),
  });
const size = {
  key: "size",
  label: "Size",
  sources: [{ kind: "option", name: "Size" }],
  position: 2,
  isActive: true,
  valueOrder: "natural",
};
const stuff = {
  ...size,
  key: "stuff",
  label: "Material",
  sources: [{ kind: "tag", prefix: "material:" }],
  position: 1,
};

describe("facets for staff", () => {
  beforeEach(() => facetDesk(env.DB).save([]));

  it("are one list in its order; an empty one gives the choice back to the catalogue", async () => {
    const stored = await put([size, stuff]);
    expect([stored.status, await stored.json()]).toEqual([
      200,
      expect.objectContaining({ items: [stuff, size], isDerived: false }),
    ]);
    expect(await (await put([])).json()).toMatchObject({ items: [], isDerived: true });
    expect(await (await app.request("/facets")).json()).toMatchObject({ items: [], isDerived: true });
  });

  it("are never overwritten by whoever has read an older version", async () => {
    const read = (await app.request("/facets")).headers.get("etag") ?? "";
    expect((await put([size], { "if-match": read })).status).toBe(200);
    const stale = await put([stuff], { "if-match": read });
    expect([stale.status, await stale.json()]).toEqual([
      412,
      expect.objectContaining({ type: "/problems/browse/version-conflict" }),
    ]);
    expect((await facetDesk(env.DB).read()).facets?.map(({ key }) => key)).toEqual(["size"]);
    expect((await put([stuff], { "if-match": '"nonsense"' })).status).toBe(412);
  });

  it("of two savers at once, one is told", async () => {
    const { version } = await facetDesk(env.DB).read();
    const saves = await Promise.all(
      [[size], [stuff]].map((items) => put(items, { "if-match": `"v${version}"` })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each([
    ["two of one key", [size, size]],
    ["a key that is no part of an address", [{ ...size, key: "Grösse" }]],
    ["the price, which is a range", [{ ...size, key: "price" }]],
    ["no source", [{ ...size, sources: [] }]],
    ["a source that there is not", [{ ...size, sources: [{ kind: "moon" }] }]],
    ["more than thirty", Array.from({ length: 31 }, (_, at) => ({ ...size, key: `f${at}` }))],
  ])("refuse %s and change nothing", async (_, items) => {
    await put([stuff]);
    expect((await put(items)).status).toBe(422);
    expect((await facetDesk(env.DB).read()).facets).toHaveLength(1);
  });
});
