import type { Allocation, HoldClaim } from "#inventory";
import { DAY_MS, epochMs, type CursorPart, type EpochMs, type Page } from "#kernel";
import { keysetPage } from "#platform";
import type { HoldRecord } from "../../src/inventory/domain/holds.ts";
import { HOLD_RETENTION_DAYS } from "../../src/inventory/domain/limits.ts";
import { claimKey, claimOf } from "./claim-key.ts";

/**
 * Claims by their key. `due_at_ms` is when the object has to look at the row again: an open hold asks its order then, a
 * finished one becomes a line of its day's summary. One index serves both, and finds the open ones among many finished.
 */
export const HOLD_TABLES: readonly string[] = [
  `CREATE TABLE holds (
    claim TEXT PRIMARY KEY, quantity INTEGER NOT NULL CHECK (quantity >= 0), status TEXT NOT NULL,
    is_counted INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL, backordered INTEGER NOT NULL,
    allocations TEXT NOT NULL, due_at_ms INTEGER NOT NULL, inquiries INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID`,
  "CREATE INDEX holds_due ON holds (status, due_at_ms)",
  `CREATE TABLE hold_days (
    day TEXT NOT NULL, status TEXT NOT NULL, holds INTEGER NOT NULL, units INTEGER NOT NULL,
    PRIMARY KEY (day, status)) STRICT, WITHOUT ROWID`,
];

type HoldRow = {
  claim: string;
  quantity: number;
  status: string;
  is_counted: number;
  expires_at_ms: number;
  backordered: number;
  allocations: string;
  due_at_ms: number;
  inquiries: number;
};

/** A hold whose time has come, and how often its order was asked in vain. */
export type DueHold = { readonly hold: HoldRecord; readonly inquiries: number };

/** The SQL of a stock object's holds. Called inside the object's transactions. */
export class HoldTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(claim: HoldClaim): HoldRecord | undefined {
    const row = this.#sql.exec<HoldRow>("SELECT * FROM holds WHERE claim = ?", claimKey(claim)).toArray()[0];
    return row && readHold(row);
  }

  insert(hold: HoldRecord, now: EpochMs): void {
    this.#sql.exec(
      `INSERT INTO holds (claim, quantity, status, is_counted, expires_at_ms, backordered, allocations, due_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      claimKey(hold),
      hold.quantity,
      hold.status,
      hold.isCounted ? 1 : 0,
      hold.expiresAt,
      hold.backordered,
      JSON.stringify(hold.allocations),
      dueAt(hold, now),
    );
  }

  update(hold: HoldRecord, now: EpochMs): void {
    this.#sql.exec(
      "UPDATE holds SET status = ?, expires_at_ms = ?, due_at_ms = ?, inquiries = 0 WHERE claim = ?",
      hold.status,
      hold.expiresAt,
      dueAt(hold, now),
      claimKey(hold),
    );
  }

  /** The order could not be asked: its hold stands until the next try. */
  postpone(claim: HoldClaim, until: EpochMs): void {
    this.#sql.exec(
      "UPDATE holds SET due_at_ms = ?, inquiries = inquiries + 1 WHERE claim = ? AND status = 'held'",
      until,
      claimKey(claim),
    );
  }

  /** When the next row wants to be looked at. */
  nextDue(): EpochMs | undefined {
    const times = STATUSES.flatMap((status) => {
      const row = this.#sql.exec<{ at: number | null }>(
        "SELECT min(due_at_ms) AS at FROM holds WHERE status = ?",
        status,
      );
      return row.one().at ?? [];
    });
    return times.length === 0 ? undefined : epochMs(Math.min(...times));
  }

  /** Open holds whose deadline has passed, the longest waiting first. */
  overdue(now: EpochMs, limit: number): DueHold[] {
    return this.#sql
      .exec<HoldRow>(
        "SELECT * FROM holds WHERE status = 'held' AND due_at_ms <= ? ORDER BY due_at_ms LIMIT ?",
        now,
        limit,
      )
      .toArray()
      .map((row) => ({ hold: readHold(row), inquiries: row.inquiries }));
  }

  /** Open holds, the next deadline first, from behind the last row of the page before. */
  open(limit: number, [dueAtMs = -1, claim = ""]: readonly CursorPart[] = []): Page<HoldRecord> {
    const rows = this.#sql
      .exec<HoldRow>(
        `SELECT * FROM holds WHERE status = 'held' AND (due_at_ms, claim) > (?, ?)
         ORDER BY due_at_ms, claim LIMIT ?`,
        dueAtMs,
        claim,
        limit + 1,
      )
      .toArray();
    return keysetPage(rows, limit, { item: readHold, key: (row) => [row.due_at_ms, row.claim] });
  }

  /** Units that open holds claim, by location: what `held` has to be. */
  claimed(): Map<string, number> {
    const rows = this.#sql
      .exec<{ location: string; units: number }>(
        `SELECT part.value ->> 'location' AS location, sum(part.value ->> 'quantity') AS units
         FROM holds, json_each(holds.allocations) AS part
         WHERE status = 'held' AND is_counted = 1 GROUP BY 1`,
      )
      .toArray();
    return new Map(rows.map(({ location, units }) => [location, units]));
  }

  /** Makes finished holds of old a part of their days' summaries. The journal keeps what they moved. */
  summarise(now: EpochMs, limit: number): void {
    for (const status of ["committed", "released"] as const) {
      const rows = this.#sql
        .exec<HoldRow>(
          "SELECT * FROM holds WHERE status = ? AND due_at_ms <= ? ORDER BY due_at_ms LIMIT ?",
          status,
          now,
          limit,
        )
        .toArray();
      for (const { claim, quantity, expires_at_ms: at } of rows) {
        this.#sql.exec(
          `INSERT INTO hold_days (day, status, holds, units) VALUES (?, ?, 1, ?)
           ON CONFLICT (day, status) DO UPDATE SET holds = holds + 1, units = units + excluded.units`,
          new Date(at).toISOString().slice(0, 10),
          status,
          quantity,
        );
        this.#sql.exec("DELETE FROM holds WHERE claim = ?", claim);
      }
    }
  }
}

const STATUSES = ["held", "committed", "released"] as const;

const dueAt = (hold: HoldRecord, now: EpochMs): number =>
  hold.status === "held" ? hold.expiresAt : now + HOLD_RETENTION_DAYS * DAY_MS;

const readHold = (row: HoldRow): HoldRecord => ({
  ...claimOf(row.claim),
  quantity: row.quantity,
  // Status and allocations are written by this object only.
  status: row.status as HoldRecord["status"],
  isCounted: row.is_counted === 1,
  expiresAt: epochMs(row.expires_at_ms),
  backordered: row.backordered,
  allocations: JSON.parse(row.allocations) as Allocation[],
});
