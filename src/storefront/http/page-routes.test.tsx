import { gzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createNotFoundHandler, privateByDefault, securityHeaders } from "#web";
import type { HomeBlock } from "#content";
import type { DeliveryWays } from "./routing.ts";
import { collectionFixture, fakeReader, fakeSearch, productFixture } from "../testing/catalog-fixture.ts";
import { dataFaults, schemaFaults } from "../../../test/support/validators.ts";
import { fakeListing } from "../testing/listing-fixture.ts";
import { createCatalogPages, createNotFoundPage } from "./page-routes.tsx";

const many = Array.from({ length: 60 }, (_, index) =>
  productFixture({
    handle: index === 0 ? "heron" : `print-${index}`,
    title: index === 0 ? "Heron, print on cotton paper" : `Print ${index}`,
  }),
);
const gone = productFixture({ handle: "gone", title: "Gone print", status: "archived" });
const collections = [collectionFixture("prints", 60), collectionFixture("tiles", 0)];

function shop(products = [...many, gone], isIndexDown = false) {
  const options = {
    reader: () => fakeReader(products, collections),
    search: () => fakeSearch(products),
    listing: () => fakeListing(products, { isDown: isIndexDown }),
    shopOrigin: () => "https://shop.test",
  };
  const app = new Hono();
  app.use(privateByDefault(), securityHeaders());
  app.route("/", createCatalogPages(options));
  app.notFound(createNotFoundHandler(createNotFoundPage(options)));
  return app;
}
const withoutIndex = (path: string) => shop(many, true).request(`http://localhost${path}`);
const get = (path: string) => shop().request(`http://localhost${path}`);
const text = async (path: string) => (await get(path)).text();

describe("every public page", () => {
  const paths = [
    "/",
    "/collections/prints",
    "/products/heron",
    "/search?q=print",
    "/pages/about",
    "/pages/delivery-returns",
  ];
  it.each(paths)("%s is public, the same for two visitors, and sets no cookie", async (path) => {
    const [one, two] = await Promise.all([
      get(path),
      shop().request(`http://localhost${path}`, {
        headers: { cookie: "session=secret; cart_count=9", authorization: "Bearer x" },
      }),
    ]);
    expect(one.status).toBe(200);
    expect(one.headers.get("cache-control")).toMatch(/^public/);
    expect(one.headers.has("set-cookie")).toBe(false);
    expect(await one.text()).toBe(await two.text());
  });
  it.each(paths)("%s has one h1, no inline script or style, and fits into 15 KB", async (path) => {
    const html = await text(path);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).not.toMatch(/ style="|<style| on\w+="/);
    expect(html.match(/<script(?! type="application\/ld\+json"| type="module" src=)/g)).toBeNull();
    expect(gzipSync(html, { level: 6 }).byteLength).toBeLessThanOrEqual(15 * 1024);
  });
  it.each(paths)("%s names its own address without odd parameters", async (path) => {
    const canonical = /<link rel="canonical" href="([^"]+)"/.exec(
      await text(path + (path.includes("?") ? "&" : "?") + "utm_source=x"),
    )?.[1];
    if (path.startsWith("/search")) expect(canonical).toBeUndefined();
    else expect(canonical).toBe(`https://shop.test${path}`);
  });
});

