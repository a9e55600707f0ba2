import { epochMs, type EpochMs, type Result } from "#kernel";
import type { LedgerEntry, OrderRefusal, PlacedReply } from "#orders";
import { ORDER_EVENT_VERSION, type RecordedEvent } from "../../src/orders/domain/events.ts";
import type { Posting } from "../../src/orders/domain/ledger.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";

/** The SQL of an order object. Writes are called inside its transactions only. */
export const ORDER_MIGRATIONS: readonly string[] = [
  "CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, state TEXT NOT NULL) STRICT",
  `CREATE TABLE events (
    sequence INTEGER PRIMARY KEY, type TEXT NOT NULL, version INTEGER NOT NULL, occurred_at_ms INTEGER NOT NULL,
    data TEXT NOT NULL, actor TEXT NOT NULL) STRICT`,
  `CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, event_sequence INTEGER NOT NULL, account TEXT NOT NULL,
    debit_minor INTEGER NOT NULL CHECK (debit_minor >= 0), credit_minor INTEGER NOT NULL CHECK (credit_minor >= 0),
    reference TEXT NOT NULL, occurred_at_ms INTEGER NOT NULL) STRICT`,
  "CREATE TABLE reply (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT",
];

type LedgerRow = {
  sequence: number;
  account: string;
  debit_minor: number;
  credit_minor: number;
  reference: string;
  occurred_at_ms: number;
};
type StoredReply = Result<PlacedReply, OrderRefusal>;

export class OrderStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  state(): OrderState | undefined {
    const row = this.#sql.exec<{ state: string }>("SELECT state FROM snapshot WHERE id = 1").toArray()[0];
    // Written by this object only, from the decider's state.
    return row ? (JSON.parse(row.state) as OrderState) : undefined;
  }

  saveState(state: OrderState): void {
    this.#sql.exec(
      "INSERT INTO snapshot (id, version, state) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state",
      state.version,
      JSON.stringify(state),
    );
  }

  append(recorded: RecordedEvent, actor: string): void {
    this.#sql.exec(
      "INSERT INTO events (sequence, type, version, occurred_at_ms, data, actor) VALUES (?, ?, ?, ?, ?, ?)",
      recorded.sequence,
      recorded.event.type,
      ORDER_EVENT_VERSION,
      recorded.occurredAt,
      JSON.stringify(recorded.event),
      actor,
    );
  }

  post(recorded: RecordedEvent, postings: readonly Posting[], reference: string): void {
    for (const posting of postings) {
      this.#sql.exec(
        "INSERT INTO ledger (event_sequence, account, debit_minor, credit_minor, reference, occurred_at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        recorded.sequence,
        posting.account,
        posting.debitMinor,
        posting.creditMinor,
        reference,
        recorded.occurredAt,
      );
    }
  }

  ledger(): LedgerEntry[] {
    return this.#sql
      .exec<LedgerRow>(
        "SELECT sequence, account, debit_minor, credit_minor, reference, occurred_at_ms FROM ledger ORDER BY sequence LIMIT 1000",
      )
      .toArray()
      .map((row) => ({
        sequence: row.sequence,
        account: row.account,
        debitMinor: row.debit_minor,
        creditMinor: row.credit_minor,
        reference: row.reference,
        occurredAt: epochMs(row.occurred_at_ms),
      }));
  }

  events(): RecordedEvent[] {
    return this.#sql
      .exec<{ sequence: number; occurred_at_ms: number; data: string }>(
        "SELECT sequence, occurred_at_ms, data FROM events ORDER BY sequence LIMIT 1000",
      )
      .toArray()
      .map((row) => ({
        sequence: row.sequence,
        occurredAt: epochMs(row.occurred_at_ms) satisfies EpochMs,
        event: JSON.parse(row.data) as RecordedEvent["event"],
      }));
  }

  reply(): StoredReply | undefined {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM reply WHERE id = 1").toArray()[0];
    return row ? (JSON.parse(row.body) as StoredReply) : undefined;
  }

  /** The first reply stays for ever. */
  saveReply(reply: StoredReply): void {
    this.#sql.exec("INSERT OR IGNORE INTO reply (id, body) VALUES (1, ?)", JSON.stringify(reply));
  }
}
