import type { KeepState, KeepStore, Walk } from "../app/ports.ts";
import { MODEL_SQL } from "./model-sql.ts";

export const KEEP_SQL = {
  begin: `INSERT OR IGNORE INTO semantic_state
    (id, version, stage, cell, number, sequence, changed, trained, trained_at_ms, claimed_until_ms)
    VALUES (1, 0, 'placing', 0, 0, 0, 0, 0, 0, 0)`,
  claim: `UPDATE semantic_state SET claimed_until_ms = ?2 WHERE id = 1 AND claimed_until_ms <= ?1
    RETURNING version, stage, cell, number, sequence, changed, trained, trained_at_ms AS trainedAtMs`,
  save: `UPDATE semantic_state SET version = ?1, stage = ?2, cell = ?3, number = ?4, sequence = ?5, changed = ?6,
    trained = ?7, trained_at_ms = ?8 WHERE id = 1`,
  release: "UPDATE semantic_state SET claimed_until_ms = 0 WHERE id = 1",
} as const;

/** Where the work with meanings is, in one row of D1. */
export const createKeepStore = (db: D1Database): KeepStore => ({
  claim: async (nowMs, untilMs) => {
    const [, claimed] = await db.batch<KeepState>([
      db.prepare(KEEP_SQL.begin),
      db.prepare(KEEP_SQL.claim).bind(nowMs, untilMs),
    ]);
    return claimed?.results[0];
  },
  save: async ({ version, stage, cell, number, sequence, changed, trained, trainedAtMs }) => {
    await db
      .prepare(KEEP_SQL.save)
      .bind(version, stage, cell, number, sequence, changed, trained, trainedAtMs)
      .run();
  },
  release: async () => {
    await db.prepare(KEEP_SQL.release).run();
  },
});

/** Cell by cell, so that neighbours are compared together. */
export const walkVectors =
  (db: D1Database): Walk =>
  async ({ version, cell, number }, limit) => {
    const { results } = await db
      .prepare(MODEL_SQL.walk)
      .bind(version, cell, number, limit)
      .all<{ readonly cell: number; readonly number: number }>();
    return results;
  };
