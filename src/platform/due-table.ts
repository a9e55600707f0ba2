import { epochMs, type EpochMs } from "#kernel";

/** Wait before a due entry that threw or crashed is tried again: doubles from one second to five minutes. */
const RETRY_BASE_MS = 1_000;
const RETRY_MAX_MS = 5 * 60_000;

export const retryDelayMs = (attempts: number): number =>
  Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(attempts, 20));

export type DueEntry = { readonly key: string; readonly atMs: EpochMs; readonly attempts: number };

/** Many named deadlines on the one alarm that an object has. Rows live in the object's SQLite, so they survive a crash. */
export class DueTable {
  static readonly migration =
    "CREATE TABLE due (key TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0) STRICT";

  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Sets the deadline of `key` and forgets earlier attempts. */
  set(key: string, atMs: EpochMs): void {
    this.#sql.exec(
      "INSERT INTO due (key, at_ms) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at_ms = excluded.at_ms, attempts = 0",
      key,
      atMs,
    );
  }

  /** Whether `key` has a deadline, passed or not. */
  has(key: string): boolean {
    return this.#sql.exec("SELECT 1 FROM due WHERE key = ?", key).toArray().length > 0;
  }

  clear(key: string): void {
    this.#sql.exec("DELETE FROM due WHERE key = ?", key);
  }

  /** The earliest deadline, for the alarm. */
  earliest(): EpochMs | undefined {
    const row = this.#sql.exec<{ at_ms: number | null }>("SELECT min(at_ms) AS at_ms FROM due").one();
    return row.at_ms === null ? undefined : epochMs(row.at_ms);
  }

  /** Entries that are due, earliest first. */
  dueAt(now: EpochMs): DueEntry[] {
    return this.#sql
      .exec<{ key: string; at_ms: number; attempts: number }>(
        "SELECT key, at_ms, attempts FROM due WHERE at_ms <= ? ORDER BY at_ms LIMIT 32",
        now,
      )
      .toArray()
      .map((row) => ({ key: row.key, atMs: epochMs(row.at_ms), attempts: row.attempts }));
  }

  /** Claims an entry before its work starts: a crash or a throw leaves it due again later. */
  claim(entry: DueEntry, now: EpochMs): DueEntry {
    const claimed = {
      key: entry.key,
      atMs: epochMs(now + retryDelayMs(entry.attempts)),
      attempts: entry.attempts + 1,
    };
    this.#sql.exec(
      "UPDATE due SET at_ms = ?, attempts = ? WHERE key = ?",
      claimed.atMs,
      claimed.attempts,
      entry.key,
    );
    return claimed;
  }

  /** Ends a claimed entry unless its work has set a new deadline meanwhile. */
  finish(claimed: DueEntry): void {
    this.#sql.exec(
      "DELETE FROM due WHERE key = ? AND at_ms = ? AND attempts = ?",
      claimed.key,
      claimed.atMs,
      claimed.attempts,
    );
  }
}
