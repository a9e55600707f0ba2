import { epochMs, type EpochMs } from "#kernel";
import { retryDelayMs } from "./due-table.ts";
import type { Destination, EventEnvelope } from "./events.ts";

/** A queue takes 100 messages and 256 KB a batch; we stay below with room for metadata (platform limits page). */
const MAX_BATCH_MESSAGES = 100;
const MAX_BATCH_CHARACTERS = 60_000;
/** A row that was sent but not yet acknowledged is sent again after this long at the earliest. */
const RESEND_BASE_MS = 5_000;

export type QueueSender = { sendBatch(messages: Iterable<{ body: unknown }>): Promise<unknown> };
/** What waits in an outbox; `oldestAt` is when the oldest event of it happened. */
export type OutboxAudit = { readonly waiting: number; readonly oldestAt?: EpochMs };
export type OutboxQueues = Readonly<Record<Destination, QueueSender>>;

/**
 * Events waiting for their consumers. A row is written in the transaction of the change it tells of, sent after the
 * commit, and struck only when the consumer at its destination says that it has applied it: a queue that loses
 * messages (local ones live in memory) therefore loses nothing.
 */
export class Outbox {
  static readonly migration = `CREATE TABLE outbox (
    destination TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at_ms INTEGER NOT NULL,
    PRIMARY KEY (destination, sequence)) STRICT`;

  readonly #sql: SqlStorage;
  // When the next row wants to be sent, so that a transaction which emits nothing asks nothing.
  #next: { readonly at: EpochMs | undefined } | undefined;
  #hasChanged = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Whether any row was written since the last call. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  /** Forgets what is known from memory; call it when a transaction was rolled back. */
  forget(): void {
    this.#next = undefined;
    this.#hasChanged = true;
  }

  #added(at: EpochMs): void {
    this.#hasChanged = true;
    const known = this.#next;
    if (known) this.#next = { at: known.at === undefined ? at : epochMs(Math.min(known.at, at)) };
  }

  add(destinations: readonly Destination[], event: EventEnvelope, now: EpochMs): void {
    const body = JSON.stringify(event);
    for (const destination of destinations) {
      this.#sql.exec(
        "INSERT OR IGNORE INTO outbox (destination, sequence, body, next_at_ms) VALUES (?, ?, ?, ?)",
        destination,
        event.sequence,
        body,
        now,
      );
      this.#added(now);
    }
  }

  /**
   * Adds an event that makes waiting ones of this object pointless (a level, not a step); it leaves at `atMs` or, when
   * an older one was due sooner, at that time.
   */
  addLatest(destinations: readonly Destination[], event: EventEnvelope, atMs: EpochMs): void {
    const body = JSON.stringify(event);
    for (const destination of destinations) {
      const waiting = this.#sql
        .exec<{ at: number | null }>(
          "SELECT min(next_at_ms) AS at FROM outbox WHERE destination = ? AND attempts = 0",
          destination,
        )
        .one().at;
      this.#sql.exec(
        "DELETE FROM outbox WHERE destination = ? AND sequence < ?",
        destination,
        event.sequence,
      );
      this.#sql.exec(
        "INSERT OR REPLACE INTO outbox (destination, sequence, body, next_at_ms) VALUES (?, ?, ?, ?)",
        destination,
        event.sequence,
        body,
        waiting === null ? atMs : Math.min(waiting, atMs),
      );
      // Rows that were replaced may have been the earliest.
      this.forget();
    }
  }

  /** Strikes rows that the consumer has applied. Repeating is safe. */
  strike(destination: Destination, sequences: readonly number[]): void {
    this.forget();
    for (const sequence of sequences)
      this.#sql.exec("DELETE FROM outbox WHERE destination = ? AND sequence = ?", destination, sequence);
  }

  /** When the next row wants to be sent, if any is left; asks the table only after a change that leaves it open. */
  nextAt(): EpochMs | undefined {
    this.#next ??= this.#readNext();
    return this.#next.at;
  }

  #readNext(): { at: EpochMs | undefined } {
    const row = this.#sql.exec<{ at: number | null }>("SELECT min(next_at_ms) AS at FROM outbox").one();
    return { at: row.at === null ? undefined : epochMs(row.at) };
  }

  /** For reconciliation: reads every body, so it is not for a hot path. */
  audit(): OutboxAudit {
    const row = this.#sql
      .exec<{
        n: number;
        oldest: string | null;
      }>("SELECT count(*) AS n, min(body ->> '$.occurredAt') AS oldest FROM outbox")
      .one();
    return row.oldest === null
      ? { waiting: row.n }
      : { waiting: row.n, oldestAt: epochMs(Date.parse(row.oldest)) };
  }

  size(): number {
    return this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n;
  }

  /** Sends what is due, one batch per destination; a destination that fails does not hold back the others. */
  async drain(
    queues: OutboxQueues,
    now: EpochMs,
    onFailure: (destination: Destination, error: unknown) => void,
  ): Promise<void> {
    for (const destination of ["projection", "shipping", "notifications"] as const) {
      const rows = this.#take(destination, now);
      if (rows.length === 0) continue;
      try {
        await queues[destination].sendBatch(rows.map((row) => ({ body: JSON.parse(row.body) as unknown })));
      } catch (error) {
        onFailure(destination, error);
      }
    }
  }

  #take(destination: Destination, now: EpochMs): { sequence: number; body: string }[] {
    const rows = this.#sql
      .exec<{ sequence: number; body: string; attempts: number }>(
        "SELECT sequence, body, attempts FROM outbox WHERE destination = ? AND next_at_ms <= ? ORDER BY sequence LIMIT ?",
        destination,
        now,
        MAX_BATCH_MESSAGES,
      )
      .toArray();
    let characters = 0;
    const taken = rows.filter((row, index) => {
      characters += row.body.length;
      return index === 0 || characters <= MAX_BATCH_CHARACTERS;
    });
    if (taken.length > 0) this.forget();
    for (const row of taken) {
      this.#sql.exec(
        "UPDATE outbox SET attempts = attempts + 1, next_at_ms = ? WHERE destination = ? AND sequence = ?",
        now + Math.max(RESEND_BASE_MS, retryDelayMs(row.attempts + 2)),
        destination,
        row.sequence,
      );
    }
    return taken;
  }
}