describe("a product page", () => {
  it("chooses the variant of its address and posts its id", async () => {
    const html = await text("/products/heron?size=a3&frame=oak");
    const oak = productFixture().variants.find((variant) => variant.title === "A3, Oak");
    expect(html).toContain(`name="variantId" value="${oak?.variantId}"`);
    expect(html).toMatch(/href="\/products\/heron\?size=a3&amp;frame=oak" aria-current="true"/);
  });
  it("says that a choice is sold out, offers the nearest, and has no button for it", async () => {
    const html = await text("/products/heron?size=a3&frame=none");
    expect(html).toContain("Sold out.");
    expect(html).toContain("A4, None");
    expect(html).not.toContain("Add to cart");
  });
  it("tells search engines about every variant", async () => {
    const data = [
      ...(await text("/products/heron")).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g),
    ].map((match) => JSON.parse(match[1] ?? "") as Record<string, unknown>);
    expect(data.map((one) => one["@type"])).toEqual(["ProductGroup", "BreadcrumbList"]);
    expect(data[0]?.["hasVariant"]).toHaveLength(6);
    expect(JSON.stringify(data[0])).toContain('"price":"26.00"');
  });
  it("cannot be broken out of by what a merchant typed", async () => {
    const evil = productFixture({
      title: '</script><script>alert(1)</script>"',
      seoDescription: '"><script>',
    });
    const html = await (await shop([evil]).request("http://localhost/products/heron")).text();
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain('"><script>');
  });
  it("that has moved leads to its new address", async () => {
    const answer = await get("/products/old-heron?size=a3");
    expect([answer.status, answer.headers.get("location")]).toEqual([301, "/products/heron"]);
  });
  it("that was withdrawn says so with 410 and shows its like", async () => {
    const answer = await get("/products/gone");
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("no longer made");
  });
  it("does without the delivery estimate when that fails", async () => {
    const app = createCatalogPages({
      reader: () => fakeReader(many, collections),
      search: () => fakeSearch(many),
      listing: () => fakeListing(many),
      shopOrigin: () => "",
      deliveryEstimate: () => Promise.reject(new Error("down")),
    });
    expect((await app.request("http://localhost/products/heron")).status).toBe(200);
  });
});

describe("a collection", () => {
  it("shows 24 products and a link to more that needs no script", async () => {
    const first = await text("/collections/prints?sort=price_asc");
    expect(first.match(/class="card"/g)).toHaveLength(24);
    expect(first).toContain("24 of 60 so far");
    const more = /href="([^"]+)" data-more/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(more).toMatch(/^\/collections\/prints\?sort=price_asc&after=[\w-]+$/);
    const second = await text(more);
    expect(second).toContain("Print 24");
    expect(second).toContain('content="noindex"');
  });
  it("without products says so and shows one way on", async () => {
    expect(await text("/collections/tiles")).toContain("No tiles at the moment");
  });
  it("with a cursor that is not ours begins again", async () => {
    const answer = await get("/collections/prints?after=%00junk");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/collections/prints"]);
  });
  it("is filtered by a form of plain fields, says what is shown, and has a link for each way back", async () => {
    const html = await text("/collections/prints?filter.size=a3&filter.size=a4&filter.frame=oak&price.to=99");
    expect(html).toContain("60 of 60 shown");
    expect(html).toMatch(/<input id="f-size-a3" type="checkbox" name="filter.size" value="a3" checked/);
    expect(html).toContain('href="/collections/prints?filter.frame=oak&amp;filter.size=a4&amp;price.to=99"');
    expect(html).toContain(
      'href="/collections/prints?filter.frame=oak&amp;filter.size=a3&amp;filter.size=a4"',
    );
    expect(html).toContain("up to €99");
    expect(html).toContain('content="noindex"');
    expect(html).toContain('<link rel="canonical" href="https://shop.test/collections/prints"/>');
    expect(html).toContain('"@type":"ItemList","numberOfItems":60');
  });
  it("has one address for each choice: other spellings of a value lead to it", async () => {
    const { status, headers } = await get(
      "/collections/prints?sort=newest&filter.size=A3&filter.frame=oak&x=1",
    );
    expect([status, headers.get("location")]).toEqual([
      301,
      "/collections/prints?sort=newest&filter.frame=oak&filter.size=a3",
    ]);
    const found = await get("/search?q=print&filter.size=A3");
    expect([found.status, found.headers.get("location")]).toEqual([301, "/search?q=print&filter.size=a3"]);
  });
  it("with one filter may be indexed, with two not", async () => {
    expect(await text("/collections/prints?filter.size=a3")).not.toContain("noindex");
    expect(await text("/collections/prints?filter.size=a3&filter.frame=oak")).toContain("noindex");
  });
  it("in which nothing is left names the filter to drop", async () => {
    const html = await text("/collections/prints?filter.size=a3&price.from=900");
    expect(html).toContain("Nothing in Prints fits all of these");
    expect(html).toContain(
      'href="/collections/prints?filter.size=a3">Without the price €900 or more: 60 products',
    );
    expect(html).not.toContain("Without A3");
  });
  it("leaves out what is no filter, and says so by its form", async () => {
    const html = await text("/collections/prints?filter.moon=full&price.from=cheap&filter.size=a3");
    expect(html).toContain("60 of 60 shown");
    expect(html).not.toContain("moon");
  });
  it("tells the page cache which parameters mean something, also while nobody knows the filters", async () => {
    const known = (await get("/collections/prints")).headers.get("x-page-parameters")?.split(" ") ?? [];
    expect(known).toEqual(
      expect.arrayContaining(["sort", "after", "price.from", "price.to", "filter.size[]"]),
    );
    const bare = await withoutIndex("/collections/prints");
    expect(bare.headers.get("x-page-parameters")?.split(" ")).toContain("filter.*");
  });
  it("is served without filters while the index is down; filtered it says so and when to come back", async () => {
    const bare = await withoutIndex("/collections/prints");
    expect(bare.status).toBe(200);
    expect((await bare.text()).match(/class="card"/g)).toHaveLength(24);
    const filtered = await withoutIndex("/collections/prints?filter.size=a3");
    expect([filtered.status, filtered.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(filtered.headers.get("cache-control")).toBe("private, no-store");
    expect(await filtered.text()).toContain('href="/collections/prints"');
  });
  it("with an unknown sort falls back to the shop's order", async () => {
    expect((await get("/collections/prints?sort=;drop")).status).toBe(200);
  });
  it("that does not exist is a page with four ways on", async () => {
    const answer = await get("/collections/nothing-here");
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([404, "private, no-store"]);
    expect(await answer.text()).toContain('value="nothing here"');
  });
});

