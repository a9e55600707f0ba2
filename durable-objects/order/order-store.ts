import { epochMs, type EpochMs, type Result } from "#kernel";
import type {
  LedgerEntry,
  OrderAudit,
  OrderEventPage,
  OrderEventType,
  PlacedReply,
  PlacementRefusal,
} from "#orders";
import { ORDER_EVENT_VERSION, type RecordedEvent } from "../../src/orders/domain/events.ts";
import type { Posting } from "../../src/orders/domain/ledger.ts";
import { MAX_EVENT_PAGE } from "../../src/orders/domain/limits.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";

/**
 * The SQL of an order object. Writes are called inside its transactions only. Postings are never deleted, so their numbers
 * need no AUTOINCREMENT, which would keep and write a table of its own.
 */
export const ORDER_MIGRATIONS: readonly string[] = [
  "CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, state TEXT NOT NULL) STRICT",
  `CREATE TABLE events (
    sequence INTEGER PRIMARY KEY, type TEXT NOT NULL, version INTEGER NOT NULL, occurred_at_ms INTEGER NOT NULL,
    data TEXT NOT NULL, actor TEXT NOT NULL) STRICT`,
  `CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY, event_sequence INTEGER NOT NULL, account TEXT NOT NULL,
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
type EventRow = {
  sequence: number;
  type: string;
  version: number;
  occurred_at_ms: number;
  actor: string;
  data: string;
};
type StoredReply = Result<PlacedReply, PlacementRefusal>;

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

  /** The events of one transaction, in one statement. */
  append(log: readonly RecordedEvent[], actor: string): void {
    const rows = log.map(({ sequence, occurredAt, event }) => ({ sequence, occurredAt, event }));
    this.#sql.exec(
      `INSERT INTO events (sequence, type, version, occurred_at_ms, data, actor)
       SELECT value ->> 'sequence', value ->> '$.event.type', ?2, value ->> 'occurredAt', value -> 'event', ?3
       FROM json_each(?1)`,
      JSON.stringify(rows),
      ORDER_EVENT_VERSION,
      actor,
    );
  }

  /** The postings of one transaction, in one statement; none when no money moved. */
  post(postings: readonly (Posting & { readonly sequence: number })[], reference: string, at: EpochMs): void {
    if (postings.length === 0) return;
    this.#sql.exec(
      `INSERT INTO ledger (event_sequence, account, debit_minor, credit_minor, reference, occurred_at_ms)
       SELECT value ->> 'sequence', value ->> 'account', value ->> 'debitMinor', value ->> 'creditMinor', ?2, ?3
       FROM json_each(?1)`,
      JSON.stringify(postings),
      reference,
      at,
    );
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

  /** Sums per account; debits and credits are equal over all of them. */
  ledgerSums(): OrderAudit["ledger"] {
    const accounts = this.#sql
      .exec<{ account: string; debit: number; credit: number }>(
        "SELECT account, sum(debit_minor) AS debit, sum(credit_minor) AS credit FROM ledger GROUP BY account ORDER BY account",
      )
      .toArray()
      .map((row) => ({ account: row.account, debitMinor: row.debit, creditMinor: row.credit }));
    return {
      debitMinor: accounts.reduce((sum, row) => sum + row.debitMinor, 0),
      creditMinor: accounts.reduce((sum, row) => sum + row.creditMinor, 0),
      accounts,
    };
  }

  /** A page of the log for others: the order's secret is blotted out. */
  page({ after, limit }: { readonly after: number; readonly limit: number }): OrderEventPage {
    const size = Math.min(Math.max(1, Math.trunc(limit)), MAX_EVENT_PAGE);
    const rows = this.#sql
      .exec<EventRow>(
        `SELECT sequence, type, version, occurred_at_ms, actor,
           CASE type WHEN 'order.placed' THEN json_set(data, '$.accessKey', '') ELSE data END AS data
         FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?`,
        Math.max(0, Math.trunc(after)),
        size,
      )
      .toArray();
    const items = rows.map((row) => ({
      sequence: row.sequence,
      // Written by this object only, from the decider's events.
      type: row.type as OrderEventType,
      version: row.version,
      occurredAt: epochMs(row.occurred_at_ms),
      actor: row.actor,
      body: row.data,
    }));
    const last = items.at(-1);
    return { items, ...(last && items.length === size ? { nextAfter: last.sequence } : {}) };
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
