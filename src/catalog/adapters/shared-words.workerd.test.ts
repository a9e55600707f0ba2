import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { catalogFixture, clearCatalog, must } from "../testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../testing/samples.ts";
import { sanitiseHtml } from "./html-sanitiser.ts";
import { createModelDesk } from "./model-desk.ts";
import { sellableRead } from "./sellable-query.ts";
import { continueWordWork, labelsIn, WORD_STEP_PRODUCTS } from "./shared-words.ts";

const { reader, clock, save } = catalogFixture(env.DB);
const desk = createModelDesk(env.DB, { sanitise: sanitiseHtml, clock });
const saveWords = async (locale: string, words: Readonly<Record<string, string>>) =>
  must(await desk.saveWords({ locale, words }));
const translate = async (key: string, fields: Readonly<Record<string, string>>, locale = "de") =>
  must(await desk.saveTranslation({ entity: "product", key, locale, fields }));
const towel = (handle = "towel") =>
  sampleProduct(handle, {
    title: "Towel",
    productType: "Cloth",
    options: ["Frame"],
    variants: [sampleVariant(`S-${handle}`, { optionValues: ["Oak"] })],
  });

async function soldAs(handle: string, locale: string): Promise<string | undefined> {
  const { variants } = must(await reader.product(handle));
  const read = sellableRead(env.DB, { variantIds: variants.map(({ variantId }) => variantId), locale });
  return read.parse((await read.statement.all()).results)[0]?.variantTitle;
}

beforeEach(async () => {
  await clearCatalog(env.DB);
  await env.DB.prepare("DELETE FROM document_versions WHERE name LIKE 'words:%'").run();
  await save(towel());
});

describe("a word of the whole shop", () => {
  it("names options in the chooser, after the product's own translation", async () => {
    await saveWords("de", { Frame: "Rahmen", oak: "Eiche" });
    const options = async () => must(await reader.product("towel", { locale: "de" })).options;
    const own = { name: "Frame", values: ["Oak"] };
    expect(await options()).toEqual([{ name: "Rahmen", values: ["Eiche"], own }]);
    await translate("towel", { "option/Frame/Oak": "Eichenholz" });
    expect(await options()).toEqual([{ name: "Rahmen", values: ["Eichenholz"], own }]);
  });

  it("names filters, in the closest language, and leaves other words alone", async () => {
    await saveWords("de", { Frame: "Rahmen", Oak: "Eiche" });
    await saveWords("de-CH", { Oak: "Eiche (CH)" });
    const swiss = await labelsIn(env.DB, "de-CH", ["Frame", "Oak", "A3"]);
    expect(["Frame", "OAK", "A3"].map(swiss)).toEqual(["Rahmen", "Eiche (CH)", "A3"]);
    expect((await labelsIn(env.DB, "fr", ["Frame"]))("Frame")).toBe("Frame");
  });

  it("names lines of carts as soon as it is saved, in regions of the language, too", async () => {
    await translate("towel", { title: "Tuch" });
    await translate("towel", { title: "Tüchli" }, "de-CH");
    expect(await soldAs("towel", "de")).toBe("Oak");
    await saveWords("de", { Oak: "Eiche" });
    expect(await soldAs("towel", "de")).toBe("Eiche");
    expect(await soldAs("towel", "de-CH")).toBe("Eiche");
    await saveWords("de", {});
    expect(await soldAs("towel", "de")).toBe("Oak");
  });

  it("reaches a large shop in steps, and no product twice", async () => {
    const keys = Array.from({ length: WORD_STEP_PRODUCTS * 2 + 1 }, (_, index) => String(900_000 + index));
    await env.DB.prepare(
      `INSERT INTO translations (entity, entity_key, locale, fields, version, updated_at_ms)
       SELECT 'product', value, 'de', '{}', 1, 1 FROM json_each(?1)`,
    )
      .bind(JSON.stringify(keys))
      .run();
    await translate("towel", { title: "Tuch" });
    await saveWords("de", { Oak: "Eiche" });
    expect(await continueWordWork(env.DB)).toBe(true);
    expect(await continueWordWork(env.DB)).toBe(false);
    expect(await soldAs("towel", "de")).toBe("Eiche");
    const left = await env.DB.prepare(
      "SELECT count(*) AS count FROM translations WHERE variant_titles IS NULL",
    ).first();
    expect(left).toEqual({ count: 0 });
  });
});

describe("staff", () => {
  it("are offered the words of their products that have none, and told when somebody was faster", async () => {
    await saveWords("de", { Frame: "Rahmen" });
    const shared = await desk.words("de");
    expect(shared).toMatchObject({ words: { Frame: "Rahmen" }, version: 1, locales: ["de"] });
    expect(shared.suggestions.toSorted()).toEqual(["Cloth", "Oak"]);
    expect(await desk.saveWords({ locale: "de", words: {} }, { expectedVersion: 0 })).toMatchObject({
      refusal: { code: "version_conflict", version: 1 },
    });
  });

  it.each([
    ["a language that is none", "german!", { Oak: "Eiche" }, "/locale"],
    ["a word without an end", "de", { ["x".repeat(200)]: "y" }, `/words/${"x".repeat(200)}`],
    ["a translation without an end", "de", { Oak: "y".repeat(200) }, "/words/Oak"],
  ])("cannot save %s", async (_, locale, words, pointer) => {
    expect(await desk.saveWords({ locale, words })).toMatchObject({
      refusal: { code: "invalid_product", errors: [{ pointer }] },
    });
  });
});
