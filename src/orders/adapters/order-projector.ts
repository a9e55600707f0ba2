import { invariant, type EpochMs, type OrderId } from "#kernel";
import { D1_MAX_BATCH, chunk, placeholders, runBatch } from "#platform";
import type { OrderView } from "../contract.ts";

/** Orders whose statements fit one D1 batch. */
export const ORDERS_PER_BATCH = 10;
const STATEMENTS_PER_ORDER = 3;

/** Characters of a name that are searched. */
const SEARCH_NAME_CHARACTERS = 100;

/** How staff search names and addresses: composed, in lower case, at most 100 characters. */
export const foldForSearch = (text: string): string =>
  text.normalize("NFC").trim().toLowerCase().slice(0, SEARCH_NAME_CHARACTERS);

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
  return [
    upsertOrder(db, view, json),
    insertLines(db, view.orderId, json),
    insertEvents(db, view.orderId, json),
  ];
}

function upsertOrder(db: D1Database, view: OrderView, json: string): D1PreparedStatement {
  const { draft } = view;
  return db
    .prepare(
      `INSERT INTO orders (id, number, status, email, customer_name, search_name, country, currency, total_minor,
         item_count, payment_status, placed_at_ms, updated_at_ms, version, view)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         status = excluded.status, payment_status = excluded.payment_status,
         updated_at_ms = excluded.updated_at_ms, version = excluded.version, view = excluded.view
       WHERE excluded.version > orders.version`,
    )
    .bind(
      view.orderId,
      view.orderNumber,
      view.status,
      foldForSearch(draft.email),
      draft.address.fullName,
      foldForSearch(draft.address.fullName),
      draft.address.country,
      draft.currency,
      draft.totalMinor,
      draft.lines.reduce((sum, line) => sum + line.quantity, 0),
      view.payment.status,
      view.placedAt,
      view.updatedAt,
      view.version,
      json,
    );
}

/** Lines are frozen when the order is placed, so the first copy is the right one. */
const insertLines = (db: D1Database, orderId: OrderId, json: string): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO order_lines (order_id, line_id, sku, title, quantity, total_minor)
       SELECT ?1, value ->> 'lineId', value ->> 'sku', value ->> 'title', value ->> 'quantity', value ->> 'totalMinor'
       FROM json_each(?2, '$.draft.lines') WHERE true
       ON CONFLICT (order_id, line_id) DO NOTHING`,
    )
    .bind(orderId, json);

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
