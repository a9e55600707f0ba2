import { objectNamespace } from "#platform";
import type { CatalogTexts, KeepPorts, SemanticIndex, TrainingRpc } from "#semantics";
import { createMeaningTexts } from "../../src/catalog/adapters/meaning-texts.ts";
import { createAlikePairs } from "../../src/search/adapters/alike-table.ts";
import { createKeepStore, walkVectors } from "../../src/semantics/adapters/keep-store.ts";
import { createLocalIndex } from "../../src/semantics/adapters/local-index.ts";
import {
  createVectorizeIndex,
  type EmbeddingModel,
  type VectorIndex,
} from "../../src/semantics/adapters/vectorize-index.ts";

/** Bindings that a deployment may have; with both of them meaning comes from the platform instead of our own model. */
type SemanticBindings = {
  readonly DB: D1Database;
  readonly AI?: EmbeddingModel;
  readonly VECTORIZE?: VectorIndex;
};

/** What a call of the platform's model and index may cost in calls: 60 products a step, ten steps a run. */
const SERVICE_PACE = { products: 60, steps: 10 } as const;

/** The index of meanings for whoever asks it. */
export function semanticIndex(
  env: SemanticBindings,
  db: Pick<D1Database, "prepare" | "batch">,
): SemanticIndex {
  const { AI: model, VECTORIZE: vectors } = env;
  return model && vectors ? createVectorizeIndex({ model, vectors }) : createLocalIndex(db);
}

/** The one object that trains. */
const TRAINING = "meaning";

/** What keeping it up to date needs. */
export function keepMeaningPorts(
  env: SemanticBindings & { readonly TRAININGS: { getByName(name: string): unknown } },
): KeepPorts {
  const texts: CatalogTexts = createMeaningTexts(env.DB);
  const shared = {
    texts,
    index: semanticIndex(env, env.DB),
    pairs: createAlikePairs(env.DB),
    store: createKeepStore(env.DB),
    now: Date.now,
  };
  if (!env.AI || !env.VECTORIZE)
    return {
      ...shared,
      trainer: objectNamespace<TrainingRpc>(env.TRAININGS).getByName(TRAINING),
      walk: walkVectors(env.DB),
    };
  return {
    ...shared,
    pace: SERVICE_PACE,
    walk: async ({ number }, limit) =>
      (await texts.page({ after: number, limit })).map((product) => ({ cell: 0, number: product.number })),
  };
}