describe("a search", () => {
  it("without a hit shows what was meant, and says so", async () => {
    const html = await text("/search?q=heroon");
    expect(html).toContain("Nothing matches “<bdi>heroon</bdi>”. Did you mean");
    expect(html).toContain('href="/search?q=heron"');
    expect(html).toContain('value="heroon"');
    expect(html).toContain("Heron, print on cotton paper");
  });
  it("without anything like it offers collections", async () => {
    const html = await text("/search?q=nothing");
    expect(html).toContain("Nothing matches “nothing”.");
    expect(html).toContain("Others look for");
    expect(html).toContain('href="/search?q=blue+print"');
    expect(html).toContain("Popular at the moment");
    expect(html).toContain("Or look through");
  });
  it("for exactly one SKU goes to that variant", async () => {
    const answer = await shop([productFixture()]).request("http://localhost/search?q=heron-5");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      302,
      "/products/heron?size=a3&frame=oak",
    ]);
  });
  it("is filtered by the form of a collection, keeps its words, and says what is shown", async () => {
    const open = await text("/search?q=print");
    expect(open).toContain("60 products");
    expect(open).toContain('<input type="hidden" name="q" value="print"/>');
    expect(open).toMatch(/<option value="relevance" selected/);
    expect(open).toContain('data-search="print"');
    const html = await text("/search?q=print&filter.size=a3&filter.moon=full&price.to=99");
    expect(html).toContain("60 of 60 shown");
    expect(html).toMatch(/<input id="f-size-a3" type="checkbox" name="filter.size" value="a3" checked/);
    expect(html).toContain('href="/search?q=print&amp;filter.size=a3"');
    expect(html).not.toContain("moon");
    expect(html).not.toContain("data-search");
  });
  it("shows more of what is filtered, each product once and in order", async () => {
    let path = "/search?q=print&filter.size=a3";
    const titles: string[] = [];
    for (let pages = 0; path !== "" && pages < 5; pages += 1) {
      const html = await text(path);
      titles.push(...[...html.matchAll(/href="\/products\/(heron|print-\d+)"/g)].map(([, one = ""]) => one));
      path = /href="([^"]+)" data-more/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    }
    expect([...new Set(titles)]).toEqual(many.map(({ handle }) => handle));
  });
  it("in which nothing is left names the filter to drop", async () => {
    const html = await text("/search?q=print&filter.size=a3&price.from=900");
    expect(html).toContain("Nothing that was found fits all of these");
    expect(html).toContain("Without the price €900 or more: 60 products");
  });
  it("tells the page cache its filters, also while nobody knows them", async () => {
    const names = (answer: Response) => answer.headers.get("x-page-parameters")?.split(" ");
    expect(names(await get("/search?q=print"))).toEqual(
      expect.arrayContaining(["q", "sort", "after", "price.from", "price.to", "filter.size[]"]),
    );
    expect(names(await withoutIndex("/search?q=print"))).toContain("filter.*");
  });
  it("is what it was while the index is down; filtered it says so and when to come back", async () => {
    const bare = await withoutIndex("/search?q=print");
    expect(bare.status).toBe(200);
    const html = await bare.text();
    expect(html.match(/class="card"/g)).toHaveLength(24);
    expect(html).not.toContain("filter-box");
    const filtered = await withoutIndex("/search?q=print&filter.size=a3");
    expect([filtered.status, filtered.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await filtered.text()).toContain('href="/search?q=print"');
  });
  it("filtered, with a cursor that is not ours, begins again with its filters", async () => {
    const answer = await get("/search?q=print&filter.size=a3&after=24");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/search?q=print&filter.size=a3"]);
  });
  it("shows what was typed as text", async () => {
    expect(await text(`/search?q=${encodeURIComponent("<b>x</b>")}`)).not.toContain("<b>x</b>");
  });
  it("takes a text of any length", async () => {
    expect((await get(`/search?q=${"x".repeat(5000)}`)).status).toBe(200);
  });
});

