import type { Likeness, SemanticIndex, SemanticProduct } from "../app/ports.ts";
import { MAX_ALIKE, MAX_ASKED, MAX_COMPARED_TEXTS, MIN_ALIKE_OF_SERVICE } from "../domain/limits.ts";
import { openingOf, type ProductText } from "../domain/text.ts";

// Workers AI makes a vector of a text, Vectorize keeps vectors and finds the nearest ones. Both are called as their documentation
// says; the types below are the parts of it that are used, so that a binding of the platform fits without a cast.

/** A text embedding model of Workers AI: up to a hundred texts at once. */
export type EmbeddingModel = {
  run(model: typeof EMBEDDING_MODEL, input: { text: string[] }): Promise<unknown>;
};

/** An index of Vectorize with the metric `cosine` and a metadata index on the number `number`. */
export type VectorIndex = {
  upsert(vectors: { id: string; values: number[]; metadata: { number: number } }[]): Promise<unknown>;
  deleteByIds(ids: string[]): Promise<unknown>;
  query(
    vector: number[],
    options: { topK: number; filter?: { number: { $in: number[] } } },
  ): Promise<{ readonly matches: readonly { readonly id: string; readonly score: number }[] }>;
};

/** Small, for many languages, 1,024 numbers a vector. */
export const EMBEDDING_MODEL = "@cf/baai/bge-m3";
/** Texts of one call to the model, ids of one call to the index, and calls at once. */
const TEXTS_PER_CALL = 100;
const IDS_PER_CALL = 1_000;
const CALLS_AT_ONCE = 6;

export type VectorizeOptions = { readonly model: EmbeddingModel; readonly vectors: VectorIndex };

/**
 * The index on Workers AI and Vectorize. A vector that was just sent is found some seconds later: the platform takes changes in
 * by and by. Each text costs a call of the model, so one search costs one of each. Throws what the platform throws.
 */
export const createVectorizeIndex = ({ model, vectors }: VectorizeOptions): SemanticIndex => ({
  upsert: async (products) => {
    const values = await embedTexts(
      model,
      products.map(({ text }) => describe(text)),
    );
    const rows = products.flatMap(({ number }, index) => {
      const value = values[index];
      return value ? [{ id: String(number), values: value, metadata: { number } }] : [];
    });
    if (rows.length > 0) await vectors.upsert(rows);
    return rows.map(({ metadata: { number } }) => number);
  },
  remove: async (numbers) => {
    for (const part of chunks(numbers, IDS_PER_CALL)) await vectors.deleteByIds(part.map(String));
  },
  query: async ({ text, among, limit }) => {
    if (text.trim() === "" || among?.length === 0) return [];
    const [vector] = await embedTexts(model, [text]);
    if (!vector) return [];
    const filter = among && { number: { $in: among.slice(0, MAX_ASKED) } };
    return readMatches(
      await vectors.query(vector, { topK: Math.min(limit, MAX_ASKED), ...(filter ? { filter } : {}) }),
    );
  },
  neighbours: (products) => findNeighbours({ model, vectors }, products),
  compareTexts: async (text, others) => {
    const asked = others.slice(0, MAX_COMPARED_TEXTS);
    if (text.trim() === "" || asked.length === 0) return new Map();
    const [to, ...values] = await embedTexts(model, [text, ...asked]);
    if (!to) return new Map();
    return new Map(
      asked.flatMap((other, index) => {
        const value = values[index];
        return value ? [[other, cosine(to, value)] as const] : [];
      }),
    );
  },
});

async function findNeighbours(
  { model, vectors }: VectorizeOptions,
  products: readonly SemanticProduct[],
): Promise<ReadonlyMap<number, readonly Likeness[]>> {
  const values = await embedTexts(
    model,
    products.map(({ text }) => describe(text)),
  );
  const found = new Map<number, readonly Likeness[]>();
  for (const part of chunks([...products.entries()], CALLS_AT_ONCE))
    await Promise.all(
      part.map(async ([index, { number }]) => {
        const vector = values[index];
        if (!vector) return;
        const near = readMatches(await vectors.query(vector, { topK: MAX_ALIKE + 1 }));
        found.set(
          number,
          near
            .filter((other) => other.number !== number && other.likeness >= MIN_ALIKE_OF_SERVICE)
            .slice(0, MAX_ALIKE),
        );
      }),
    );
  return found;
}

/** A product as a model reads it. */
const describe = ({ title, productType, vendor, tags, attributes, descriptionHtml }: ProductText): string =>
  [title, productType, vendor, tags.join(", "), attributes.join(", "), openingOf(descriptionHtml)]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(". ");

async function embedTexts(model: EmbeddingModel, texts: readonly string[]): Promise<number[][]> {
  const all: number[][] = [];
  for (const part of chunks(texts, TEXTS_PER_CALL))
    all.push(...readVectors(await model.run(EMBEDDING_MODEL, { text: [...part] }), part.length));
  return all;
}

/** The model's reply is somebody else's: only as many lists of numbers as texts were sent count. */
function readVectors(reply: unknown, count: number): number[][] {
  const data: unknown =
    typeof reply === "object" && reply !== null && "data" in reply ? reply.data : undefined;
  if (Array.isArray(data) && data.length === count && data.every(isVector)) return data;
  throw new Error("the embedding model answered with something else than vectors");
}

const isVector = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((part) => Number.isFinite(part));

const readMatches = ({
  matches,
}: {
  readonly matches: readonly { readonly id: string; readonly score: number }[];
}): Likeness[] =>
  matches
    .map(({ id, score }) => ({ number: Number(id), likeness: score }))
    .filter(({ number }) => Number.isSafeInteger(number));

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const scale = Math.sqrt(dot(one, one) * dot(other, other));
  return scale === 0 ? 0 : dot(one, other) / scale;
}

const chunks = <T>(all: readonly T[], size: number): (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
