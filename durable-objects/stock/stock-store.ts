import { epochMs, type EpochMs, type OrderId } from "#kernel";
import type { HoldClaim, JournalEntry, MovementKind, SellingPolicy } from "#inventory";
import type { HoldRecord, Level, Movement } from "../../src/inventory/domain/stock.ts";

/** The SQL of a stock object. Called inside its transactions only. */
export const STOCK_MIGRATIONS: readonly string[] = [
  `CREATE TABLE level (
    location TEXT PRIMARY KEY, on_hand INTEGER NOT NULL, held INTEGER NOT NULL CHECK (held >= 0),
    version INTEGER NOT NULL, journal_sequence INTEGER NOT NULL, policy TEXT NOT NULL) STRICT`,
  `CREATE TABLE holds (
    order_id TEXT PRIMARY KEY, quantity INTEGER NOT NULL CHECK (quantity >= 0), status TEXT NOT NULL,
    is_counted INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL, backordered INTEGER NOT NULL) STRICT`,
  `CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, on_hand_change INTEGER NOT NULL, held_change INTEGER NOT NULL,
    on_hand_after INTEGER NOT NULL, held_after INTEGER NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL,
    reference TEXT NOT NULL, occurred_at_ms INTEGER NOT NULL) STRICT`,
  "CREATE TABLE adjustments (adjustment_id TEXT PRIMARY KEY, applied_at_ms INTEGER NOT NULL) STRICT",
];

/** The text under which a claim is stored: the order id, and the part of an edit behind a slash. */
export const claimKey = ({ orderId, part }: HoldClaim): string =>
  part === 0 ? orderId : `${orderId}/${part}`;

export function claimOf(key: string): HoldClaim {
  const [orderId = "", part = "0"] = key.split("/");
  return { orderId: orderId as OrderId, part: Number(part) };
}

const LOCATION = "main";

type LevelRow = { on_hand: number; held: number; version: number; journal_sequence: number; policy: string };
type HoldRow = {
  order_id: string;
  quantity: number;
  status: string;
  is_counted: number;
  expires_at_ms: number;
  backordered: number;
};
type JournalRow = {
  sequence: number;
  kind: string;
  on_hand_change: number;
  held_change: number;
  on_hand_after: number;
  held_after: number;
  reason: string;
  actor: string;
  reference: string;
  occurred_at_ms: number;
};

export type StoredLevel = Level & { readonly journalSequence: number };
/** The level of a SKU that nobody has touched: it has no units and sells none. */
export const untouchedLevel = (sku: string): StoredLevel => ({
  sku,
  onHand: 0,
  held: 0,
  policy: { kind: "deny" },
  version: 0,
  journalSequence: 0,
});

export type MovementNote = {
  readonly reason: string;
  readonly actor: string;
  readonly reference: string;
  readonly occurredAt: EpochMs;
};

export class StockStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The level; a SKU nobody has touched has no units and sells none. */
  level(sku: string): StoredLevel {
    const row = this.#sql
      .exec<LevelRow>(
        "SELECT on_hand, held, version, journal_sequence, policy FROM level WHERE location = ?",
        LOCATION,
      )
      .toArray()[0];
    if (!row) return untouchedLevel(sku);
    return {
      sku,
      onHand: row.on_hand,
      held: row.held,
      version: row.version,
      journalSequence: row.journal_sequence,
      // Written by this object only, from a parsed policy.
      policy: JSON.parse(row.policy) as SellingPolicy,
    };
  }

  saveLevel(level: StoredLevel): void {
    this.#sql.exec(
      `INSERT INTO level (location, on_hand, held, version, journal_sequence, policy) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (location) DO UPDATE SET on_hand = excluded.on_hand, held = excluded.held,
         version = excluded.version, journal_sequence = excluded.journal_sequence, policy = excluded.policy`,
      LOCATION,
      level.onHand,
      level.held,
      level.version,
      level.journalSequence,
      JSON.stringify(level.policy),
    );
  }

  hold(claim: HoldClaim): HoldRecord | undefined {
    const row = this.#sql
      .exec<HoldRow>("SELECT * FROM holds WHERE order_id = ?", claimKey(claim))
      .toArray()[0];
    if (!row) return undefined;
    return {
      orderId: claim.orderId,
      part: claim.part,
      quantity: row.quantity,
      // Written by this object only.
      status: row.status as HoldRecord["status"],
      isCounted: row.is_counted === 1,
      expiresAt: epochMs(row.expires_at_ms),
      backordered: row.backordered,
    };
  }

  saveHold(hold: HoldRecord): void {
    this.#sql.exec(
      `INSERT INTO holds (order_id, quantity, status, is_counted, expires_at_ms, backordered) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (order_id) DO UPDATE SET status = excluded.status, expires_at_ms = excluded.expires_at_ms`,
      claimKey(hold),
      hold.quantity,
      hold.status,
      hold.isCounted ? 1 : 0,
      hold.expiresAt,
      hold.backordered,
    );
  }

  /** Appends to the journal under the next number. */
  append(level: StoredLevel, movement: Movement, note: MovementNote): void {
    this.#sql.exec(
      `INSERT INTO journal (sequence, kind, on_hand_change, held_change, on_hand_after, held_after, reason, actor, reference, occurred_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      level.journalSequence,
      movement.kind,
      movement.onHandChange,
      movement.heldChange,
      level.onHand,
      level.held,
      note.reason,
      note.actor,
      note.reference,
      note.occurredAt,
    );
  }

  wasAdjusted(adjustmentId: string): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM adjustments WHERE adjustment_id = ?", adjustmentId).toArray().length > 0
    );
  }

  rememberAdjustment(adjustmentId: string, at: EpochMs): void {
    this.#sql.exec("INSERT INTO adjustments (adjustment_id, applied_at_ms) VALUES (?, ?)", adjustmentId, at);
  }

  journal(before: number, limit: number): JournalEntry[] {
    return this.#sql
      .exec<JournalRow>(
        "SELECT * FROM journal WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
        before,
        limit,
      )
      .toArray()
      .map((row) => ({
        sequence: row.sequence,
        kind: row.kind as MovementKind,
        onHandChange: row.on_hand_change,
        heldChange: row.held_change,
        onHandAfter: row.on_hand_after,
        heldAfter: row.held_after,
        reason: row.reason,
        actor: row.actor,
        reference: row.reference,
        occurredAt: epochMs(row.occurred_at_ms),
      }));
  }
}
