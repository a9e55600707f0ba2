import {
  epochMs,
  ok,
  refuse,
  type CursorPart,
  type EpochMs,
  type OrderId,
  type Page,
  type Result,
} from "#kernel";
import { keysetPage, readCursor } from "#platform";
import type { OrderStatus, OrderView } from "../contract.ts";
import type { OrderSummary } from "../app/ports.ts";
import { foldForSearch } from "./order-row.ts";

export type OrderListRequest = {
  readonly status?: string;
  readonly paymentStatus?: string;
  /** A staff tag, as it is written in lower case. */
  readonly tag?: string;
  /** Only orders with a return that is not over. */
  readonly hasOpenReturn?: boolean;
  /** Beginning of an order number, an e-mail address or a full name, or a whole order id; capitals do not matter. */
  readonly search?: string;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

export type CursorRefusal = { readonly code: "invalid_cursor" };

const MAX_PAGE = 100;
/** Orders that one kind of match gives to a search; staff narrow the search rather than page through more. */
const MAX_MATCHES = 200;

type Row = {
  id: string;
  number: string;
  status: string;
  payment_status: string;
  email: string;
  customer_name: string;
  country: string;
  currency: string;
  total_minor: number;
  item_count: number;
  placed_at_ms: number;
  updated_at_ms: number;
  version: number;
  refunded_minor: number;
  open_returns: number;
  has_open_edit: number;
};

const COLUMNS = `o.id, o.number, o.status, o.payment_status, o.email, o.customer_name, o.country, o.currency,
  o.total_minor, o.item_count, o.placed_at_ms, o.updated_at_ms, o.version, o.refunded_minor, o.open_returns, o.has_open_edit`;

/** A page of orders, last placed first. Refuses a cursor of another list. */
export async function listOrders(
  db: D1Database,
  request: OrderListRequest,
): Promise<Result<Page<OrderSummary>, CursorRefusal>> {
  const position = readCursor(request.cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_PAGE);
  const { sql, parameters } = orderListSql(request, position);
  const { results } = await db
    .prepare(sql)
    .bind(...parameters, limit + 1)
    .all<Row>();
  return ok(keysetPage(results, limit, { item: readRow, key: (row) => [row.placed_at_ms, row.id] }));
}

type Query = { readonly sql: string; readonly parameters: readonly CursorPart[] };

/** The statement of a list, without its last parameter, the number of rows. Exported for the test of its plan. */
export function orderListSql(
  request: Omit<OrderListRequest, "limit">,
  position: readonly CursorPart[],
): Query {
  const { status, paymentStatus, tag, hasOpenReturn } = request;
  const search = foldForSearch(request.search ?? "");
  const source = search === "" ? indexFor(request) : searchSource(search);
  // The index of tags has the order of the list, too: from its columns the list is read without an end and unsorted.
  const [placedAt, id] = isByTag(request) ? ["t.placed_at_ms", "t.order_id"] : ["o.placed_at_ms", "o.id"];
  const filters = [
    ...(status === undefined ? [] : [{ sql: "o.status = ?", parameters: [status] }]),
    ...(paymentStatus === undefined ? [] : [{ sql: "o.payment_status = ?", parameters: [paymentStatus] }]),
    ...(tag === undefined || isByTag(request)
      ? []
      : [
          {
            sql: "EXISTS (SELECT 1 FROM order_tags t WHERE t.order_id = o.id AND t.tag = ?)",
            parameters: [tag.trim().toLowerCase()],
          },
        ]),
    ...(hasOpenReturn === true ? [{ sql: "o.open_returns > 0", parameters: [] }] : []),
    ...(position.length === 0 ? [] : [{ sql: `(${placedAt}, ${id}) < (?, ?)`, parameters: position }]),
  ];
  return {
    sql: `SELECT ${COLUMNS} FROM ${source.sql} WHERE ${["true", ...filters.map((filter) => filter.sql)].join(" AND ")}
      ORDER BY ${placedAt} DESC, ${id} DESC LIMIT ?`,
    parameters: [...source.parameters, ...filters.flatMap((filter) => filter.parameters)],
  };
}

/** The index is named, so that a changed schema fails loudly instead of scanning quietly. */
function indexFor({ status, paymentStatus, tag, hasOpenReturn }: Omit<OrderListRequest, "limit">): Query {
  if (tag !== undefined) return taggedSource(tag.trim().toLowerCase());
  if (hasOpenReturn === true) return { sql: "orders o INDEXED BY orders_open_returns", parameters: [] };
  if (status !== undefined) return { sql: "orders o INDEXED BY orders_status_placed", parameters: [] };
  if (paymentStatus !== undefined)
    return { sql: "orders o INDEXED BY orders_payment_placed", parameters: [] };
  return { sql: "orders o INDEXED BY orders_placed", parameters: [] };
}

/** A search is put in order from its few matches, whatever tags they have. */
const isByTag = ({ tag, search }: Omit<OrderListRequest, "limit">): boolean =>
  tag !== undefined && foldForSearch(search ?? "") === "";

/** The orders with a tag, in the order of its index; `order_tags` keeps when each was placed. */
const taggedSource = (tag: string): Query => ({
  sql: "order_tags t INDEXED BY order_tags_tag CROSS JOIN orders o ON o.id = t.order_id AND t.tag = ?",
  parameters: [tag],
});

/** Greater than every text that starts with the one before it. */
const LAST_CHARACTER = "\u{10ffff}";

function searchSource(search: string): Query {
  const upper = search.toUpperCase();
  const number = upper.startsWith("K-") ? upper : `K-${upper}`;
  const matches = (column: string, index: string): string =>
    `SELECT id FROM (SELECT id FROM orders INDEXED BY ${index} WHERE ${column} >= ? AND ${column} < ?
       ORDER BY ${column} DESC, placed_at_ms DESC LIMIT ${MAX_MATCHES})`;
  return {
    sql: `(${matches("email", "orders_email")}
      UNION ${matches("search_name", "orders_search_name")}
      UNION ${matches("number", "orders_number_placed")}
      UNION SELECT id FROM orders WHERE id = ?) AS hits CROSS JOIN orders o ON o.id = hits.id`,
    parameters: [...[search, search, number].flatMap((text) => [text, text + LAST_CHARACTER]), search],
  };
}

/** The copy of an order's view; `undefined` when the projector has not seen it. Truth is the order object. */
export async function findOrder(db: D1Database, orderId: string): Promise<OrderView | undefined> {
  const row = await db
    .prepare("SELECT view FROM orders WHERE id = ?")
    .bind(orderId)
    .first<{ view: string }>();
  // Written by the projector only, from a checked event.
  return row ? (JSON.parse(row.view) as OrderView) : undefined;
}

export type OrderEventRow = {
  readonly sequence: number;
  readonly type: string;
  readonly occurredAt: EpochMs;
  readonly note?: string;
};

/** An order's events, oldest first; a gap in `sequence` is an event that D1 has not got yet. */
export async function listOrderEvents(
  db: D1Database,
  request: { readonly orderId: string; readonly cursor?: string; readonly limit: number },
): Promise<Result<Page<OrderEventRow>, CursorRefusal>> {
  const position = readCursor(request.cursor, ["number"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_PAGE);
  const { results } = await db
    .prepare(
      `SELECT sequence, type, occurred_at_ms, note FROM order_events
       WHERE order_id = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
    )
    .bind(request.orderId, position[0] ?? 0, limit + 1)
    .all<{ sequence: number; type: string; occurred_at_ms: number; note: string | null }>();
  const item = (row: (typeof results)[number]): OrderEventRow => ({
    sequence: row.sequence,
    type: row.type,
    occurredAt: epochMs(row.occurred_at_ms),
    ...(row.note === null ? {} : { note: row.note }),
  });
  return ok(keysetPage(results, limit, { item, key: (row) => [row.sequence] }));
}

// The casts are sound: the projector wrote these columns from a checked view.
const readRow = (row: Row): OrderSummary => ({
  orderId: row.id as OrderId,
  orderNumber: row.number,
  status: row.status as OrderStatus,
  paymentStatus: row.payment_status as OrderSummary["paymentStatus"],
  email: row.email,
  customerName: row.customer_name,
  country: row.country,
  currency: row.currency,
  totalMinor: row.total_minor,
  itemCount: row.item_count,
  placedAt: epochMs(row.placed_at_ms),
  updatedAt: epochMs(row.updated_at_ms),
  version: row.version,
  refundedMinor: row.refunded_minor,
  openReturns: row.open_returns,
  hasOpenEdit: row.has_open_edit === 1,
});
