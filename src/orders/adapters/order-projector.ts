import { invariant, type EpochMs, type OrderId } from "#kernel";
import { D1_MAX_BATCH, chunk, placeholders, runBatch } from "#platform";
import type { OrderView, StoredOrderEvent } from "../contract.ts";
import { insertOlderEvent } from "./order-images.ts";
import { orderRowOf } from "./order-row.ts";

/** Orders whose statements fit one D1 batch. */
export const ORDERS_PER_BATCH = 10;
const STATEMENTS_PER_ORDER = 4;

/**
 * Copies orders into D1 (P5). Each view is whole and is applied by version, so a duplicate or a late event changes
 * nothing and a gap heals with the next event. Takes at most ten orders, in one transaction: all or none of them.
 */
export async function projectOrders(db: D1Database, views: readonly OrderView[]): Promise<void> {
  invariant(
    views.length <= ORDERS_PER_BATCH && views.length * STATEMENTS_PER_ORDER <= D1_MAX_BATCH,
    "the orders of one projection fit one D1 batch",
  );
  await runBatch(
    db,
    views.flatMap((view) => statements(db, view)),
  );
}

function statements(db: D1Database, view: OrderView): D1PreparedStatement[] {
  const json = JSON.stringify(view);
  return [upsertOrder(db, view, json), ...replaceLines(db, view, json), insertEvents(db, view.orderId, json)];
}

function upsertOrder(db: D1Database, view: OrderView, json: string): D1PreparedStatement {
  const row = orderRowOf(view);
  const columns = [...Object.keys(row), "view"];
  return db
    .prepare(
      `INSERT INTO orders (id, ${columns.join(", ")}) VALUES (?, ${placeholders(columns.length)})
       ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}
       WHERE excluded.version > orders.version`,
    )
    .bind(view.orderId, ...Object.values(row), json);
}

const IS_NEWEST = "EXISTS (SELECT 1 FROM orders WHERE id = ?1 AND version = ?2)";

/** An edit may change, add and remove lines: those of the newest view replace all others, and a late view changes none. */
function replaceLines(db: D1Database, view: OrderView, json: string): D1PreparedStatement[] {
  return [
    db
      .prepare(`DELETE FROM order_lines WHERE order_id = ?1 AND ${IS_NEWEST}`)
      .bind(view.orderId, view.version),
    db
      .prepare(
        `INSERT INTO order_lines (order_id, line_id, sku, title, quantity, total_minor)
         SELECT ?1, value ->> 'lineId', value ->> 'sku', coalesce(value ->> 'shopTitle', value ->> 'title'), value ->> 'quantity', value ->> 'totalMinor'
         FROM json_each(?3, '$.draft.lines') WHERE ${IS_NEWEST}
         ON CONFLICT (order_id, line_id) DO NOTHING`,
      )
      .bind(view.orderId, view.version, json),
  ];
}

/** The view carries the whole timeline: events that got lost on the way come with the next one. */
const insertEvents = (db: D1Database, orderId: OrderId, json: string): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO order_events (order_id, sequence, type, occurred_at_ms, note)
       SELECT ?1, value ->> 'sequence', value ->> 'type', value ->> 'occurredAt', value ->> 'note'
       FROM json_each(?2, '$.timeline') WHERE true
       ON CONFLICT (order_id, sequence) DO NOTHING`,
    )
    .bind(orderId, json);

/** An order's copy to be written anew, and what stands there now. */
export type OrderRewrite = {
  readonly view: OrderView;
  /** Version of the row that was compared; `undefined` when there was none. */
  readonly seenVersion: number | undefined;
  /** Events that the view's timeline no longer has. */
  readonly olderEvents: readonly StoredOrderEvent[];
};

/** Older events that are written in one transaction. */
const OLDER_EVENTS_PER_BATCH = 40;

/**
 * Writes a copy anew whatever stands in it, but only while its row is the one that was compared: a row that has moved
 * on since then is left to its own events. Repeating is safe.
 */
export async function rewriteOrder(db: D1Database, rewrite: OrderRewrite): Promise<void> {
  const { view, seenVersion, olderEvents } = rewrite;
  const id = view.orderId;
  const first = view.timeline[0]?.sequence ?? 1;
  await runBatch(db, [
    db.prepare("DELETE FROM orders WHERE id = ? AND version = ?").bind(id, seenVersion ?? 0),
    db
      .prepare(
        `DELETE FROM order_events WHERE order_id = ?1 AND (sequence >= ?2 OR sequence < 1)
         AND NOT EXISTS (SELECT 1 FROM orders WHERE id = ?1)`,
      )
      .bind(id, first),
    ...statements(db, view),
  ]);
  for (const events of chunk(olderEvents, OLDER_EVENTS_PER_BATCH))
    await runBatch(
      db,
      events.map((event) => insertOlderEvent(db, id, event)),
    );
}

export type QuietOrder = { readonly orderId: OrderId; readonly version: number };

/**
 * Orders that are not settled and that nothing has touched since `before`, those compared longest ago first; at most
 * `limit`.
 */
export async function listQuietOrders(db: D1Database, before: EpochMs, limit: number): Promise<QuietOrder[]> {
  const { results } = await db
    .prepare(
      `SELECT id, version FROM orders INDEXED BY orders_open_checked
       WHERE status NOT IN ('delivered', 'closed', 'cancelled') AND checked_at_ms < ?1 AND updated_at_ms < ?1
       ORDER BY checked_at_ms LIMIT ?2`,
    )
    .bind(before, limit)
    .all<{ id: string; version: number }>();
  // The projector wrote these ids from checked events.
  return results.map((row) => ({ orderId: row.id as OrderId, version: row.version }));
}

const IDS_PER_STATEMENT = 90;

/** Notes that these orders have been compared. */
export async function markOrdersChecked(
  db: D1Database,
  orderIds: readonly OrderId[],
  at: EpochMs,
): Promise<void> {
  await runBatch(
    db,
    chunk(orderIds, IDS_PER_STATEMENT).map((ids) =>
      db
        .prepare(`UPDATE orders SET checked_at_ms = ? WHERE id IN (${placeholders(ids.length)})`)
        .bind(at, ...ids),
    ),
  );
}
