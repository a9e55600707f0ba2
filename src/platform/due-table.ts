import { epochMs, type EpochMs } from "#kernel";

/** Wait before a due entry that threw or crashed is tried again: doubles from one second to five minutes. */
const RETRY_BASE_MS = 1_000;
const RETRY_MAX_MS = 5 * 60_000;

/** The last instant that a date can name (ECMA-262, 21.4.1.1). */
const END_OF_TIME = epochMs(8.64e15);

export const retryDelayMs = (attempts: number): number =>
  Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(attempts, 20));

export type DueEntry = { readonly key: string; readonly atMs: EpochMs; readonly attempts: number };

type Earliest = { readonly key: string; readonly atMs: EpochMs } | { readonly key: undefined };

/** Many named deadlines on the one alarm that an object has. Rows live in the object's SQLite, so they survive a crash. */
export class DueTable {
  // Without a row id a deadline is one page and no index beside it. Objects of before the first release have a table of
  // the other form, with the same columns.
  static readonly migration = `CREATE TABLE due (
    key TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID`;

  readonly #sql: SqlStorage;
  // What the table's earliest row is, so that a transaction which leaves the deadlines alone asks nothing.
  #earliest: Earliest | undefined;
  // Deadlines that stand at least so late.
  readonly #postponed = new Map<string, EpochMs>();
  #hasChanged = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Whether any deadline was written since the last call. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  /** Tells that the table was just created, so that nobody has to ask what stands in it. */
  startEmpty(): void {
    this.#earliest = { key: undefined };
  }

  /** Forgets what is known from memory; call it when a transaction was rolled back. */
  forget(): void {
    this.#earliest = undefined;
    this.#postponed.clear();
    this.#hasChanged = true;
  }

  /**
   * Sets a deadline that every change moves a little: it may come up to `stepMs` later than `atMs`, never sooner, and is
   * written again only when it would.
   */
  postpone(key: string, atMs: EpochMs, stepMs: number): void {
    const standing = this.#postponed.get(key);
    if (standing !== undefined && standing >= atMs) return;
    const at = epochMs(atMs + stepMs);
    this.set(key, at);
    this.#postponed.set(key, at);
  }

  /** Sets the deadline of `key` and forgets earlier attempts. */
  set(key: string, atMs: EpochMs): void {
    this.#hasChanged = true;
    this.#postponed.delete(key);
    const known = this.#earliest;
    if (known && (known.key === undefined || atMs <= known.atMs)) this.#earliest = { key, atMs };
    else if (known?.key === key) this.#earliest = undefined;
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
    this.#postponed.delete(key);
    if (this.#earliest && this.#earliest.key === undefined) return;
    this.#hasChanged = true;
    if (this.#earliest?.key === key) this.#earliest = undefined;
    this.#sql.exec("DELETE FROM due WHERE key = ?", key);
  }

  /** The earliest deadline, for the alarm; asks the table only after a change that leaves it open. */
  earliest(): EpochMs | undefined {
    this.#earliest ??= this.#readEarliest();
    return this.#earliest.key === undefined ? undefined : this.#earliest.atMs;
  }

  #readEarliest(): Earliest {
    const row = this.#sql
      .exec<{ key: string; at_ms: number }>("SELECT key, at_ms FROM due ORDER BY at_ms LIMIT 1")
      .toArray()[0];
    return row ? { key: row.key, atMs: epochMs(row.at_ms) } : { key: undefined };
  }

  /** The next entries, due or not, earliest first. */
  all(): DueEntry[] {
    return this.dueAt(END_OF_TIME);
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
    this.forget();
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
    this.forget();
    this.#sql.exec(
      "DELETE FROM due WHERE key = ? AND at_ms = ? AND attempts = ?",
      claimed.key,
      claimed.atMs,
      claimed.attempts,
    );
  }
}
