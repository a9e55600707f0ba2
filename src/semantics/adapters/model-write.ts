import { toHex } from "../domain/bytes.ts";
import type { Model } from "../domain/make-model.ts";
import { MODEL_SQL } from "./model-sql.ts";

/** Terms in one statement: a statement's parameter has room for about 2 MB, and each takes some 250 bytes. */
const TERMS_PER_STATEMENT = 2_000;

/**
 * Writes a model down in one transaction. Until the state names its version, nobody reads it; repeating writes it over
 * itself.
 */
export async function writeModel(
  db: Pick<D1Database, "prepare" | "batch">,
  { terms, cells }: Model,
  version: number,
): Promise<void> {
  const puts: D1PreparedStatement[] = [];
  for (let at = 0; at < terms.length; at += TERMS_PER_STATEMENT) {
    const part = terms.slice(at, at + TERMS_PER_STATEMENT);
    const rows = part.map(({ direction, ...term }) => ({ ...term, direction: toHex(direction) }));
    puts.push(db.prepare(MODEL_SQL.putTerms).bind(JSON.stringify(rows), version));
  }
  await db.batch([
    db.prepare(MODEL_SQL.forgetTerms),
    db.prepare(MODEL_SQL.forgetCells),
    ...puts,
    db.prepare(MODEL_SQL.putCells).bind(version, cells.map(toHex).join("")),
  ]);
}
