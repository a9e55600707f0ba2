import { epochMs, type EpochMs } from "#kernel";
import type { PurgeBudget } from "../../src/edge-cache/domain/purge-budget.ts";

export const PURGE_MIGRATIONS: readonly string[] = [
  `CREATE TABLE waiting_tags (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, tag TEXT NOT NULL UNIQUE, asked_at_ms INTEGER NOT NULL) STRICT`,
  `CREATE TABLE purge_state (
    id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, full_at_ms INTEGER NOT NULL) STRICT`,
  "INSERT INTO purge_state (id, position, full_at_ms) VALUES (1, 0, 0)",
];

/** A tag that waits; `sequence` tells a later asking from the one that was taken. */
export type WaitingTag = { readonly tag: string; readonly sequence: number };

/** The tables of the purge object. */
export class PurgeStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Adds tags; one that waits already gets a new sequence, because a purge that is under way may come too early for it. */
  add(tags: readonly string[], now: EpochMs): void {
    for (const tag of new Set(tags))
      this.#sql.exec(
        `INSERT OR REPLACE INTO waiting_tags (tag, asked_at_ms)
         VALUES (?1, coalesce((SELECT asked_at_ms FROM waiting_tags WHERE tag = ?1), ?2))`,
        tag,
        now,
      );
  }

  /** One tag instead of all that wait. */
  replaceAll(tag: string, now: EpochMs): void {
    this.#sql.exec("DELETE FROM waiting_tags WHERE true");
    this.add([tag], now);
  }

  oldest(limit: number): readonly WaitingTag[] {
    return this.#sql
      .exec<WaitingTag>(
        "SELECT tag, sequence FROM waiting_tags ORDER BY asked_at_ms, sequence LIMIT ?",
        limit,
      )
      .toArray();
  }

  forget(tags: readonly WaitingTag[]): void {
    for (const { sequence } of tags) this.#sql.exec("DELETE FROM waiting_tags WHERE sequence = ?", sequence);
  }

  waiting(): { readonly count: number; readonly since: EpochMs | undefined } {
    const { count, since } = this.#sql
      .exec<{ count: number; since: number | null }>(
        "SELECT count(*) AS count, min(asked_at_ms) AS since FROM waiting_tags",
      )
      .one();
    return { count, since: since === null ? undefined : epochMs(since) };
  }

  position(): number {
    return this.#sql.exec<{ position: number }>("SELECT position FROM purge_state WHERE id = 1").one()
      .position;
  }

  /** Never backwards: a consumer that was slower has read less. */
  moveTo(position: number): void {
    this.#sql.exec("UPDATE purge_state SET position = max(position, ?) WHERE id = 1", position);
  }

  budget(): PurgeBudget {
    const { full_at_ms } = this.#sql
      .exec<{ full_at_ms: number }>("SELECT full_at_ms FROM purge_state WHERE id = 1")
      .one();
    return { fullAt: epochMs(full_at_ms) };
  }

  spend(budget: PurgeBudget): void {
    this.#sql.exec("UPDATE purge_state SET full_at_ms = ? WHERE id = 1", budget.fullAt);
  }
}