describe("files for machines", () => {
  it("name every active product once in the sitemap's files", async () => {
    const index = await text("/sitemap.xml");
    const files = [...index.matchAll(/<loc>https:\/\/shop\.test([^<]+)<\/loc>/g)].map(
      ([, path = ""]) => path,
    );
    expect(files).toEqual(["/sitemap/pages.xml", "/sitemap/products-1.xml"]);
    const [pages = "", products = ""] = await Promise.all(files.map(text));
    expect(pages.match(/<loc>/g)).toHaveLength(5);
    expect(products.match(/<loc>/g)).toHaveLength(60);
    expect(products).not.toContain("/products/gone");
    expect((await get("/sitemap/products-2.xml")).status).toBe(404);
  });
  it.each(["/sitemap.xml", "/sitemap/pages.xml", "/sitemap/products-1.xml"])(
    "%s is valid by the schema of sitemaps.org",
    async (path) => expect(await schemaFaults(path, await text(path))).toEqual([]),
  );
  it("the schema finds what is wrong", async () => {
    const wrong = (await text("/sitemap/pages.xml"))
      .replace("<loc>", "<place>")
      .replace("</loc>", "</place>");
    expect((await schemaFaults("wrong.xml", wrong)).join()).toContain("place");
  });
  it.each(["/", "/products/heron", "/collections/prints"])("data on %s has no fault", async (path) => {
    expect(await dataFaults(await text(path))).toEqual([]);
  });
  it("the validator finds what is wrong", async () => {
    const page = (await text("/products/heron")).replaceAll('"applicableCountry":"DE",', "");
    expect((await dataFaults(page)).join()).toContain("applicableCountry");
  });
  it("keep robots out of what is private", async () => {
    expect(await text("/robots.txt")).toContain("Disallow: /orders\n");
  });
  it("never fetch cart, checkout, orders or admin ahead", async () => {
    const answer = await get("/speculation-rules.json");
    expect(answer.headers.get("content-type")).toBe("application/speculationrules+json");
    expect(await answer.text()).not.toMatch(/cart|checkout|orders|admin|prerender/);
  });
});

describe("delivery to a postcode", () => {
  const ways: DeliveryWays["ways"] = [
    {
      name: "Standard",
      countryName: "Germany",
      earliestDate: "2026-12-01",
      latestDate: "2026-12-03",
      priceMinor: 490,
    },
  ];
  const ask = (postcode: string, found: DeliveryWays["ways"] = ways) => {
    const app = new Hono();
    app.use(privateByDefault());
    app.route(
      "/",
      createCatalogPages({
        reader: () => fakeReader([...many, gone], collections),
        search: () => fakeSearch(many),
        listing: () => fakeListing(many),
        shopOrigin: () => "https://shop.test",
        deliveryWays: async (_c, place) => ({
          countries: [{ code: "DE", name: "Germany" }],
          countryName: "Germany",
          isPostcode: /^\d{5}$/.test(place.postcode),
          ways: found,
        }),
      }),
    );
    return app.request(`http://localhost/delivery?product=heron&country=de&postcode=${postcode}`);
  };

  it("answers with days and cost on a private page", async () => {
    const answer = await ask("25980");
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    const page = await answer.text();
    expect(page).toMatch(/Standard<\/strong> to <bdi>25980, Germany/);
    expect(page).toContain("Arrives Tue 1 – Thu 3 December");
    expect(page).toContain("Delivery to Germany costs €4.90.");
  });

  it("says so when nothing goes there, and keeps what was typed when it is no postcode", async () => {
    expect(await (await ask("27498", [])).text()).toContain(
      "We do not deliver to <bdi>27498, Germany</bdi> yet.",
    );
    const refused = await ask("27%22");
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('value="27&quot;"');
    expect(page).toContain("Enter a postcode of the chosen country.");
  });

  it("is not there for goods that are not", async () => {
    expect((await get("/delivery?product=gone&country=DE&postcode=10115")).status).toBe(404);
  });
});

