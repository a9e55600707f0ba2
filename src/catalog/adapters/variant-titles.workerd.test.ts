import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { catalogFixture, clearCatalog, must } from "../testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../testing/samples.ts";
import { sanitiseHtml } from "./html-sanitiser.ts";
import { createModelDesk } from "./model-desk.ts";
import { sellableRead } from "./sellable-query.ts";

const { reader, clock, save } = catalogFixture(env.DB);
const desk = createModelDesk(env.DB, { sanitise: sanitiseHtml, clock });

const towel = (frames: readonly string[] = ["Oak", "Black"]) =>
  sampleProduct("towel", {
    title: "Tea towel",
    options: ["Frame", "Size"],
    variants: frames.map((frame) => sampleVariant(`T-${frame}`, { optionValues: [frame, '12"'] })),
  });
const translate = async (locale: string, fields: Readonly<Record<string, string>>) =>
  must(await desk.saveTranslation({ entity: "product", key: "towel", locale, fields }));

/** `title / variant` of every variant of the towel, and what staff read beside it. */
async function sold(locale?: string) {
  const { variants } = must(await reader.product("towel"));
  const variantIds = variants.map(({ variantId }) => variantId);
  const read = sellableRead(env.DB, { variantIds, ...(locale === undefined ? {} : { locale }) });
  const { results } = await read.statement.all();
  return read.parse(results).map(({ productTitle, variantTitle, own }) => ({
    shown: `${productTitle} / ${variantTitle}`,
    ...(own ? { own: `${own.productTitle} / ${own.variantTitle}` } : {}),
  }));
}

beforeEach(async () => {
  await clearCatalog(env.DB);
  await save(towel());
});

describe("what a cart calls a variant", () => {
  it("is in the reader's language, with the shop's own words beside it", async () => {
    await translate("de", {
      title: "Geschirrtuch",
      "option/Frame/Oak": "Eiche",
      'option/Size/12"': "30 cm",
    });
    expect(await sold("de")).toEqual([
      { shown: "Geschirrtuch / Eiche, 30 cm", own: 'Tea towel / Oak, 12"' },
      { shown: "Geschirrtuch / Black, 30 cm", own: 'Tea towel / Black, 12"' },
    ]);
    expect(await sold()).toEqual([{ shown: 'Tea towel / Oak, 12"' }, { shown: 'Tea towel / Black, 12"' }]);
    expect(await sold("fr")).toEqual(await sold());
  });

  it("falls back value by value from a region to its language, whichever was saved last", async () => {
    await translate("de-CH", { "option/Frame/Black": "Schwarz (CH)" });
    await translate("de", {
      title: "Geschirrtuch",
      "option/Frame/Oak": "Eiche",
      "option/Frame/Black": "Schwarz",
    });
    expect((await sold("de-CH")).map(({ shown }) => shown)).toEqual([
      'Geschirrtuch / Eiche, 12"',
      'Geschirrtuch / Schwarz (CH), 12"',
    ]);
    expect((await sold("de-AT"))[1]?.shown).toBe('Geschirrtuch / Schwarz, 12"');
  });

  it("follows the product: new variants are named at once, and those of before stay", async () => {
    await translate("ar", { "option/Frame/Oak": "بلوط", "option/Frame/Ash": "دردار" });
    await save(towel(["Oak", "Ash"]));
    expect((await sold("ar")).map(({ shown }) => shown)).toEqual([
      'Tea towel / بلوط, 12"',
      'Tea towel / دردار, 12"',
    ]);
  });

  it("is the shop's own again when the translation is taken away", async () => {
    await translate("de", { title: "Geschirrtuch", "option/Frame/Oak": "Eiche" });
    await translate("de", {});
    expect(await sold("de")).toEqual(await sold());
  });
});
