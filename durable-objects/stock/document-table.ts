import type { Transfer } from "#inventory";
import type { IncomingRecord } from "../../src/inventory/domain/adjustments.ts";

/** Announced receipts and transfers between locations, by the ids that their callers gave them. */
export const DOCUMENT_TABLES: readonly string[] = [
  `CREATE TABLE incoming (
    announcement_id TEXT PRIMARY KEY, location TEXT NOT NULL, quantity INTEGER NOT NULL, received INTEGER NOT NULL,
    expected_at TEXT NOT NULL, reference TEXT) STRICT`,
  "CREATE INDEX incoming_open ON incoming (expected_at) WHERE received < quantity",
  `CREATE TABLE transfers (
    transfer_id TEXT PRIMARY KEY, from_location TEXT NOT NULL, to_location TEXT NOT NULL,
    quantity INTEGER NOT NULL, received INTEGER NOT NULL, lost INTEGER NOT NULL, returned INTEGER NOT NULL,
    is_cancelled INTEGER NOT NULL, CHECK (received + lost + returned <= quantity)) STRICT`,
  "CREATE INDEX transfers_open ON transfers (transfer_id) WHERE received + lost + returned < quantity",
];

type IncomingRow = {
  announcement_id: string;
  location: string;
  quantity: number;
  received: number;
  expected_at: string;
  reference: string | null;
};
type TransferRow = {
  transfer_id: string;
  from_location: string;
  to_location: string;
  quantity: number;
  received: number;
  lost: number;
  returned: number;
  is_cancelled: number;
};

/** The SQL of a stock object's announcements and transfers. Called inside the object's transactions. */
export class DocumentTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  announcement(id: string): IncomingRecord | undefined {
    const row = this.#sql
      .exec<IncomingRow>("SELECT * FROM incoming WHERE announcement_id = ?", id)
      .toArray()[0];
    return row && readIncoming(row);
  }

  saveAnnouncement(incoming: IncomingRecord): void {
    this.#sql.exec(
      `INSERT INTO incoming (announcement_id, location, quantity, received, expected_at, reference)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (announcement_id) DO UPDATE SET location = excluded.location,
         quantity = excluded.quantity, received = excluded.received, expected_at = excluded.expected_at,
         reference = excluded.reference`,
      incoming.announcementId,
      incoming.location,
      incoming.quantity,
      incoming.received,
      incoming.expectedAt,
      incoming.reference ?? null,
    );
  }

  openAnnouncements(limit: number): IncomingRecord[] {
    return this.#sql
      .exec<IncomingRow>(
        "SELECT * FROM incoming WHERE received < quantity ORDER BY expected_at LIMIT ?",
        limit,
      )
      .toArray()
      .map(readIncoming);
  }

  transfer(id: string): Transfer | undefined {
    const row = this.#sql.exec<TransferRow>("SELECT * FROM transfers WHERE transfer_id = ?", id).toArray()[0];
    return row && readTransfer(row);
  }

  saveTransfer(transfer: Transfer): void {
    this.#sql.exec(
      `INSERT INTO transfers (transfer_id, from_location, to_location, quantity, received, lost, returned, is_cancelled)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (transfer_id) DO UPDATE SET received = excluded.received,
         lost = excluded.lost, returned = excluded.returned, is_cancelled = excluded.is_cancelled`,
      transfer.transferId,
      transfer.from,
      transfer.to,
      transfer.quantity,
      transfer.received,
      transfer.lost,
      transfer.returned,
      transfer.isCancelled ? 1 : 0,
    );
  }

  openTransfers(limit: number): Transfer[] {
    return this.#sql
      .exec<TransferRow>(
        "SELECT * FROM transfers WHERE received + lost + returned < quantity ORDER BY transfer_id LIMIT ?",
        limit,
      )
      .toArray()
      .map(readTransfer);
  }
}

const readIncoming = (row: IncomingRow): IncomingRecord => ({
  announcementId: row.announcement_id,
  location: row.location,
  quantity: row.quantity,
  received: row.received,
  expectedAt: row.expected_at,
  ...(row.reference === null ? {} : { reference: row.reference }),
});

const readTransfer = (row: TransferRow): Transfer => ({
  transferId: row.transfer_id,
  from: row.from_location,
  to: row.to_location,
  quantity: row.quantity,
  received: row.received,
  lost: row.lost,
  returned: row.returned,
  isCancelled: row.is_cancelled === 1,
});
