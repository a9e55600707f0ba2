import {
  FOLLOWED_PER_STEP,
  MAX_RUN_MS,
  MAX_STEPS_PER_RUN,
  MIN_PAUSE_OF_NEW_SHOP_MS,
  MIN_TRAINING_PAUSE_MS,
  PRODUCTS_PER_STEP,
  RETRAIN_PRODUCTS,
  RETRAIN_SHARE,
} from "../domain/limits.ts";
import type {
  AlikePairs,
  CatalogTexts,
  KeepState,
  KeepStore,
  SemanticIndex,
  Trainer,
  Walk,
} from "./ports.ts";

export type KeepPorts = {
  readonly index: SemanticIndex;
  readonly texts: CatalogTexts;
  readonly pairs: AlikePairs;
  readonly store: KeepStore;
  readonly walk: Walk;
  /** Absent where the index has a model of its own. */
  readonly trainer?: Trainer;
  /** Products of one step and steps of one run, where not {@link PRODUCTS_PER_STEP} and {@link MAX_STEPS_PER_RUN}. */
  readonly pace?: { readonly products: number; readonly steps: number };
  readonly now: () => number;
};

/** A step that found nothing to do ends the run. */
type Stepped = { readonly state: KeepState; readonly isIdle?: true };

/**
 * Keeps what products mean, and which are alike, up to date with the catalogue; for a cron. A run does some bounded steps and
 * writes after each where it is, so one that is cut off goes on in the next; two at once do not work on the same. A model
 * that no longer fits its catalogue is trained anew, and the old pairs stay until the new ones are there.
 */
export async function keepMeaning(ports: KeepPorts): Promise<void> {
  const startedAtMs = ports.now();
  // Longer than a run takes: whoever dies with it is followed by the next one.
  let state = await ports.store.claim(startedAtMs, startedAtMs + 4 * MAX_RUN_MS);
  if (!state) return;
  try {
    for (let count = 0; count < (ports.pace?.steps ?? MAX_STEPS_PER_RUN); count += 1) {
      const stepped = await step(ports, state);
      ({ state } = stepped);
      if (stepped.isIdle) return;
      await ports.store.save(state);
      if (ports.now() - startedAtMs >= MAX_RUN_MS) return;
    }
  } finally {
    await ports.store.release();
  }
}

async function step(ports: KeepPorts, state: KeepState): Promise<Stepped> {
  if (isOutgrown(state, ports.now())) return beginAnew(ports, state);
  switch (state.stage) {
    case "placing":
      return place(ports, state);
    case "pairing":
      return pair(ports, state);
    case "following":
      return follow(ports, state);
  }
}

/** True for a shop without a model, and for one whose words have changed since. */
function isOutgrown({ version, changed, trained, trainedAtMs, stage }: KeepState, nowMs: number): boolean {
  if (version === 0) return true;
  if (stage !== "following" || changed < Math.max(RETRAIN_PRODUCTS, trained * RETRAIN_SHARE)) return false;
  // A shop that has just been filled is another shop.
  const pauseMs = changed >= trained ? MIN_PAUSE_OF_NEW_SHOP_MS : MIN_TRAINING_PAUSE_MS;
  return nowMs - trainedAtMs >= pauseMs;
}

/** Training takes its own time: until its model is there, the one of before serves, and the next run asks again. */
async function beginAnew({ texts, trainer, now }: KeepPorts, state: KeepState): Promise<Stepped> {
  const { sequence, products } = await texts.size();
  if (products === 0) return { state, isIdle: true };
  const version = state.version + 1;
  const training = trainer ? await trainer.train(version) : { trained: products };
  if (!training) return { state, isIdle: true };
  const { trained } = training;
  return {
    state: {
      version,
      stage: "placing",
      cell: 0,
      number: 0,
      // What changes from here on is looked at again at the end.
      sequence,
      changed: 0,
      trained,
      trainedAtMs: now(),
    },
  };
}

async function place({ texts, index, pace }: KeepPorts, state: KeepState): Promise<Stepped> {
  const limit = pace?.products ?? PRODUCTS_PER_STEP;
  const products = await texts.page({ after: state.number, limit });
  const last = products.at(-1);
  if (!last) return { state: { ...state, stage: "pairing", cell: 0, number: 0 } };
  await index.upsert(products);
  return { state: { ...state, number: last.number } };
}

async function pair({ walk, texts, index, pairs, pace }: KeepPorts, state: KeepState): Promise<Stepped> {
  const places = await walk(state, pace?.products ?? PRODUCTS_PER_STEP);
  const last = places.at(-1);
  if (!last) return { state: { ...state, stage: "following", cell: 0, number: 0 } };
  const products = await texts.of(places.map(({ number }) => number));
  await pairs.replace(await index.neighbours(products));
  return { state: { ...state, ...last } };
}

async function follow({ texts, index, pairs, pace }: KeepPorts, state: KeepState): Promise<Stepped> {
  const limit = Math.min(pace?.products ?? FOLLOWED_PER_STEP, FOLLOWED_PER_STEP);
  const changes = await texts.changes(state.sequence, limit);
  const last = changes.at(-1);
  if (!last) return { state, isIdle: true };
  const numbers = changes.map(({ productNumber }) => productNumber);
  const listed = await texts.of(numbers);
  const isListed = new Set(listed.map(({ number }) => number));
  const gone = numbers.filter((number) => !isListed.has(number));
  const changed = new Set(await index.upsert(listed));
  await index.remove(gone);
  await pairs.replace(new Map(gone.map((number) => [number, []])));
  if (changed.size > 0) {
    const found = await index.neighbours(listed.filter(({ number }) => changed.has(number)));
    await pairs.replace(found);
    await pairs.tellOthers(found);
  }
  return { state: { ...state, sequence: last.sequence, changed: state.changed + changed.size } };
}
