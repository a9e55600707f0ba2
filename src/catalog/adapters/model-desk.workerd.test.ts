import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { ProductTypeInput } from "../contract-model.ts";
import { catalogFixture, clearCatalog, must } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { sanitiseHtml } from "./html-sanitiser.ts";
import { createModelDesk } from "./model-desk.ts";

const { writer, reader, clock, save } = catalogFixture(env.DB);
const desk = createModelDesk(env.DB, { sanitise: sanitiseHtml, clock });

const PRINT: ProductTypeInput = {
  key: "print",
  name: "Print",
  attributes: [
    { key: "width", label: "Width", kind: "number", unit: "mm", isRequired: true, isFacet: true },
    {
      key: "paper",
      label: "Paper",
      kind: "choice",
      choices: ["cotton", "wood"],
      isRequired: false,
      isFacet: true,
    },
    { key: "signed", label: "Signed", kind: "boolean", isRequired: false, isFacet: true },
    { key: "drawn", label: "Drawn on", kind: "date", isRequired: false, isFacet: false },
    { key: "care", label: "Care", kind: "text", isRequired: false, isFacet: false },
  ],
};
const VALUES = { width: 300, paper: "cotton", signed: true, drawn: "2026-02-28", care: "Keep dry" };
const heron = (values: Readonly<Record<string, string | number | boolean>>, typeKey = "print") =>
  sampleProduct("heron", {
    title: "Heron",
    options: ["Size"],
    variants: [
      sampleVariant("H-A4", { optionValues: ["Small"] }),
      sampleVariant("H-A3", { optionValues: ["Large"] }),
    ],
    attributes: [{ name: "Seed", value: "7" }],
    typed: { typeKey, values },
  });

beforeEach(async () => {
  await clearCatalog(env.DB);
  must(await desk.saveProductType(PRINT));
});

describe("a product of a type", () => {
  it("shows its values as facts with their units, before its own", async () => {
    await save(heron(VALUES));
    const product = must(await reader.product("heron"));
    expect(product.attributes.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "Width: 300 mm",
      "Paper: cotton",
      "Signed: Yes",
      "Drawn on: 2026-02-28",
      "Care: Keep dry",
      "Seed: 7",
    ]);
    expect(product.ownAttributes).toEqual([{ name: "Seed", value: "7" }]);
  });

  it.each([
    ["a missing required value", {}, "/typed/values/width"],
    ["a text for a number", { width: "wide" }, "/typed/values/width"],
    ["another choice", { width: 1, paper: "silk" }, "/typed/values/paper"],
    ["a day that is none", { width: 1, drawn: "2026-02-30" }, "/typed/values/drawn"],
    ["an attribute of no type", { width: 1, height: 2 }, "/typed/values/height"],
  ])("is refused with %s", async (_, values, pointer) => {
    const refused = await writer.saveProduct(heron(values as typeof VALUES));
    expect(refused).toMatchObject({ refusal: { code: "invalid_product", errors: [{ pointer }] } });
  });

  it("is refused when there is no such type", async () => {
    expect(await writer.saveProduct(heron({}, "poster"))).toMatchObject({
      refusal: { errors: [{ pointer: "/typed/typeKey" }] },
    });
  });

  it("does not show a value that fits its type no more, and keeps the type from going", async () => {
    await save(heron(VALUES));
    const [width, ...others] = PRINT.attributes;
    const attributes = [...(width ? [{ ...width, kind: "text" as const, unit: "" }] : []), ...others];
    must(await desk.saveProductType({ ...PRINT, attributes }));
    expect(must(await reader.product("heron")).attributes[0]).toEqual({ name: "Paper", value: "cotton" });
    expect(await desk.deleteProductType("print")).toMatchObject({ refusal: { code: "product_type_in_use" } });
    await save(heron({}, ""));
    must(await desk.deleteProductType("print"));
    expect(await desk.productTypes()).toEqual([]);
  });
});

describe("a product type", () => {
  it("is saved once, and only over the version that was read", async () => {
    expect(must(await desk.saveProductType(PRINT))).toMatchObject({ outcome: "same", version: 1 });
    const changed = { ...PRINT, name: "Fine print" };
    expect(await desk.saveProductType(changed, { expectedVersion: 7 })).toMatchObject({
      refusal: { code: "version_conflict", version: 1 },
    });
    expect(must(await desk.saveProductType(changed, { expectedVersion: 1 })).version).toBe(2);
  });

  it("says what is wrong with it, field by field", async () => {
    const [width] = PRINT.attributes;
    const odd = { key: "Odd Key", label: "", kind: "choice", isRequired: false, isFacet: false } as const;
    const refused = await desk.saveProductType({ ...PRINT, attributes: width ? [width, width, odd] : [] });
    const pointers = refused.ok || refused.refusal.code !== "invalid_product" ? [] : refused.refusal.errors;
    expect(pointers.map(({ pointer }) => pointer)).toEqual([
      "/attributes/1/key",
      "/attributes/2/key",
      "/attributes/2/label",
      "/attributes/2/choices",
    ]);
  });
});

