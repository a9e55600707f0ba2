import { describe, expect, expectTypeOf, it } from "vitest";
import { CONTRACT_PRODUCTS, describeSemanticIndex } from "../testing/index-contract.ts";
import { embeddingModelDouble, vectorIndexDouble } from "../testing/vectorize-double.ts";
import { createVectorizeIndex, type EmbeddingModel, type VectorIndex } from "./vectorize-index.ts";

describeSemanticIndex("Workers AI and Vectorize, as their documentation says", async () =>
  createVectorizeIndex({ model: embeddingModelDouble(), vectors: vectorIndexDouble() }),
);

describe("the adapter of Workers AI and Vectorize", () => {
  it("fits the platform's own bindings", () => {
    expectTypeOf<Ai>().toExtend<EmbeddingModel>();
    expectTypeOf<Vectorize>().toExtend<VectorIndex>();
  });

  it("sends at most a hundred texts at once", async () => {
    const model = embeddingModelDouble();
    const index = createVectorizeIndex({ model, vectors: vectorIndexDouble() });
    const [sample] = CONTRACT_PRODUCTS;
    if (!sample) throw new Error("no sample");
    await index.upsert(Array.from({ length: 250 }, (_, number) => ({ ...sample, number })));
    expect(model.calls.map(({ texts }) => texts)).toEqual([100, 100, 50]);
  });

  it("asks about a hundred products within the bytes that a filter may have", async () => {
    const index = createVectorizeIndex({ model: embeddingModelDouble(), vectors: vectorIndexDouble() });
    const among = Array.from({ length: 100 }, (_, index) => 9_999_900 + index);
    expect(await index.query({ text: "bird", among, limit: 100 })).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["fewer vectors than texts", { data: [] }],
    ["words", { data: [["a"]] }],
  ])("throws when the model answers with %s", async (_, reply) => {
    const model: EmbeddingModel = { run: async () => reply };
    const index = createVectorizeIndex({ model, vectors: vectorIndexDouble() });
    await expect(index.query({ text: "bird", limit: 5 })).rejects.toThrow("embedding model");
  });
});
