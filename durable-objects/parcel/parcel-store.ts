import { epochMs, type EpochMs } from "#kernel";
import type { CarrierScanMessage, ParcelBooking } from "#fulfilment";
import { UNBOOKED, type CarrierState } from "../../src/fulfilment/domain/carrier.ts";

/** The SQL of a parcel object. Called inside its transactions only. */
export const PARCEL_MIGRATIONS: readonly string[] = [
  `CREATE TABLE parcel (
    id INTEGER PRIMARY KEY CHECK (id = 1), booking TEXT NOT NULL, state TEXT NOT NULL) STRICT`,
  `CREATE TABLE scans (
    scan_id TEXT PRIMARY KEY, body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at_ms INTEGER NOT NULL) STRICT`,
];

/** Scans sent in one go; a parcel has three in its life. */
const MAX_SCANS = 10;

export type WaitingScan = {
  readonly scanId: string;
  readonly message: CarrierScanMessage;
  readonly attempts: number;
};

export class ParcelStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  booking(): ParcelBooking | undefined {
    const row = this.#sql.exec<{ booking: string }>("SELECT booking FROM parcel").toArray()[0];
    // Written by this object only.
    return row ? (JSON.parse(row.booking) as ParcelBooking) : undefined;
  }

  state(): CarrierState {
    const row = this.#sql.exec<{ state: string }>("SELECT state FROM parcel").toArray()[0];
    return row ? (JSON.parse(row.state) as CarrierState) : UNBOOKED;
  }

  save(booking: ParcelBooking, state: CarrierState): void {
    this.#sql.exec(
      "INSERT INTO parcel (id, booking, state) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
      JSON.stringify(booking),
      JSON.stringify(state),
    );
  }

  addScan(scan: CarrierScanMessage, now: EpochMs): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO scans (scan_id, body, next_at_ms) VALUES (?, ?, ?)",
      scan.scanId,
      JSON.stringify(scan),
      now,
    );
  }

  strikeScans(scanIds: readonly string[]): void {
    for (const scanId of scanIds) this.#sql.exec("DELETE FROM scans WHERE scan_id = ?", scanId);
  }

  /** When the next scan wants to be sent, if one still waits. */
  nextScanAt(): EpochMs | undefined {
    const row = this.#sql.exec<{ at: number | null }>("SELECT min(next_at_ms) AS at FROM scans").one();
    return row.at === null ? undefined : epochMs(row.at);
  }

  scansDueAt(now: EpochMs): WaitingScan[] {
    return this.#sql
      .exec<{ scan_id: string; body: string; attempts: number }>(
        "SELECT scan_id, body, attempts FROM scans WHERE next_at_ms <= ? ORDER BY scan_id LIMIT ?",
        now,
        MAX_SCANS,
      )
      .toArray()
      .map((row) => ({
        scanId: row.scan_id,
        message: JSON.parse(row.body) as CarrierScanMessage,
        attempts: row.attempts,
      }));
  }

  /** Notes an attempt before it is made, so that a crash while sending only delays the next one. */
  postponeScan(scan: WaitingScan, until: EpochMs): void {
    this.#sql.exec(
      "UPDATE scans SET attempts = ?, next_at_ms = ? WHERE scan_id = ?",
      scan.attempts + 1,
      until,
      scan.scanId,
    );
  }
}
