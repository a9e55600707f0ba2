import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { queryNumberedCards } from "../../catalog/adapters/card-query.ts";
import { publicJson } from "../../catalog/http/public-json.ts";
import { cardSchema } from "../../catalog/http/schemas.ts";
import { wireCard } from "../../catalog/http/wire.ts";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { createSearchApi } from "../../search/http/search-api.ts";
import { searchFixture } from "../../search/testing/search-fixture.ts";
import { catalogIndex } from "../adapters/index-client.ts";
import type { FoundPorts } from "../app/list-found.ts";
import { createFoundFiltering } from "./found-filtering.ts";

const { reader, save } = searchFixture(env.DB);
const cards: FoundPorts["cards"] = (numbers) => queryNumberedCards(env.DB, numbers);

function api(index: FoundPorts["index"], currency = "EUR") {
  return createSearchApi({
    reader: () => reader,
    answer: (c, body) => publicJson(c, body),
    card: { schema: cardSchema, wire: wireCard },
    filtering: createFoundFiltering({
      ports: () => ({ cards, index, search: reader, currency, isPriceOrderIndexed: currency !== "EUR" }),
    }),
  });
}
const shop = api(catalogIndex(env.CATALOG_INDEX));
const down = api({ list: () => Promise.reject(new Error("down")) });

type Reply = {
  readonly type?: string;
  readonly items: readonly { readonly handle: string }[];
  readonly nextCursor?: string;
  readonly count: number;
  readonly total: number;
  readonly hasFacets: boolean;
  readonly facets: readonly {
    readonly key: string;
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }[];
};
async function ask(query: string, app = shop) {
  const answer = await app.request(`/api/search?${query}`);
  return { status: answer.status, headers: answer.headers, body: await answer.json<Reply>() };
}
const handles = ({ body }: { readonly body: Reply }) => body.items.map(({ handle }) => handle);

const tide = (at: number, size: string, priceMinor: number) =>
  sampleProduct(`tide-${at}`, {
    title: `Tide ${at}`,
    options: ["Size"],
    variants: [sampleVariant(`TIDE-${at}`, { optionValues: [size], priceMinor })],
  });

beforeAll(async () => {
  await clearCatalog(env.DB);
  for (const at of [1, 2, 3, 4, 5, 6]) await save(tide(at, at % 2 === 0 ? "A4" : "A3", at * 1000));
  await save(sampleProduct("heron", { title: "Heron" }));
});

describe("a search that can be filtered", () => {
  it("counts what it found, and nothing else", async () => {
    const { body } = await ask("q=tide");
    expect(body).toMatchObject({ count: 6, total: 6, hasFacets: true });
    expect(body.facets.find(({ key }) => key === "size")?.values).toMatchObject([
      { value: "a3", count: 3 },
      { value: "a4", count: 3 },
    ]);
  });

  it("keeps the order of the search, whichever it is, over all pages", async () => {
    for (const sort of ["relevance", "price_asc", "price_desc", "newest", "title"]) {
      const fit = handles(await ask(`q=tide&sort=${sort}`)).filter((one) => /[135]$/.test(one));
      const first = await ask(`q=tide&sort=${sort}&filter.size=a3&limit=2`);
      expect(first.body).toMatchObject({ count: 3, total: 6 });
      const second = await ask(
        `q=tide&sort=${sort}&filter.size=a3&limit=2&cursor=${first.body.nextCursor ?? ""}`,
      );
      expect([...handles(first), ...handles(second)]).toEqual(fit);
      expect(second.body.nextCursor).toBeUndefined();
    }
  });

  it("filters by price, and together with a value", async () => {
    expect(handles(await ask("q=tide&sort=price_asc&price.from=30&price.to=50"))).toEqual([
      "tide-3",
      "tide-4",
      "tide-5",
    ]);
    expect(handles(await ask("q=tide&price.from=30&price.to=50&filter.size=a4"))).toEqual(["tide-4"]);
  });

  it("filters what was probably meant", async () => {
    expect((await ask("q=tidde&filter.size=a4")).body).toMatchObject({ correction: "tide", count: 3 });
  });

  it("comes without facets where there is nothing to choose between", async () => {
    expect((await ask("q=heron")).body).toMatchObject({ count: 1, total: 1, hasFacets: false });
  });

  it.each([
    ["q=tide&filter.moon=full", 400, "/problems/browse/unknown-filter"],
    ["q=nothinglikeit&filter.moon=full", 400, "/problems/browse/unknown-filter"],
    ["q=tide&price.from=cheap", 400, "/problems/browse/unknown-filter"],
    ["q=tide&cursor=zzz", 422, "/problems/search/invalid-cursor"],
    ["q=tide&filter.size=a3&cursor=zzz", 422, "/problems/search/invalid-cursor"],
  ])("answers %s with a problem", async (query, status, type) => {
    const answer = await ask(query);
    expect([answer.status, answer.body.type]).toEqual([status, type]);
  });

  it("is not put in the order of another market's prices while the index that knows them is down", async () => {
    const elsewhere = api({ list: () => Promise.reject(new Error("down")) }, "CHF");
    expect((await ask("q=tide&sort=price_asc", elsewhere)).status).toBe(503);
    expect((await ask("q=tide&sort=title", elsewhere)).status).toBe(200);
  });

  it("is what it was while the index is down, and refuses to leave a filter out", async () => {
    const plain = await ask("q=tide", down);
    expect(plain.body).toMatchObject({ count: 6, hasFacets: false, facets: [] });
    expect(handles(plain)).toEqual(handles(await ask("q=tide")));
    const filtered = await ask("q=tide&filter.size=a3", down);
    expect([filtered.status, filtered.headers.get("retry-after"), filtered.body.type]).toEqual([
      503,
      "5",
      "/problems/browse/index-unready",
    ]);
  });
});
