import { epochMs, ok, refuse, type CursorPart, type EpochMs, type Page, type Result } from "#kernel";
import type { ParcelStatus } from "#orders";
import { keysetPage, readCursor } from "#platform";
import { MAX_LIST_PAGE } from "../domain/limits.ts";

export type ParcelRow = {
  readonly parcelId: string;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly status: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
};

export type DeadLetterRow = {
  readonly id: string;
  readonly queue: string;
  /** The message as JSON; at most 128 KB. */
  readonly body: string;
  readonly reason: string;
  readonly receivedAt: EpochMs;
  /** How often it came, at least. */
  readonly times: number;
  readonly replayedAt?: EpochMs;
};

export type CursorRefusal = { readonly code: "invalid_cursor" };

type Statement = { readonly sql: string; readonly parameters: readonly CursorPart[] };

const clampLimit = (limit: number): number => Math.min(Math.max(1, Math.trunc(limit)), MAX_LIST_PAGE);

type RawParcel = {
  parcel_id: string;
  order_id: string;
  shipment_id: string;
  carrier: string;
  tracking_number: string;
  status: string;
  created_at_ms: number;
  updated_at_ms: number;
};

const PARCEL_COLUMNS =
  "parcel_id, order_id, shipment_id, carrier, tracking_number, status, created_at_ms, updated_at_ms";

/** A page of parcels, newest first, all or of one status. Refuses a cursor of another list. */
export async function listParcels(
  db: D1Database,
  request: { readonly status?: string; readonly cursor?: string; readonly limit: number },
): Promise<Result<Page<ParcelRow>, CursorRefusal>> {
  const position = readCursor(request.cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = clampLimit(request.limit);
  const { sql, parameters } = parcelListSql(request.status, position);
  const { results } = await db
    .prepare(sql)
    .bind(...parameters, limit + 1)
    .all<RawParcel>();
  return ok(
    keysetPage(results, limit, { item: readParcel, key: (row) => [row.created_at_ms, row.parcel_id] }),
  );
}

/** Exported for the test of its plan. */
export function parcelListSql(status: string | undefined, position: readonly CursorPart[]): Statement {
  const index = status === undefined ? "parcels_created" : "parcels_status_created";
  const filters = [
    "true",
    ...(status === undefined ? [] : ["status = ?"]),
    ...(position.length === 0 ? [] : ["(created_at_ms, parcel_id) < (?, ?)"]),
  ];
  return {
    sql: `SELECT ${PARCEL_COLUMNS} FROM parcels INDEXED BY ${index} WHERE ${filters.join(" AND ")}
      ORDER BY created_at_ms DESC, parcel_id DESC LIMIT ?`,
    parameters: [...(status === undefined ? [] : [status]), ...position],
  };
}

/** Parcels of one order that are read; an order has at most twenty. */
const PARCELS_OF_ORDER = 20;

/** The parcels of an order, in the order in which they were packed. */
export async function findParcelsOfOrder(db: D1Database, orderId: string): Promise<readonly ParcelRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${PARCEL_COLUMNS} FROM parcels WHERE order_id = ? ORDER BY created_at_ms, parcel_id LIMIT ?`,
    )
    .bind(orderId, PARCELS_OF_ORDER)
    .all<RawParcel>();
  return results.map(readParcel);
}

export type ParcelProgress = { readonly parcelId: string; readonly status: ParcelStatus };

/** How far the parcels of these orders are, by order id; at most 100 orders. */
export async function findParcelsOfOrders(
  db: D1Database,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ParcelProgress[]>> {
  if (orderIds.length === 0) return new Map();
  const { results } = await db
    .prepare(
      `SELECT order_id, parcel_id, status FROM parcels WHERE order_id IN (SELECT value FROM json_each(?))
       ORDER BY order_id, created_at_ms, parcel_id LIMIT ?`,
    )
    .bind(JSON.stringify(orderIds), orderIds.length * PARCELS_OF_ORDER)
    .all<{ order_id: string; parcel_id: string; status: string }>();
  const byOrder = new Map<string, ParcelProgress[]>();
  for (const row of results) {
    const known = byOrder.get(row.order_id) ?? [];
    // The table's check allows no other status.
    known.push({ parcelId: row.parcel_id, status: row.status as ParcelStatus });
    byOrder.set(row.order_id, known);
  }
  return byOrder;
}

const readParcel = (row: RawParcel): ParcelRow => ({
  parcelId: row.parcel_id,
  orderId: row.order_id,
  shipmentId: row.shipment_id,
  carrier: row.carrier,
  trackingNumber: row.tracking_number,
  status: row.status,
  createdAt: epochMs(row.created_at_ms),
  updatedAt: epochMs(row.updated_at_ms),
});

type RawLetter = {
  id: string;
  queue: string;
  body: string;
  reason: string;
  received_at_ms: number;
  times: number;
  replayed_at_ms: number | null;
};

/** A page of dead letters, the last to come first; `isOpen` leaves out what has been replayed. */
export async function listDeadLetters(
  db: D1Database,
  request: { readonly isOpen?: boolean; readonly cursor?: string; readonly limit: number },
): Promise<Result<Page<DeadLetterRow>, CursorRefusal>> {
  const position = readCursor(request.cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = clampLimit(request.limit);
  const { sql, parameters } = deadLetterListSql(request.isOpen === true, position);
  const { results } = await db
    .prepare(sql)
    .bind(...parameters, limit + 1)
    .all<RawLetter>();
  return ok(keysetPage(results, limit, { item: readLetter, key: (row) => [row.received_at_ms, row.id] }));
}

/** Exported for the test of its plan. */
export function deadLetterListSql(isOpen: boolean, position: readonly CursorPart[]): Statement {
  const index = isOpen ? "dead_letters_open" : "dead_letters_received";
  const filters = [
    "true",
    ...(isOpen ? ["replayed_at_ms IS NULL"] : []),
    ...(position.length === 0 ? [] : ["(received_at_ms, id) < (?, ?)"]),
  ];
  return {
    sql: `SELECT id, queue, body, reason, received_at_ms, times, replayed_at_ms FROM dead_letters INDEXED BY ${index}
      WHERE ${filters.join(" AND ")} ORDER BY received_at_ms DESC, id DESC LIMIT ?`,
    parameters: position,
  };
}

const readLetter = (row: RawLetter): DeadLetterRow => ({
  id: row.id,
  queue: row.queue,
  body: row.body,
  reason: row.reason,
  receivedAt: epochMs(row.received_at_ms),
  times: row.times,
  ...(row.replayed_at_ms === null ? {} : { replayedAt: epochMs(row.replayed_at_ms) }),
});
