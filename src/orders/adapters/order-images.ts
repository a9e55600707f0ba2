import { epochMs, type OrderId } from "#kernel";
import type { OrderView, StoredOrderEvent } from "../contract.ts";
import { orderRowOf } from "./order-row.ts";

/** A copy as plain rows: what reconciliation compares. */
export type OrderImage = { readonly version: number; readonly parts: Readonly<Record<string, unknown>> };

type LineRow = { line_id: string; sku: string; title: string; quantity: number; total_minor: number };
type EventRow = { sequence: number; type: string; occurred_at_ms: number; note: string | null };

/** What D1 should have of an order, by its view: its row, the view itself, its lines and its events without a gap. */
export function expectedOrderImage(view: OrderView): OrderImage {
  const lines = view.draft.lines.map((line): LineRow => ({
    line_id: line.lineId,
    sku: line.sku,
    title: line.shopTitle ?? line.title,
    quantity: line.quantity,
    total_minor: line.totalMinor,
  }));
  const events = view.timeline.map((entry): EventRow => ({
    sequence: entry.sequence,
    type: entry.type,
    occurred_at_ms: entry.occurredAt,
    note: entry.note ?? null,
  }));
  return {
    version: view.version,
    parts: {
      order: orderRowOf(view),
      view,
      lines: byLineId(lines),
      events: { count: view.version, first: 1, last: view.version, newest: events },
    },
  };
}

const byLineId = (lines: readonly LineRow[]): LineRow[] =>
  [...lines].sort((left, right) => (left.line_id < right.line_id ? -1 : 1));

type OrderRow = { id: string; version: number; view: string } & Record<string, unknown>;
type EventCount = { order_id: string; count: number; first: number; last: number };

const ORDER_ROWS = `SELECT id, number, status, email, customer_name, search_name, country, currency, total_minor,
    item_count, payment_status, placed_at_ms, updated_at_ms, version, refunded_minor, open_returns, has_open_edit, view
  FROM orders WHERE id IN (SELECT value FROM json_each(?1))`;
const LINE_ROWS = `SELECT order_id, line_id, sku, title, quantity, total_minor FROM order_lines
  WHERE order_id IN (SELECT value FROM json_each(?1)) ORDER BY order_id, line_id`;
const EVENT_COUNTS = `SELECT order_id, count(*) AS count, min(sequence) AS first, max(sequence) AS last FROM order_events
  WHERE order_id IN (SELECT value FROM json_each(?1)) GROUP BY order_id`;
/** Only what a view's timeline has; whether the older ones are there shows in their count. */
const EVENT_ROWS = `SELECT e.order_id, e.sequence, e.type, e.occurred_at_ms, e.note FROM orders o
  JOIN order_events e ON e.order_id = o.id AND e.sequence >= coalesce(o.view ->> '$.timeline[0].sequence', 1)
  WHERE o.id IN (SELECT value FROM json_each(?1)) ORDER BY e.order_id, e.sequence`;

/** What D1 has of these orders, in one state of the database; at most 100 orders. */
export async function readOrderImages(
  db: D1Database,
  orderIds: readonly OrderId[],
): Promise<ReadonlyMap<string, OrderImage>> {
  if (orderIds.length === 0) return new Map();
  const ids = JSON.stringify(orderIds);
  const results = await db.batch(
    [ORDER_ROWS, LINE_ROWS, EVENT_COUNTS, EVENT_ROWS].map((sql) => db.prepare(sql).bind(ids)),
  );
  // The rows of our own statements, in their order.
  const rows = <Row>(index: number): Row[] => (results[index]?.results ?? []) as Row[];
  const lines = Map.groupBy(rows<LineRow & { order_id: string }>(1), (row) => row.order_id);
  const counts = new Map(rows<EventCount>(2).map((row) => [row.order_id, row]));
  const events = Map.groupBy(rows<EventRow & { order_id: string }>(3), (row) => row.order_id);
  return new Map(
    rows<OrderRow>(0).map(({ id, view, ...order }) => {
      const { count = 0, first = 0, last = 0 } = counts.get(id) ?? {};
      const parts = {
        order,
        view: parseView(view),
        lines: (lines.get(id) ?? []).map(({ order_id: _order, ...line }) => line),
        events: {
          count,
          first,
          last,
          newest: (events.get(id) ?? []).map(({ order_id: _order, ...event }) => event),
        },
      };
      return [id, { version: order.version, parts }];
    }),
  );
}

const parseView = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Order ids above `after`, in order, from every table of orders: one that lost its row is still named by its events. */
export async function listOrderIds(
  db: D1Database,
  page: { readonly after: string; readonly limit: number },
): Promise<OrderId[]> {
  const names = (table: string, column: string): string =>
    `SELECT id FROM (SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${column} > ?1 ORDER BY ${column} LIMIT ?2)`;
  const { results } = await db
    .prepare(
      `${names("orders", "id")} UNION ${names("order_lines", "order_id")} UNION ${names("order_events", "order_id")}
       ORDER BY id LIMIT ?2`,
    )
    .bind(page.after, page.limit)
    .all<{ id: string }>();
  // The projector wrote these ids from checked events.
  return results.map((row) => row.id as OrderId);
}

/** An event that a view's timeline no longer has, as it is stored in the order. */
export const insertOlderEvent = (
  db: D1Database,
  orderId: OrderId,
  event: StoredOrderEvent,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO order_events (order_id, sequence, type, occurred_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (order_id, sequence) DO NOTHING`,
    )
    .bind(orderId, event.sequence, event.type, epochMs(event.occurredAt));
