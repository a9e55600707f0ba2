import { epochMs, type EpochMs } from "#kernel";
import type { Destination, EventEnvelope } from "./events.ts";
import { auditOutbox, type OutboxAudit } from "./outbox-audit.ts";
import { DESTINATIONS, GATHER_MS, MAX_BATCH_MESSAGES, oneBatch, resendDelayMs } from "./outbox-limits.ts";

type OutboxRow = { readonly sequence: number; readonly body: string; readonly attempts: number };
type DueRow = OutboxRow & { readonly destination: Destination };

type RowName = { readonly destination: Destination; readonly sequence: number };
const bySequence = (a: OutboxRow, b: OutboxRow): number => a.sequence - b.sequence;
const nameOf = ({ destination, sequence }: RowName): string => `${destination} ${sequence}`;

type Addition = { readonly sequence: number; readonly body: string; readonly atMs: EpochMs };
type Waiting = { readonly sequence: number; readonly at: EpochMs };

// Their bounds stand in the text: SQLite prepares a statement anew for each value that is bound to its LIMIT.
/**
 * What is due, or was never sent and is due until the first time given: as much as a batch for each consumer, and mostly
 * all of it. What was never sent comes first, so that what a dead consumer leaves unanswered holds up none of it.
 */
const DUE_SQL = `SELECT destination, sequence, body, attempts FROM outbox
  WHERE next_at_ms <= CASE attempts WHEN 0 THEN ? ELSE ? END
  ORDER BY attempts, sequence LIMIT ${MAX_BATCH_MESSAGES * DESTINATIONS.length}`;
/** What was sent and not struck yet; one more than consumers acknowledge at once, so that a row that is left shows. */
const SENT_SQL = `SELECT destination, sequence FROM outbox WHERE attempts > 0
  LIMIT ${MAX_BATCH_MESSAGES * DESTINATIONS.length + 1}`;

/** Events on their way to one consumer. */
export type OutboxBatch = { readonly destination: Destination; readonly rows: readonly OutboxRow[] };

