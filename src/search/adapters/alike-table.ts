import type { AlikePairs, Likeness } from "#semantics";
import { MAX_ALIKE_PER_PRODUCT } from "../domain/limits.ts";

export const ALIKE_SQL = {
  forget: `DELETE FROM product_pairs WHERE kind = 'alike' AND product_number IN (SELECT value FROM json_each(?1))`,
  put: `INSERT INTO product_pairs (product_number, kind, other_number, score)
    SELECT value ->> 'number', 'alike', value ->> 'other', value ->> 'score' FROM json_each(?1) WHERE true
    ON CONFLICT (product_number, kind, other_number) DO UPDATE SET score = excluded.score`,
  prune: `DELETE FROM product_pairs WHERE kind = 'alike' AND product_number IN (SELECT value FROM json_each(?1))
    AND (SELECT count(*) FROM product_pairs better WHERE better.product_number = product_pairs.product_number
      AND better.kind = 'alike' AND (better.score, better.other_number) > (product_pairs.score, product_pairs.other_number))
      >= ${MAX_ALIKE_PER_PRODUCT}`,
} as const;

/** Products alike among the pairs of D1: at most eight per product, from which pages choose. */
export const createAlikePairs = (db: D1Database): AlikePairs => ({
  replace: async (found) => {
    if (found.size === 0) return;
    await db.batch([
      db.prepare(ALIKE_SQL.forget).bind(JSON.stringify([...found.keys()])),
      db.prepare(ALIKE_SQL.put).bind(JSON.stringify(pairsOf(found))),
    ]);
  },
  tellOthers: async (found) => {
    const told = pairsOf(found).map(({ number, other, score }) => ({ number: other, other: number, score }));
    if (told.length === 0) return;
    const others = [...new Set(told.map(({ number }) => number))];
    await db.batch([
      db.prepare(ALIKE_SQL.put).bind(JSON.stringify(told)),
      db.prepare(ALIKE_SQL.prune).bind(JSON.stringify(others)),
    ]);
  },
});

type Pair = { readonly number: number; readonly other: number; readonly score: number };

const pairsOf = (found: ReadonlyMap<number, readonly Likeness[]>): readonly Pair[] =>
  [...found].flatMap(([number, near]) =>
    near.slice(0, MAX_ALIKE_PER_PRODUCT).map(({ number: other, likeness }) => ({
      number,
      other,
      score: Math.round(Math.max(0, likeness) * 1_000) / 1_000,
    })),
  );
