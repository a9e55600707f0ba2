import type { CatalogTexts, SemanticProduct, Trainer } from "../app/ports.ts";
import { toHex } from "../domain/bytes.ts";
import { layOutCells } from "../domain/cells.ts";
import { embed } from "../domain/embed.ts";
import { MAX_TRAINED_PRODUCTS, TRAINING_PAGE } from "../domain/limits.ts";
import { termsOfProduct, type Terms } from "../domain/text.ts";
import { trainModel } from "../domain/train.ts";
import { MODEL_SQL } from "./model-sql.ts";

/** Terms in one statement: a statement's parameter has room for about 2 MB, and each takes some 250 bytes. */
const TERMS_PER_STATEMENT = 2_000;

/** Trains our own model on at most 10,000 products and writes it to D1. Until the state names it, nobody reads it. */
export const createLocalTrainer = (db: D1Database): Trainer => ({
  train: async (texts, version) => {
    const products = await readSample(texts);
    const model = trainModel(products);
    const known = new Map(model.map((term) => [term.term, term]));
    const { products: total } = await texts.size();
    const cells = layOutCells(
      products.flatMap((terms) => embed(terms, known) ?? []),
      total,
    );
    const rows = model.map(({ direction, ...term }) => ({ ...term, direction: toHex(direction) }));
    await db.batch([
      db.prepare(MODEL_SQL.forgetTerms),
      db.prepare(MODEL_SQL.forgetCells),
      ...chunks(rows).map((part) => db.prepare(MODEL_SQL.putTerms).bind(JSON.stringify(part), version)),
      db.prepare(MODEL_SQL.putCells).bind(version, cells.map(toHex).join("")),
    ]);
    return { trained: products.length };
  },
});

const chunks = <T>(rows: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / TERMS_PER_STATEMENT) }, (_, index) =>
    rows.slice(index * TERMS_PER_STATEMENT, (index + 1) * TERMS_PER_STATEMENT),
  );

/** Products spread evenly over the catalogue, page by page; only their terms are kept. */
async function readSample(texts: CatalogTexts): Promise<readonly Terms[]> {
  const { products } = await texts.size();
  const stride = Math.max(1, Math.ceil(products / MAX_TRAINED_PRODUCTS));
  const read: Terms[] = [];
  for (let after = 0; read.length < MAX_TRAINED_PRODUCTS;) {
    const page: readonly SemanticProduct[] = await texts.page({ after, limit: TRAINING_PAGE, stride });
    const last = page.at(-1);
    if (!last) break;
    for (const { text } of page) read.push(termsOfProduct(text));
    after = last.number;
  }
  return read.slice(0, MAX_TRAINED_PRODUCTS);
}
