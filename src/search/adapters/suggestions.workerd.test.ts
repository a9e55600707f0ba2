import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../catalog/testing/samples.ts";
import { searchFixture } from "../testing/search-fixture.ts";

const { reader, save } = searchFixture(env.DB);

beforeAll(async () => {
  await clearCatalog(env.DB);
  for (const title of ["Heron at dusk", "Heron at dawn", "Hermit crab", "Heron at noon", "Heron at night"])
    await save(sampleProduct(title.toLowerCase().replaceAll(" ", "-"), { title }));
  await env.DB.prepare(
    "INSERT INTO search_phrases (phrase, score, searches) VALUES ('heron print', 5, 9), ('heron tile', 9, 4), ('heron for mira', 99, 2)",
  ).run();
});

describe("suggestions", () => {
  it("are what several others asked, then words of the shop, and three products", async () => {
    const { phrases, products } = await reader.suggestions("Her");
    expect(phrases).toEqual(["heron tile", "heron print", "hermit", "heron"]);
    expect(products).toHaveLength(3);
  });

  it("complete the last word of several", async () => {
    expect((await reader.suggestions("dusk hero")).phrases).toEqual(["dusk heron"]);
  });

  it("are none for nothing, and never what stands in the field already", async () => {
    for (const typed of ["", "!!", "\0"])
      expect(await reader.suggestions(typed)).toMatchObject({ phrases: [], products: [] });
    expect((await reader.suggestions("heron")).phrases).toEqual(["heron tile", "heron print"]);
  });
});
