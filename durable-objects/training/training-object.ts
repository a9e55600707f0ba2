import { epochMs } from "#kernel";
import { BaseObject, type OutboxQueues } from "#platform";
import type { CatalogTexts, TrainingRpc } from "#semantics";
import {
  FIRST_SLICES,
  MAX_TRAINED_PRODUCTS,
  TRAINING_PAGE,
  TRAINING_PATIENCE_MS,
  TRAINING_PAUSE_MS,
  WORK_PER_SLICE,
} from "../../src/semantics/domain/limits.ts";
import { makeModel, type Model } from "../../src/semantics/domain/make-model.ts";
import { runSome, type Steps } from "../../src/semantics/domain/steps.ts";
import { termsOfProduct } from "../../src/semantics/domain/text.ts";
import type { Checkpoint } from "../../src/semantics/domain/train.ts";
import { TRAINING_MIGRATIONS, TrainingStore, type TrainingState } from "./training-store.ts";

const SLICE_KEY = "slice";

/**
 * Learns a model in slices: each takes some hundredths of a second, and then others have the thread. What was read and the
 * table after each round stand in its tables, so an object that is lost in between goes on from there, to the same model.
 */
export abstract class TrainingShell<Env> extends BaseObject<Env> implements TrainingRpc {
  /** Replaced by tests. */
  firstSlices = FIRST_SLICES;
  readonly #store: TrainingStore;
  #writing: Promise<void> | undefined;
  #steps: Steps<Model> | undefined;
  #unsaved: Checkpoint | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "training", migrations: TRAINING_MIGRATIONS });
    this.#store = new TrainingStore(this.sql);
  }

  protected abstract texts(): CatalogTexts;

  /** Writes a model down; repeating is safe. */
  protected abstract write(model: Model, version: number): Promise<void>;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async train(version: number): Promise<{ readonly trained: number } | undefined> {
    const known = this.#store.state();
    if (known?.version !== version) await this.#begin(version);
    const state = this.#store.state();
    return state?.version === version && state.stage === "done" ? { trained: state.products } : undefined;
  }

  protected override async onDue(): Promise<void> {
    await this.#slice();
    this.#goOnLater();
  }

  async #begin(version: number): Promise<void> {
    const { products } = await this.texts().size();
    this.#steps = undefined;
    this.transact(() => {
      this.#store.begin(version, products);
      this.due.set(SLICE_KEY, epochMs(this.now() + TRAINING_PATIENCE_MS));
    });
    // A small shop need not wait for the next run to have its model.
    for (let slice = 0; slice < this.firstSlices && this.#isUnderWay(); slice += 1) {
      await this.#slice();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    this.#goOnLater();
  }

  #isUnderWay(): boolean {
    return (this.#store.state()?.stage ?? "done") !== "done";
  }

  #goOnLater(): void {
    if (this.#isUnderWay())
      this.transact(() => this.due.set(SLICE_KEY, epochMs(this.now() + TRAINING_PAUSE_MS)));
  }

  async #slice(): Promise<void> {
    const state = this.#store.state();
    if (this.#writing) return this.#writing;
    if (!state || state.stage === "done") return;
    if (state.stage === "reading") await this.#read(state);
    else await this.#turn(state);
  }

  /** Reads the terms of one page: products spread evenly over the catalogue. */
  async #read({ total, after, products, version }: TrainingState): Promise<void> {
    const stride = Math.max(1, Math.ceil(total / MAX_TRAINED_PRODUCTS));
    const limit = Math.min(TRAINING_PAGE, MAX_TRAINED_PRODUCTS - products);
    const page = limit > 0 ? await this.texts().page({ after, limit, stride }) : [];
    const now = this.#store.state();
    // Another training has begun meanwhile, or somebody has read this page.
    if (now?.version !== version || now.after !== after || now.stage !== "reading") return;
    const last = page.at(-1);
    const terms = page.map(({ text }) => termsOfProduct(text));
    this.transact(() => {
      if (last) this.#store.addPage(terms, last.number);
      if (page.length < TRAINING_PAGE) this.#store.enter("turning");
    });
  }

  async #turn({ version, products, total }: TrainingState): Promise<void> {
    this.#steps ??= makeModel(this.#store.pages(products), total, {
      from: this.#store.checkpoint(),
      keep: (checkpoint) => {
        this.#unsaved = checkpoint;
      },
    });
    const made = runSome(this.#steps, WORK_PER_SLICE);
    const checkpoint = this.#unsaved;
    this.#unsaved = undefined;
    if (checkpoint && !made) this.transact(() => this.#store.keep(checkpoint));
    if (!made) return;
    this.#steps = undefined;
    this.#writing = this.#finish(made.result, version).finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #finish(model: Model, version: number): Promise<void> {
    await this.write(model, version);
    if (this.#store.state()?.version !== version) return;
    this.transact(() => {
      this.#store.forget();
      this.#store.enter("done");
      this.due.clear(SLICE_KEY);
    });
  }
}