describe("a translation", () => {
  const translate = (locale: string, fields: Readonly<Record<string, string>>) =>
    desk.saveTranslation({ entity: "product", key: "heron", locale, fields });

  it("is read field by field, from the closest language that has it", async () => {
    must(await writer.saveCollection(sampleCollection("birds", { title: "Birds" })));
    await save({ ...heron(VALUES), collections: ["birds"] });
    must(
      await translate("de", {
        title: "Reiher",
        descriptionHtml: "<p>Gezeichnet.</p><script>x</script>",
        "option/Size": "Größe",
        "option/Size/Large": "Groß",
        "attribute/care": "Trocken halten",
      }),
    );
    must(await translate("de-CH", { "option/Size": "Grösse" }));
    must(
      await desk.saveTranslation({
        entity: "product_type",
        key: "print",
        locale: "de",
        fields: { "attribute/paper": "Papier", "attribute/paper/cotton": "Baumwolle" },
      }),
    );
    must(
      await desk.saveTranslation({
        entity: "collection",
        key: "birds",
        locale: "de",
        fields: { title: "Vögel" },
      }),
    );
    const swiss = must(await reader.product("heron", { locale: "de-CH" }));
    expect(swiss.title).toBe("Reiher");
    expect(swiss.descriptionHtml).toBe("<p>Gezeichnet.</p>");
    expect(swiss.options).toMatchObject([{ name: "Grösse", values: ["Small", "Groß"] }]);
    expect(swiss.variants.map(({ title }) => title)).toEqual(["Small", "Groß"]);
    expect(swiss.attributes.slice(0, 2)).toEqual([
      { name: "Width", value: "300 mm" },
      { name: "Papier", value: "Baumwolle" },
    ]);
    expect(swiss.attributes.at(-2)).toEqual({ name: "Care", value: "Trocken halten" });
    expect(swiss.collections).toEqual([{ handle: "birds", title: "Vögel" }]);
    expect(must(await reader.product("heron")).title).toBe("Heron");
    expect(must(await reader.product("heron", { locale: "fr" })).title).toBe("Heron");

    const titles = async (request: object) =>
      must(await reader.products({ sort: "title", limit: 5, ...request })).items.map(({ title }) => title);
    expect(await titles({ locale: "de-CH" })).toEqual(["Reiher"]);
    expect(await titles({ locale: "de", collection: "birds" })).toEqual(["Reiher"]);
    expect(must(await reader.collection("birds", { locale: "de-AT" })).title).toBe("Vögel");
    expect(must(await reader.collections({ limit: 5, locale: "de" })).items[0]?.title).toBe("Vögel");
  });

  it("is refused for a text that there is not, an odd language and a version that is gone", async () => {
    await save(heron(VALUES));
    expect(await translate("de", { price: "1" })).toMatchObject({
      refusal: { errors: [{ pointer: "/fields/price" }] },
    });
    expect(await translate("deutsch", {})).toMatchObject({ refusal: { errors: [{ pointer: "/locale" }] } });
    must(await translate("de", { title: "Reiher" }));
    expect(
      await desk.saveTranslation(
        { entity: "product", key: "heron", locale: "de", fields: { title: "Kranich" } },
        { expectedVersion: 0 },
      ),
    ).toMatchObject({ refusal: { code: "version_conflict" } });
    must(await translate("de", {}));
    expect(must(await desk.translations({ entity: "product", key: "heron" })).translations).toEqual([]);
  });

  it("comes with every text that can be translated", async () => {
    await save(heron(VALUES));
    const { own } = must(await desk.translations({ entity: "product", key: "heron" }));
    expect(Object.keys(own).slice(4)).toEqual([
      "option/Size",
      "option/Size/Small",
      "option/Size/Large",
      "attribute/care",
    ]);
  });
});

describe("staff see of a collection", () => {
  it("its rule, picks and exclusions, and what a rule would take", async () => {
    await save(sampleProduct("a", { tags: ["bird"] }));
    await save(sampleProduct("b", { tags: ["bird"], status: "draft" }));
    const rule = { match: "all", conditions: [{ kind: "title", contains: "Á" }] } as const;
    must(await writer.saveCollection(sampleCollection("c", { rule, picks: ["b"], exclusions: ["a"] })));
    expect(must(await desk.collection("c"))).toMatchObject({ rule, picks: ["b"], exclusions: ["a"] });
    const preview = must(
      await desk.previewRule({ match: "any", conditions: [{ kind: "tag", tag: "bird" }] }),
    );
    expect(preview).toMatchObject({
      count: 2,
      isCountExact: true,
      first: [{ handle: "a" }, { handle: "b" }],
    });
    expect(must(await desk.collections({ limit: 1 })).items).toMatchObject([{ handle: "c", hasRule: true }]);
  });
});
