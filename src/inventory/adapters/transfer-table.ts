import { epochMs, ok, refuse, type EpochMs } from "#kernel";
import { keysetPage, readCursor, runBatch } from "#platform";
import type { NewTransferRecord, TransferTable } from "../app/ports.ts";
import type { TransferDocument, TransferDocumentLine, TransferStatus, TransferSummary } from "../contract.ts";
import { MAX_TRANSFER_LINES } from "../domain/limits.ts";

type HeaderRow = {
  id: string;
  from_location: string;
  to_location: string;
  note: string;
  is_cancelled: 0 | 1;
  created_by: string;
  created_at_ms: number;
  updated_at_ms: number;
};
type LineRow = {
  sku: string;
  quantity: number;
  dispatched: number;
  received: number;
  lost: number;
  returned: number;
  refusal: string | null;
};
type SummaryRow = HeaderRow & { units: number; waiting: number; on_the_way: number; received: number };

const MAX_TRANSFER_PAGE = 100;

/** Transfer documents in D1: the header and lines are written once, the counts follow the stock objects' answers. */
export const createTransferTable = (db: D1Database): TransferTable => ({
  create: (record) => create(db, record),
  find: (transferId) => find(db, transferId),
  list: (request) => list(db, request),
  saveLine: (line, now) => saveLine(db, line, now),
  async markCancelled(transferId, now) {
    await db
      .prepare(
        "UPDATE stock_transfers SET is_cancelled = 1, updated_at_ms = max(updated_at_ms, ?) WHERE id = ?",
      )
      .bind(now, transferId)
      .run();
  },
});

