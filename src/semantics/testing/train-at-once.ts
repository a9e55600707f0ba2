import { writeModel } from "../adapters/model-write.ts";
import type { Trainer } from "../app/ports.ts";
import { makeModel } from "../domain/make-model.ts";
import { runToEnd } from "../domain/steps.ts";
import { termsOfProduct, type Terms } from "../domain/text.ts";
import type { TermPages } from "../domain/train.ts";
import type { CatalogTexts } from "../app/ports.ts";

/** Products in memory, as training reads them. */
export const pagesOf = (products: readonly Terms[], size = products.length): TermPages => ({
  products: products.length,
  pages: Math.ceil(products.length / Math.max(1, size)),
  read: (page) => products.slice(page * size, (page + 1) * size),
});

/** A trainer that does all of it in one go, on every product. */
export const trainAtOnce = (db: D1Database, texts: CatalogTexts): Trainer => ({
  train: async (version) => {
    const read = await texts.page({ after: 0, limit: 10_000 });
    const terms = read.map(({ text }) => termsOfProduct(text));
    await writeModel(db, runToEnd(makeModel(pagesOf(terms), terms.length)), version);
    return { trained: terms.length };
  },
});
