import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { CONTRACT_PRODUCTS, describeSemanticIndex } from "../testing/index-contract.ts";
import { clearMeaning, useModelOf } from "../testing/semantic-fixture.ts";
import { createLocalIndex } from "./local-index.ts";

describeSemanticIndex("our own model in D1", async () => {
  await useModelOf(env.DB, CONTRACT_PRODUCTS);
  return createLocalIndex(env.DB);
});

describe("our own model in D1", () => {
  beforeEach(() => useModelOf(env.DB, CONTRACT_PRODUCTS));
  const index = createLocalIndex(env.DB);

  it("writes nothing when the same products come again", async () => {
    await index.upsert(CONTRACT_PRODUCTS);
    expect(await index.upsert(CONTRACT_PRODUCTS)).toEqual([]);
  });

  it("says nothing of words that it does not know", async () => {
    await index.upsert(CONTRACT_PRODUCTS);
    expect(await index.query({ text: "zeppelin", limit: 5 })).toEqual([]);
    expect(await index.query({ text: "zeppelin", among: [1, 2], limit: 5 })).toEqual([]);
  });

  it("forgets a product that has lost all its words", async () => {
    await index.upsert(CONTRACT_PRODUCTS);
    const [heron] = CONTRACT_PRODUCTS;
    if (!heron) throw new Error("no product");
    const silent = { ...heron.text, title: "zeppelin", productType: "", tags: [], vendor: "" };
    expect(await index.upsert([{ number: heron.number, text: silent }])).toEqual([heron.number]);
    expect(await index.query({ text: "bird", among: [heron.number], limit: 1 })).toEqual([]);
    expect(await index.upsert([{ number: heron.number, text: silent }])).toEqual([]);
  });

  it("is empty, and takes in nothing, before there is a model", async () => {
    await clearMeaning(env.DB);
    expect(await index.upsert(CONTRACT_PRODUCTS)).toEqual([]);
    expect(await index.query({ text: "bird", limit: 5 })).toEqual([]);
    expect(await index.query({ text: "bird", among: [1], limit: 5 })).toEqual([]);
    expect((await index.neighbours(CONTRACT_PRODUCTS)).size).toBe(0);
    expect((await index.compareTexts("bird", ["paper"])).size).toBe(0);
  });
});
