import { layOutCells } from "./cells.ts";
import { embed } from "./embed.ts";
import { DIMENSIONS } from "./limits.ts";
import type { Steps } from "./steps.ts";
import { trainModel, type ModelTerm, type TermPages, type Training } from "./train.ts";
import type { Direction } from "./vectors.ts";

/** What is learnt of a catalogue: its terms, and the middles of the cells that its products are parted into. */
export type Model = { readonly terms: readonly ModelTerm[]; readonly cells: readonly Direction[] };

/** Learns the model of a shop of `total` products from some of them, in steps. */
export function* makeModel(products: TermPages, total: number, training: Training = {}): Steps<Model> {
  const terms = yield* trainModel(products, training);
  const known = new Map(terms.map((term) => [term.term, term]));
  const directions: Direction[] = [];
  for (let page = 0; page < products.pages; page += 1) {
    let looked = 0;
    for (const one of products.read(page)) {
      const direction = embed(one, known);
      if (direction) directions.push(direction);
      looked += one.size;
    }
    yield looked * DIMENSIONS;
  }
  return { terms, cells: yield* layOutCells(directions, total) };
}
