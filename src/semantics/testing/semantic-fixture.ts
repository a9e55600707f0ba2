import type { CatalogTexts, SemanticProduct } from "../app/ports.ts";
import { createKeepStore } from "../adapters/keep-store.ts";
import { trainAtOnce } from "./train-at-once.ts";

/** A catalogue in memory, as meaning reads it. */
export function textsOf(products: readonly SemanticProduct[]): CatalogTexts {
  return {
    page: async ({ after, limit, stride = 1 }) =>
      products.filter(({ number }) => number > after && number % stride === 0).slice(0, limit),
    of: async (numbers) => products.filter(({ number }) => numbers.includes(number)),
    changes: async () => [],
    size: async () => ({ sequence: 0, products: products.length }),
  };
}

/** Empties the tables of meaning. */
export async function clearMeaning(db: D1Database): Promise<void> {
  await db.batch(
    ["semantic_state", "semantic_cells", "semantic_terms", "semantic_vectors"].map((table) =>
      db.prepare(`DELETE FROM ${table}`),
    ),
  );
}

/** Trains a model on some products and puts it in use. */
export async function useModelOf(db: D1Database, products: readonly SemanticProduct[]): Promise<void> {
  await clearMeaning(db);
  const store = createKeepStore(db);
  const state = await store.claim(1, 0);
  if (!state) throw new Error("the state is somebody else's");
  const { trained = 0 } = (await trainAtOnce(db, textsOf(products)).train(1)) ?? {};
  await store.save({ ...state, version: 1, trained });
}
