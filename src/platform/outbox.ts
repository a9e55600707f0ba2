import { epochMs, type EpochMs } from "#kernel";
import { retryDelayMs } from "./due-table.ts";
import type { Destination, EventEnvelope } from "./events.ts";

/** A queue takes 100 messages and 256 KB a batch; we stay below with room for metadata (platform limits page). */
const MAX_BATCH_MESSAGES = 100;
const MAX_BATCH_CHARACTERS = 60_000;
/**
 * A row that was sent but not yet acknowledged is sent again after this long at the earliest. One for shipping is
 * acknowledged when its units are packed, which takes a while of its own.
 */
const RESEND_BASE_MS: Readonly<Record<Destination, number>> = {
  projection: 5_000,
  notifications: 5_000,
  shipping: 15_000,
};

/**
 * Milliseconds for which events are gathered before they leave: the steps of one order take about as long, so they go
 * as one message for each consumer instead of one each. Whatever is due within this time goes along.
 */
export const GATHER_MS = 250;

const DESTINATIONS: readonly Destination[] = ["projection", "shipping", "notifications"];

type OutboxRow = { readonly sequence: number; readonly body: string; readonly attempts: number };

type RowName = { readonly destination: Destination; readonly sequence: number };
const nameOf = ({ destination, sequence }: RowName): string => `${destination} ${sequence}`;

type Addition = { readonly sequence: number; readonly body: string; readonly atMs: EpochMs };
type Waiting = { readonly sequence: number; readonly at: EpochMs };

/** Events on their way to one consumer. */
export type OutboxBatch = { readonly destination: Destination; readonly rows: readonly OutboxRow[] };

export type QueueSender = { sendBatch(messages: Iterable<{ body: unknown }>): Promise<unknown> };
/**
 * What waits in an outbox; `oldestAt` is when the oldest event of it happened, shipping events left out: those wait on
 * purpose until their units are packed, the oldest since `shippingSince`.
 */
export type OutboxAudit = {
  readonly waiting: number;
  readonly oldestAt?: EpochMs;
  readonly shippingSince?: EpochMs;
};
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

  /** Forgets what is known from memory; call it when a transaction was rolled back. */
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
      .exec<RowName>("SELECT destination, sequence FROM outbox WHERE attempts > 0 LIMIT ?", applied.size + 1)
      .toArray()
      .every((row) => applied.has(nameOf(row)));
  }

  /** Strikes the rows that consumers have applied; call {@link forgetApplied} when the transaction is through. */
  strikeApplied(): void {
    if (this.#applied.length === 0) return;
    this.forget();
    for (const { destination, sequence } of this.#applied)
      this.#sql.exec("DELETE FROM outbox WHERE destination = ? AND sequence = ?", destination, sequence);
  }

  forgetApplied(): void {
    if (this.#applied.length > 0) this.#applied = [];
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
    const row = this.#sql
      .exec<{ n: number; oldest: string | null; shipping: string | null }>(
        `SELECT count(*) AS n,
           min(CASE WHEN destination <> 'shipping' THEN body ->> '$.occurredAt' END) AS oldest,
           min(CASE WHEN destination = 'shipping' THEN body ->> '$.occurredAt' END) AS shipping FROM outbox`,
      )
      .one();
    return {
      waiting: row.n,
      ...(row.oldest === null ? {} : { oldestAt: epochMs(Date.parse(row.oldest)) }),
      ...(row.shipping === null ? {} : { shippingSince: epochMs(Date.parse(row.shipping)) }),
    };
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
    return DESTINATIONS.map((destination) => ({
      destination,
      rows: this.#take(destination, now, until),
    })).filter(({ rows }) => rows.length > 0);
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

  #take(destination: Destination, now: EpochMs, until: EpochMs): OutboxRow[] {
    const rows = this.#sql
      .exec<OutboxRow>(
        `SELECT sequence, body, attempts FROM outbox
         WHERE destination = ? AND next_at_ms <= CASE attempts WHEN 0 THEN ? ELSE ? END ORDER BY sequence LIMIT ?`,
        destination,
        until,
        now + GATHER_MS,
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
        now + Math.max(RESEND_BASE_MS[destination], retryDelayMs(row.attempts + 2)),
        destination,
        row.sequence,
      );
    }
    return taken;
  }
}
