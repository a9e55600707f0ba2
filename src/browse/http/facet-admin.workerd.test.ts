import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { facetDesk, saveFacets } from "../adapters/facet-table.ts";
import { createFacetAdminApi } from "./admin-routes.ts";

const app = createFacetAdminApi({ desk: () => facetDesk(env.DB) });
const put = (items: unknown) =>
  app.request("/facets", {
    method: "PUT",
    headers: { "content-type": "application/json" },
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
  beforeEach(() => saveFacets(env.DB, []));

  it("are one list in its order; an empty one gives the choice back to the catalogue", async () => {
    const stored = await put([size, stuff]);
    expect([stored.status, await stored.json()]).toEqual([200, { items: [stuff, size], isDerived: false }]);
    expect(await (await put([])).json()).toEqual({ items: [], isDerived: true });
    expect(await (await app.request("/facets")).json()).toEqual({ items: [], isDerived: true });
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
    expect(await facetDesk(env.DB).list()).toHaveLength(1);
  });
});