export type QueueSender = { sendBatch(messages: Iterable<{ body: unknown }>): Promise<unknown> };
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
  // Of events that replace each other: the one row that waits for its destination, where that is known.
  readonly #latest = new Map<Destination, Waiting>();
  // Destinations of a new object that no row was ever written for: no rollback and no strike can bring one back.
  readonly #unused = new Set<Destination>();
  // At most one batch of each consumer between two transactions.
  #applied: RowName[] = [];
  // Taken by a transaction that is not through yet, and by those that are: these wait for their flush.
  #taken: OutboxBatch[] = [];
  #leaving: OutboxBatch[] = [];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Whether any row was written since the last call. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  /** Tells that the table was just created, so that nobody has to ask what waits in it. */
  startEmpty(): void {
    this.#next = { at: undefined };
    for (const destination of DESTINATIONS) this.#unused.add(destination);
  }

  /** Forgets what is known from memory and what the transaction has taken; call it when one was rolled back. */
  rollBack(): void {
    this.#taken = [];
    this.forget();
  }

  /** What the transaction did has come to stay: what was applied is struck, what was taken may leave. */
  commit(): void {
    if (this.#applied.length > 0) this.#applied = [];
    if (this.#taken.length === 0) return;
    this.#leaving.push(...this.#taken);
    this.#taken = [];
  }

  /** Forgets what is known from memory. */
  forget(): void {
    this.#next = undefined;
    this.#latest.clear();
    this.#hasChanged = true;
  }

  #added(at: EpochMs): void {
    this.#hasChanged = true;
    const known = this.#next;
    if (known) this.#next = { at: known.at === undefined ? at : epochMs(Math.min(known.at, at)) };
  }

  /** Adds an event of which every consumer wants each one; it leaves at `at`, or up to {@link GATHER_MS} before. */
  add(destinations: readonly Destination[], event: EventEnvelope, at: EpochMs): void {
    const body = JSON.stringify(event);
    for (const destination of destinations) {
      this.#unused.delete(destination);
      const { rowsWritten } = this.#sql.exec(
        "INSERT OR IGNORE INTO outbox (destination, sequence, body, next_at_ms) VALUES (?, ?, ?, ?)",
        destination,
        event.sequence,
        body,
        at,
      );
      if (rowsWritten > 0) this.#added(at);
    }
  }

  /**
   * Adds an event that makes waiting ones of this object pointless (a level, not a step); it leaves at `atMs` or, when
   * an older one was due sooner, at that time.
   */
  addLatest(destinations: readonly Destination[], event: EventEnvelope, atMs: EpochMs): void {
    const body = JSON.stringify(event);
    const addition = { sequence: event.sequence, body, atMs };
    for (const destination of destinations) {
      const known = this.#latest.get(destination);
      if (known) this.#replace(destination, addition, known);
      else if (this.#unused.delete(destination)) this.#addAlone(destination, addition);
      else this.#addOnly(destination, addition);
    }
  }

  /** The row that waits alone becomes the newer one. */
  #replace(destination: Destination, { sequence, body, atMs }: Addition, known: Waiting): void {
    const at = epochMs(Math.min(known.at, atMs));
    this.#sql.exec(
      "UPDATE outbox SET sequence = ?, body = ?, next_at_ms = ? WHERE destination = ? AND sequence = ?",
      sequence,
      body,
      at,
      destination,
      known.sequence,
    );
    this.#latest.set(destination, { sequence, at });
    if (at < known.at) this.#added(at);
  }

  /** Adds the row and strikes the older ones of its destination. */
  #addOnly(destination: Destination, { sequence, body, atMs }: Addition): void {
    const waiting = this.#sql
      .exec<{ at: number | null }>(
        "SELECT min(next_at_ms) AS at FROM outbox WHERE destination = ? AND attempts = 0",
        destination,
      )
      .one().at;
    const at = epochMs(waiting === null ? atMs : Math.min(waiting, atMs));
    this.#sql.exec("DELETE FROM outbox WHERE destination = ? AND sequence < ?", destination, sequence);
    // Rows that are replaced may have been the earliest.
    this.forget();
    this.#addAlone(destination, { sequence, body, atMs: at });
  }

  /** Adds the only row of its destination. */
  #addAlone(destination: Destination, { sequence, body, atMs }: Addition): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO outbox (destination, sequence, body, next_at_ms) VALUES (?, ?, ?, ?)",
      destination,
      sequence,
      body,
      atMs,
    );
    this.#added(atMs);
    this.#latest.set(destination, { sequence, at: atMs });
  }

  /**
   * Notes what a consumer has applied. The rows go with the next transaction, which saves one of their own; when the
   * object forgets before, they are sent once more and change nothing the second time.
   */
  noteApplied(destination: Destination, sequences: readonly number[]): void {
    for (const sequence of sequences) this.#applied.push({ destination, sequence });
  }

  /** Whether rows wait to be struck. */
  get hasApplied(): boolean {
    return this.#applied.length > 0;
  }

  /** Whether consumers have applied all that was sent, so that there is nothing left to send again. */
  get isAllApplied(): boolean {
    const applied = new Set(this.#applied.map(nameOf));
    if (applied.size === 0) return false;
    return this.#sql
      .exec<RowName>(SENT_SQL)
      .toArray()
      .every((row) => applied.has(nameOf(row)));
  }

  /** Strikes the rows that consumers have applied; call {@link commit} when the transaction is through. */
  strikeApplied(): void {
    if (this.#applied.length === 0) return;
    this.forget();
    for (const { destination, sequence } of this.#applied)
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
    this.strikeApplied();
    return auditOutbox(this.#sql);
  }

  size(): number {
    this.strikeApplied();
    return this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n;
  }

  /**
   * Takes what is due, one batch per destination, and marks it as sent: in one turn and before anything leaves, which is
   * one write however many destinations there are. What was never sent is due until `until`.
   */
  take(now: EpochMs, until = epochMs(now + GATHER_MS)): OutboxBatch[] {
    if (this.#unused.size === DESTINATIONS.length) return [];
    const due = this.#sql.exec<DueRow>(DUE_SQL, until, now + GATHER_MS).toArray();
    if (due.length > 0) this.forget();
    return DESTINATIONS.map((destination) => {
      const rows = oneBatch(due.filter((row) => row.destination === destination)).toSorted(bySequence);
      for (const row of rows) this.#markSent(row, now);
      return { destination, rows };
    }).filter(({ rows }) => rows.length > 0);
  }

  /**
   * Takes what waits for its first sending until `until`, in the transaction that it is called in, for a
   * {@link departures} after it. A crash in between costs a wait: it is sent as what was sent and not acknowledged.
   */
  takeAlong(now: EpochMs, until: EpochMs): void {
    this.#taken.push(...this.take(now, until));
  }

  /** Whether a transaction has taken anything that has not left. */
  get isLeaving(): boolean {
    return this.#leaving.length > 0;
  }

  /** What transactions have taken, once. */
  departures(): OutboxBatch[] {
    const leaving = this.#leaving;
    this.#leaving = [];
    return leaving;
  }

  /** Sends what was taken; a destination that fails does not hold back the others. */
  async send(
    queues: OutboxQueues,
    batches: readonly OutboxBatch[],
    onFailure: (destination: Destination, error: unknown) => void,
  ): Promise<void> {
    const send = async ({ destination, rows }: OutboxBatch): Promise<void> => {
      try {
        await queues[destination].sendBatch(rows.map((row) => ({ body: JSON.parse(row.body) as unknown })));
      } catch (error) {
        onFailure(destination, error);
      }
    };
    await Promise.all(batches.map(send));
  }

  #markSent({ destination, sequence, attempts }: DueRow, now: EpochMs): void {
    this.#sql.exec(
      "UPDATE outbox SET attempts = attempts + 1, next_at_ms = ? WHERE destination = ? AND sequence = ?",
      now + resendDelayMs(destination, attempts + 1),
      destination,
      sequence,
    );
  }
}
