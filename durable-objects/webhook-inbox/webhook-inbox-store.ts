import { epochMs, isId, type EpochMs } from "#kernel";
import type { InboxEntry, InboxMessage, InboxState } from "#payments";

type Row = {
  readonly provider: string;
  readonly event_id: string;
  readonly type: string;
  readonly order_id: string;
  readonly state: InboxState;
  readonly deliveries: number;
  readonly attempts: number;
  readonly received_at_ms: number;
  readonly processed_at_ms: number | null;
  readonly last_error: string | null;
};

type Name = Pick<InboxMessage, "provider" | "eventId">;

/** The SQL of one inbox. Every method is synchronous, for use inside a transaction. */
export class WebhookInboxStore {
  static readonly migrations = [
    `CREATE TABLE messages (provider TEXT NOT NULL, event_id TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('working', 'processed', 'failed')), deliveries INTEGER NOT NULL,
      attempts INTEGER NOT NULL, received_at_ms INTEGER NOT NULL, lease_until_ms INTEGER, processed_at_ms INTEGER,
      last_error TEXT, PRIMARY KEY (provider, event_id)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX messages_by_age ON messages (received_at_ms)`,
    `CREATE INDEX messages_by_lease ON messages (lease_until_ms) WHERE lease_until_ms IS NOT NULL`,
  ];

  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find({ provider, eventId }: Name): InboxEntry | undefined {
    const rows = this.#sql
      .exec<Row>("SELECT * FROM messages WHERE provider = ? AND event_id = ?", provider, eventId)
      .toArray();
    return rows.flatMap(toEntry)[0];
  }

  add(message: InboxMessage, now: EpochMs, leaseUntil: EpochMs): void {
    this.#sql.exec(
      `INSERT INTO messages (provider, event_id, type, order_id, state, deliveries, attempts, received_at_ms, lease_until_ms)
       VALUES (?, ?, ?, ?, 'working', 1, 1, ?, ?)`,
      message.provider,
      message.eventId,
      message.type,
      message.orderId,
      now,
      leaseUntil,
    );
  }

  countDelivery({ provider, eventId }: Name): void {
    this.#sql.exec(
      "UPDATE messages SET deliveries = deliveries + 1 WHERE provider = ? AND event_id = ?",
      provider,
      eventId,
    );
  }

  /** Takes the lease for another try. */
  lease({ provider, eventId }: Name, until: EpochMs): void {
    this.#sql.exec(
      `UPDATE messages SET state = 'working', attempts = attempts + 1, lease_until_ms = ?
       WHERE provider = ? AND event_id = ?`,
      until,
      provider,
      eventId,
    );
  }

  markProcessed({ provider, eventId }: Name, now: EpochMs): void {
    this.#sql.exec(
      `UPDATE messages SET state = 'processed', processed_at_ms = ?, lease_until_ms = NULL, last_error = NULL
       WHERE provider = ? AND event_id = ?`,
      now,
      provider,
      eventId,
    );
  }

  /** Without `retryAt` it is given up. */
  markFailed({ provider, eventId }: Name, reason: string, retryAt: EpochMs | undefined): void {
    this.#sql.exec(
      `UPDATE messages SET state = ?, lease_until_ms = ?, last_error = ? WHERE provider = ? AND event_id = ?`,
      retryAt === undefined ? "failed" : "working",
      retryAt ?? null,
      reason,
      provider,
      eventId,
    );
  }

  /** Messages whose worker has not come back. */
  abandoned(now: EpochMs, limit: number): readonly InboxEntry[] {
    return this.#sql
      .exec<Row>(
        "SELECT * FROM messages WHERE lease_until_ms <= ? ORDER BY lease_until_ms LIMIT ?",
        now,
        limit,
      )
      .toArray()
      .flatMap(toEntry);
  }

  nextLeaseEnd(): EpochMs | undefined {
    const row = this.#sql.exec<{ at: number | null }>("SELECT min(lease_until_ms) AS at FROM messages").one();
    return row.at === null ? undefined : epochMs(row.at);
  }

  list(before: EpochMs, limit: number): readonly InboxEntry[] {
    return this.#sql
      .exec<Row>(
        "SELECT * FROM messages WHERE received_at_ms < ? ORDER BY received_at_ms DESC LIMIT ?",
        before,
        limit,
      )
      .toArray()
      .flatMap(toEntry);
  }

  /** Drops what is older than `before`, and the oldest beyond `maxRows`; what is being worked on stays. */
  purge(before: EpochMs, maxRows: number): void {
    this.#sql.exec("DELETE FROM messages WHERE received_at_ms < ? AND lease_until_ms IS NULL", before);
    this.#sql.exec(
      `DELETE FROM messages WHERE lease_until_ms IS NULL AND received_at_ms <=
        (SELECT received_at_ms FROM messages ORDER BY received_at_ms DESC LIMIT 1 OFFSET ?)`,
      maxRows,
    );
  }
}

function toEntry(row: Row): InboxEntry[] {
  const orderId = row.order_id;
  if (!isId("ord", orderId)) return [];
  return [
    {
      provider: row.provider,
      eventId: row.event_id,
      type: row.type,
      orderId,
      state: row.state,
      deliveries: row.deliveries,
      attempts: row.attempts,
      receivedAt: epochMs(row.received_at_ms),
      ...(row.processed_at_ms === null ? {} : { processedAt: epochMs(row.processed_at_ms) }),
      ...(row.last_error === null ? {} : { lastError: row.last_error }),
    },
  ];
}
