import type { ProductText } from "../domain/text.ts";

/** A product and its words. */
export type SemanticProduct = { readonly number: number; readonly text: ProductText };

/** How alike a product is to what was asked: at most 1; 0 and less is nothing in common. */
export type Likeness = { readonly number: number; readonly likeness: number };

/**
 * What products mean, kept where it can be compared. Two adapters: our own, which learns from the catalogue, and one on a
 * platform's embedding model and vector index. Everything throws when it cannot be reached; nothing that a shopper waits
 * for may depend on it.
 */
export type SemanticIndex = {
  /** Takes in or replaces up to 256 products; tells whose meaning that changed. Repeating changes nothing. */
  upsert(products: readonly SemanticProduct[]): Promise<readonly number[]>;
  /** Forgets products, at most 1,000; repeating is safe. */
  remove(numbers: readonly number[]): Promise<void>;
  /**
   * Products nearest in meaning to a text, the most alike first, at most 100; with `among` only of these, at most 100.
   * What it costs does not depend on the size of the catalogue.
   */
  query(question: {
    readonly text: string;
    readonly among?: readonly number[];
    readonly limit: number;
  }): Promise<readonly Likeness[]>;
  /** For each of these products, those most alike, none itself; at most 8 each. Up to 256 at once. */
  neighbours(products: readonly SemanticProduct[]): Promise<ReadonlyMap<number, readonly Likeness[]>>;
  /** How alike each of these texts (at most 60) is to one text; what it cannot judge is left out. */
  compareTexts(text: string, others: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

/** The catalogue as meaning reads it. Listed products only. */
export type CatalogTexts = {
  /** The next products by number; of a large catalogue every `stride`-th one. */
  page(request: {
    readonly after: number;
    readonly limit: number;
    readonly stride?: number;
  }): Promise<readonly SemanticProduct[]>;
  /** These, as far as they are listed. */
  of(numbers: readonly number[]): Promise<readonly SemanticProduct[]>;
  /** Products that changed after a place of the change feed, the longest waiting first. */
  changes(
    after: number,
    limit: number,
  ): Promise<readonly { readonly productNumber: number; readonly sequence: number }[]>;
  /** The latest place of the feed, and how many products are listed. */
  size(): Promise<{ readonly sequence: number; readonly products: number }>;
};

/** Where pairs of products alike are written for pages to read. */
export type AlikePairs = {
  /** Makes these the only ones of each product. */
  replace(found: ReadonlyMap<number, readonly Likeness[]>): Promise<void>;
  /** Tells each of the found products, too, which keeps it when it is among its best. */
  tellOthers(found: ReadonlyMap<number, readonly Likeness[]>): Promise<void>;
};

/** Work under way: the whole catalogue is placed, then paired, then its changes are followed. */
export type KeepStage = "placing" | "pairing" | "following";

export type KeepState = {
  /** 0 before the first training. */
  readonly version: number;
  readonly stage: KeepStage;
  /** Where the stage is: the cell, and the last product in it. */
  readonly cell: number;
  readonly number: number;
  /** Place in the change feed up to which everything is known. */
  readonly sequence: number;
  /** Products whose meaning changed since the training, and products that it looked at. */
  readonly changed: number;
  readonly trained: number;
  readonly trainedAtMs: number;
};

export type KeepStore = {
  /** The state, for one holder until a time; `undefined` while another has it. */
  claim(nowMs: number, untilMs: number): Promise<KeepState | undefined>;
  save(state: KeepState): Promise<void>;
  release(): Promise<void>;
};

/** Products that the index holds, in the order in which they are compared, after a place. */
export type Walk = (
  after: Pick<KeepState, "version" | "cell" | "number">,
  limit: number,
) => Promise<readonly { readonly cell: number; readonly number: number }[]>;

/** Learns a model from the catalogue and writes it down; it is in use as soon as the state names its version. */
export type Trainer = {
  /**
   * How many products the model of this version was trained on; `undefined` while that is under way, which the first call
   * begins. Repeating is safe.
   */
  train(version: number): Promise<{ readonly trained: number } | undefined>;
};

/** The object that trains. */
export type TrainingRpc = Trainer;
