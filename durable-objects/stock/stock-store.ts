import type { JournalEntry, MovementKind } from "#inventory";
import { epochMs, type EpochMs } from "#kernel";
import type { JournalFacts } from "../../src/inventory/domain/journal.ts";
import { NO_UNITS, untouched, type StockState } from "../../src/inventory/domain/level.ts";
import { DOCUMENT_TABLES } from "./document-table.ts";
import { ESCROW_TABLES } from "./escrow-table.ts";
import { HOLD_TABLES } from "./hold-table.ts";

/**
 * The journal is the truth of the level. A checkpoint every few entries only bounds what is replayed when the object
 * wakes; `told` is the last version that the projection has acknowledged.
 */
export const STOCK_MIGRATIONS: readonly string[] = [
  `CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, location TEXT NOT NULL,
    on_hand_change INTEGER NOT NULL, held_change INTEGER NOT NULL,
    on_hand_after INTEGER NOT NULL, held_after INTEGER NOT NULL CHECK (held_after >= 0),
    others TEXT, reason TEXT NOT NULL, actor TEXT NOT NULL, reference TEXT NOT NULL, occurred_at_ms INTEGER NOT NULL) STRICT`,
  "CREATE TABLE checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT",
  "CREATE TABLE told (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT",
  "CREATE TABLE commands (id TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT",
  ...HOLD_TABLES,
  ...DOCUMENT_TABLES,
  ...ESCROW_TABLES,
];

type JournalRow = {
  sequence: number;
  kind: string;
  location: string;
  on_hand_change: number;
  held_change: number;
  on_hand_after: number;
  held_after: number;
  others: string | null;
  reason: string;
  actor: string;
  reference: string;
  occurred_at_ms: number;
};

export type MovementNote = {
  readonly reason: string;
  readonly actor: string;
  readonly reference: string;
  readonly occurredAt: EpochMs;
};

/** The SQL of a stock object's journal and what stands beside it. Called inside the object's transactions. */
export class StockStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Appends to the journal; its number is taken once, or the statement fails. */
  append(entry: JournalFacts, note: MovementNote): void {
    this.#sql.exec(
      `INSERT INTO journal (sequence, kind, location, on_hand_change, held_change, on_hand_after, held_after, others,
        reason, actor, reference, occurred_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      entry.sequence,
      entry.kind,
      entry.location,
      entry.onHandChange,
      entry.heldChange,
      entry.onHandAfter,
      entry.heldAfter,
      entry.others ? JSON.stringify(entry.others) : null,
      note.reason,
      note.actor,
      note.reference,
      note.occurredAt,
    );
  }

  /** The state that was last written down, or the beginning. */
  checkpoint(sku: string): StockState {
    const row = this.#sql.exec<{ state: string }>("SELECT state FROM checkpoint").toArray()[0];
    if (!row) return untouched(sku);
    // Written by this object only.
    const stored = JSON.parse(row.state) as Omit<StockState, "locations"> & {
      locations: [string, ReturnType<StockState["locations"]["get"]> & object][];
    };
    return {
      ...stored,
      locations: new Map(stored.locations.map(([code, units]) => [code, { ...NO_UNITS, ...units }])),
    };
  }

  saveCheckpoint(state: StockState): void {
    this.#sql.exec(
      "INSERT INTO checkpoint (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
      JSON.stringify({ ...state, locations: [...state.locations] }),
    );
  }

  /** Every entry after a version, oldest first. */
  entriesAfter(version: number): JournalEntry[] {
    return this.#sql
      .exec<JournalRow>("SELECT * FROM journal WHERE sequence > ? ORDER BY sequence", version)
      .toArray()
      .map(readEntry);
  }

  /** Newest first; `before` is exclusive. */
  journal(before: number, limit: number): JournalEntry[] {
    return this.#sql
      .exec<JournalRow>(
        "SELECT * FROM journal WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
        before,
        limit,
      )
      .toArray()
      .map(readEntry);
  }

  /** When the change behind a version happened. */
  changedAt(version: number): EpochMs | undefined {
    const row = this.#sql
      .exec<{ at: number }>("SELECT occurred_at_ms AS at FROM journal WHERE sequence = ?", version)
      .toArray()[0];
    return row && epochMs(row.at);
  }

  toldVersion(): number {
    return this.#sql.exec<{ version: number }>("SELECT version FROM told").toArray()[0]?.version ?? 0;
  }

  saveTold(version: number): void {
    this.#sql.exec(
      "INSERT INTO told (id, version) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version",
      version,
    );
  }

  /** Whether a command with this id was carried out. */
  isDone(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM commands WHERE id = ?", id).toArray().length > 0;
  }

  remember(id: string, version: number): void {
    this.#sql.exec("INSERT INTO commands (id, version) VALUES (?, ?)", id, version);
  }
}

const readEntry = (row: JournalRow): JournalEntry => ({
  sequence: row.sequence,
  // Kind and others are written by this object only.
  kind: row.kind as MovementKind,
  location: row.location,
  onHandChange: row.on_hand_change,
  heldChange: row.held_change,
  onHandAfter: row.on_hand_after,
  heldAfter: row.held_after,
  ...(row.others === null ? {} : { others: JSON.parse(row.others) as NonNullable<JournalEntry["others"]> }),
  reason: row.reason,
  actor: row.actor,
  reference: row.reference,
  occurredAt: epochMs(row.occurred_at_ms),
});
