import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sanitiseHtml } from "../../catalog/adapters/html-sanitiser.ts";
import { createModelDesk } from "../../catalog/adapters/model-desk.ts";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { must, searchFixture } from "../testing/search-fixture.ts";

const shop = searchFixture(env.DB);
const desk = createModelDesk(env.DB, { sanitise: sanitiseHtml });
const inLocale = (locale: string) => searchFixture(env.DB, { locale });
const translate = async (key: string, locale: string, fields: Readonly<Record<string, string>>) =>
  must(await desk.saveTranslation({ entity: "product", key, locale, fields }));
const save = (handle: string, title: string) =>
  shop.save(
    sampleProduct(handle, {
      title,
      options: ["Frame"],
      variants: [sampleVariant(`S-${handle}`, { optionValues: ["Oak"] })],
    }),
  );

beforeEach(async () => {
  await clearCatalog(env.DB);
  await save("heron", "Heron print");
  await save("towel", "Tea towel");
  await translate("heron", "de", {
    title: "Reiher, großer Druck",
    descriptionHtml: "<p>Wie ein Vogel über flaches Wässer.</p>",
    "option/Frame/Oak": "Eiche",
  });
  await translate("towel", "de", { title: "Geschirrtuch" });
  await translate("towel", "de-CH", { title: "Abtrocknungstuch" });
  await translate("towel", "ar", { title: "مِنشفةُ المطبخ", descriptionHtml: "<p>من الكتّان</p>" });
});

describe("a search in another language", () => {
  it.each([
    ["Reiher", "heron"],
    ["reih", "heron"],
    ["grosser druck", "heron"],
    ["GROẞER", "heron"],
    ["eiche", "heron"],
    ["wasser", "heron"],
    ["geschirr", "towel"],
    ["ge", "towel"],
    ["heron", "heron"],
    ["S-towel", "towel"],
  ])(
    "finds by translated title, description and choice, by beginnings, and by the shop's words: %s",
    async (query, handle) => {
      expect(await inLocale("de").handles(query)).toEqual([handle]);
    },
  );

  it.each([["منشفة"], ["المنشفة"], ["منشفه"], ["منش"], ["مطبخ"], ["المطبخ"], ["كتان"], ["الكتان"], ["كتا"]])(
    "reads Arabic with and without article and marks, and its beginnings: %s",
    async (query) => {
      expect(await inLocale("ar").handles(query)).toEqual(["towel"]);
    },
  );

  it("falls back from a region to its language, and keeps to the languages of the reader", async () => {
    expect(await inLocale("de-CH").handles("geschirrtuch")).toEqual(["towel"]);
    expect(await inLocale("de-CH").handles("abtrocknungstuch")).toEqual(["towel"]);
    expect(await inLocale("de").handles("abtrocknungstuch")).toEqual([]);
    expect(await shop.handles("geschirrtuch")).toEqual([]);
    expect(await inLocale("fr").handles("geschirrtuch")).toEqual([]);
  });

  it("mends what was mistyped with the words of that language", async () => {
    const found = await inLocale("de").find("gechirrtuch");
    expect(found).toMatchObject({ correction: "geschirrtuch", items: [{ handle: "towel" }] });
    expect((await shop.find("gechirrtuch")).correction).toBeUndefined();
  });

  it("suggests words and products of that language", async () => {
    const german = await inLocale("de").reader.suggestions("gesch");
    expect(german.phrases).toEqual(["geschirrtuch"]);
    expect(german.products).toMatchObject([{ handle: "towel" }]);
    expect((await shop.reader.suggestions("gesch")).phrases).toEqual([]);
  });

  it("puts a whole translated title first", async () => {
    await save("runner", "Runner");
    await translate("runner", "de", { title: "Läufer", descriptionHtml: "<p>Passt zum Geschirrtuch.</p>" });
    expect(await inLocale("de").handles("geschirrtuch")).toEqual(["towel", "runner"]);
  });

  it("follows the translation: new words at once, former ones no more, nothing when it goes", async () => {
    await translate("towel", "de", { title: "Küchentuch" });
    expect(await inLocale("de").handles("geschirrtuch")).toEqual([]);
    expect(await inLocale("de").handles("kuchentuch")).toEqual(["towel"]);
    await translate("towel", "de", {});
    expect(await inLocale("de").handles("küchentuch")).toEqual([]);
  });

  it("finds only what is listed", async () => {
    await shop.save(sampleProduct("towel", { title: "Tea towel", status: "draft" }));
    expect(await inLocale("de").handles("geschirrtuch")).toEqual([]);
  });

  it("is safe with whatever is typed", async () => {
    for (const query of [
      "title : reiher",
      '"reiher',
      "NOT reiher",
      ") OR (title",
      "ال",
      "{title}",
      "*",
      "- title",
    ])
      await inLocale("de").find(query);
  });

  it("sorts by the titles that are shown", async () => {
    await save("a", "Alpha");
    await translate("a", "de", { title: "Zander, Druck" });
    await save("z", "Zulu");
    await translate("z", "de", { title: "Aal, Druck" });
    const { items } = must(await inLocale("de").reader.search({ query: "druck", sort: "title", limit: 10 }));
    expect(items.map(({ handle }) => handle)).toEqual(["z", "heron", "a"]);
  });
});