describe("what staff have written", () => {
  const written = {
    home: async () => ({
      version: 1,
      blocks: [
        block({ kind: "hero", title: "Spring", pictureUrl: "/media/spring.jpg", pictureAlt: "A field" }),
        block({ kind: "collection", title: "On the wall", collection: "prints" }),
        block({ kind: "collection", title: "Not there", collection: "nowhere" }),
        block({ kind: "text", title: "How", text: "One.\n\nTwo.", href: "/pages/care", label: "Care" }),
      ],
    }),
    page: async (handle: string) =>
      handle === "care"
        ? {
            handle,
            title: "Care",
            description: "How to care",
            bodyHtml: '<h2 id="a">A</h2>',
            sections: ["a", "b", "c", "d"].map((id) => ({ id, title: id })),
            updatedAtMs: 1_790_000_000_000,
            version: 1,
          }
        : undefined,
    pages: async () => (await Promise.all([written.page("care")])).flatMap((one) => one ?? []),
  };
  const block = (changes: Partial<HomeBlock>): HomeBlock => ({
    kind: "hero",
    title: "",
    text: "",
    href: "",
    label: "",
    collection: "",
    pictureUrl: "",
    pictureAlt: "",
    ...changes,
  });
  const app = new Hono().route(
    "/",
    createCatalogPages({
      reader: () => fakeReader([...many, gone], collections),
      search: () => fakeSearch(many),
      listing: () => fakeListing(many),
      shopOrigin: () => "https://shop.test",
      content: () => written,
    }),
  );
  const page = async (path: string) => (await app.request(`http://localhost${path}`)).text();

  it("stands on the home page, block by block, and a block with nothing to show is left out", async () => {
    const home = await page("/");
    expect(home).toMatch(/<h1[^>]*>Spring</);
    expect(home).toContain("/media/spring-1200.avif 1200w");
    expect(home).toContain("On the wall");
    expect(home).not.toContain("Not there");
    expect(home).toContain("<p>One.</p><p>Two.</p>");
    expect(home).not.toContain("From seed to print");
  });

  it("stands on pages of text, with a list of their sections, beside the shop's own", async () => {
    const care = await page("/pages/care");
    expect(care).toMatch(/<nav aria-label="On this page">.*href="#d"/s);
    expect(care).toContain("Last changed on");
    expect(await page("/pages/about")).toContain("A rule, a seed, a sheet");
    expect(await page("/sitemap/pages.xml")).toContain("https://shop.test/pages/care");
    expect((await app.request("http://localhost/pages/nowhere")).status).toBe(404);
  });
});

describe("what belongs to a product", () => {
  const [other, third] = [
    productFixture({ handle: "tide", title: "Tide" }),
    productFixture({ handle: "rack", title: "Rack" }),
  ];
  const set = productFixture({
    handle: "heron",
    relations: [
      { kind: "goes_with", product: other },
      { kind: "accessory", product: third },
    ],
    bundles: [
      {
        sku: productFixture({}).variants[0]?.sku ?? "",
        parts: [
          { sku: "KE-1", quantity: 2, handle: "tide", title: "Tide", variantTitle: "A4" },
          { sku: "KE-2", quantity: 1 },
        ],
      },
    ],
  });

  it("stands on its page: parts of a bundle, and what the merchant names, once each", async () => {
    const html = await (await shop([set, other, third]).request("http://localhost/products/heron")).text();
    expect(html).toMatch(
      /What is in it.*2 × <a href="\/products\/tide"[^>]*>Tide<\/a>, A4.*1 × <bdi>KE-2<\/bdi>/s,
    );
    expect(html).toMatch(/Made for it.*Rack/s);
    const strip = html.slice(html.indexOf('id="related"'));
    expect(strip.match(/href="\/products\/tide"/g)).toHaveLength(1);
    expect(strip).not.toContain("/products/rack");
  });
});
