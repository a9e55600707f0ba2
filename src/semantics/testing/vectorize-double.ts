import type { EmbeddingModel, VectorIndex } from "../adapters/vectorize-index.ts";
import { meaningWords } from "../domain/text.ts";

// Doubles of the platform's services that take and give what their documentation says, and refuse what it refuses.

const WIDTH = 256;

/** Workers AI: a text is a vector of its hashed words, so that texts with common words are alike. */
export function embeddingModelDouble(): EmbeddingModel & { readonly calls: { readonly texts: number }[] } {
  const calls: { readonly texts: number }[] = [];
  return {
    calls,
    run: async (_model, { text }) => {
      if (text.length === 0 || text.length > 100) throw new Error("5006: text must have 1 to 100 items");
      calls.push({ texts: text.length });
      return { shape: [text.length, WIDTH], data: text.map(hashedWords), pooling: "cls" };
    },
  };
}

function hashedWords(text: string): number[] {
  const vector = Array.from({ length: WIDTH }, () => 0.001);
  for (const word of meaningWords(text)) {
    const place = [...word].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % WIDTH, 7);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}

type Stored = { readonly values: readonly number[]; readonly metadata: { readonly number: number } };

/** Vectorize with the metric `cosine`. */
export function vectorIndexDouble(): VectorIndex {
  const stored = new Map<string, Stored>();
  return {
    upsert: async (vectors) => {
      if (vectors.length > 1_000) throw new Error("VECTOR_UPSERT_ERROR: at most 1000 vectors");
      for (const { id, values, metadata } of vectors) stored.set(id, { values, metadata });
      return { mutationId: crypto.randomUUID() };
    },
    deleteByIds: async (ids) => {
      for (const id of ids) stored.delete(id);
      return { mutationId: crypto.randomUUID() };
    },
    query: async (vector, { topK, filter }) => {
      if (topK < 1 || topK > 100) throw new Error("VECTOR_QUERY_ERROR: topK must be 1 to 100");
      if (filter && JSON.stringify(filter).length > 2_048)
        throw new Error("VECTOR_QUERY_ERROR: filter must be below 2048 bytes");
      const matches = [...stored]
        .filter(([, { metadata }]) => !filter || filter.number.$in.includes(metadata.number))
        .map(([id, { values }]) => ({ id, score: cosine(vector, values) }))
        .sort((one, other) => other.score - one.score)
        .slice(0, topK);
      return { count: matches.length, matches };
    },
  };
}

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