async function create(db: D1Database, record: NewTransferRecord): Promise<string> {
  const { transferId, from, to, note, lines, requestHash, createdBy, createdAt } = record;
  const header = `INSERT INTO stock_transfers
      (id, from_location, to_location, note, request_hash, is_cancelled, created_by, created_at_ms, updated_at_ms)
    VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;
  // Lines only of the header that was stored: a repeat with other lines adds none.
  const rows = `INSERT INTO stock_transfer_lines (transfer_id, sku, quantity, dispatched, received, lost, returned)
    SELECT ?1, value ->> 'sku', value ->> 'quantity', 0, 0, 0, 0 FROM json_each(?2)
    WHERE EXISTS (SELECT 1 FROM stock_transfers WHERE id = ?1 AND request_hash = ?3)
    ON CONFLICT DO NOTHING`;
  const [, , stored] = await runBatch(db, [
    db.prepare(header).bind(transferId, from, to, note, requestHash, createdBy, createdAt, createdAt),
    db.prepare(rows).bind(transferId, JSON.stringify(lines), requestHash),
    db.prepare("SELECT request_hash FROM stock_transfers WHERE id = ?").bind(transferId),
  ]);
  const [row] = (stored?.results ?? []) as { request_hash: string }[];
  return row?.request_hash ?? "";
}

async function find(db: D1Database, transferId: string): Promise<TransferDocument | undefined> {
  const [headers, lines] = await runBatch(db, [
    db.prepare("SELECT * FROM stock_transfers WHERE id = ?").bind(transferId),
    db
      .prepare("SELECT * FROM stock_transfer_lines WHERE transfer_id = ? ORDER BY sku LIMIT ?")
      .bind(transferId, MAX_TRANSFER_LINES),
  ]);
  const [header] = (headers?.results ?? []) as HeaderRow[];
  return header && readDocument(header, (lines?.results ?? []) as LineRow[]);
}

async function list(
  db: D1Database,
  { cursor, limit }: Parameters<TransferTable["list"]>[0],
): ReturnType<TransferTable["list"]> {
  const position = readCursor(cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const size = Math.min(Math.max(1, Math.trunc(limit)), MAX_TRANSFER_PAGE);
  const after = position.length === 0 ? "" : "WHERE (created_at_ms, id) < (?, ?)";
  const { results } = await db
    .prepare(
      `SELECT header.*, sum(line.quantity) AS units,
         sum(CASE WHEN line.dispatched = 0 THEN line.quantity ELSE 0 END) AS waiting,
         sum(line.dispatched - line.received - line.lost - line.returned) AS on_the_way,
         sum(line.received) AS received
       FROM (SELECT * FROM stock_transfers ${after} ORDER BY created_at_ms DESC, id DESC LIMIT ?) AS header
       JOIN stock_transfer_lines AS line ON line.transfer_id = header.id
       GROUP BY header.id ORDER BY header.created_at_ms DESC, header.id DESC`,
    )
    .bind(...position, size + 1)
    .all<SummaryRow>();
  return ok(keysetPage(results, size, { item: readSummary, key: (row) => [row.created_at_ms, row.id] }));
}

async function saveLine(
  db: D1Database,
  line: Parameters<TransferTable["saveLine"]>[0],
  now: EpochMs,
): Promise<void> {
  const { transferId, sku, ...answer } = line;
  const touch = db.prepare("UPDATE stock_transfers SET updated_at_ms = max(updated_at_ms, ?) WHERE id = ?");
  const change =
    "transfer" in answer
      ? // What has arrived only ever grows, so that a late answer does not take anything back.
        db
          .prepare(
            `UPDATE stock_transfer_lines SET dispatched = ?, received = ?, lost = ?, returned = ?, refusal = NULL
             WHERE transfer_id = ? AND sku = ? AND received + lost + returned <= ?`,
          )
          .bind(
            answer.transfer.quantity,
            answer.transfer.received,
            answer.transfer.lost,
            answer.transfer.returned,
            transferId,
            sku,
            answer.transfer.received + answer.transfer.lost + answer.transfer.returned,
          )
      : db
          .prepare("UPDATE stock_transfer_lines SET refusal = ? WHERE transfer_id = ? AND sku = ?")
          .bind(answer.refusal, transferId, sku);
  await runBatch(db, [change, touch.bind(now, transferId)]);
}

type Sums = { readonly waiting: number; readonly onTheWay: number; readonly received: number };

function statusOf(isCancelled: boolean, { waiting, onTheWay, received }: Sums): TransferStatus {
  if (onTheWay > 0) return "in_transit";
  if (waiting > 0 && !isCancelled) return "pending";
  return received > 0 || !isCancelled ? "received" : "cancelled";
}

const readHeader = (row: HeaderRow, sums: Sums): Omit<TransferDocument, "lines"> => ({
  transferId: row.id,
  from: row.from_location,
  to: row.to_location,
  note: row.note,
  status: statusOf(row.is_cancelled === 1, sums),
  isCancelled: row.is_cancelled === 1,
  createdBy: row.created_by,
  createdAt: epochMs(row.created_at_ms),
  updatedAt: epochMs(row.updated_at_ms),
});

const readSummary = (row: SummaryRow): TransferSummary => ({
  ...readHeader(row, { waiting: row.waiting, onTheWay: row.on_the_way, received: row.received }),
  units: row.units,
  onTheWay: row.on_the_way,
});

function readDocument(header: HeaderRow, rows: readonly LineRow[]): TransferDocument {
  const lines: readonly TransferDocumentLine[] = rows.map(({ refusal, ...line }) => ({
    sku: line.sku,
    quantity: line.quantity,
    dispatched: line.dispatched,
    received: line.received,
    lost: line.lost,
    returned: line.returned,
    ...(refusal === null ? {} : { refusal }),
  }));
  const sum = (count: (line: TransferDocumentLine) => number): number =>
    lines.reduce((total, line) => total + count(line), 0);
  const sums = {
    waiting: sum((line) => (line.dispatched === 0 ? line.quantity : 0)),
    onTheWay: sum((line) => line.dispatched - line.received - line.lost - line.returned),
    received: sum((line) => line.received),
  };
  return { ...readHeader(header, sums), lines };
}
