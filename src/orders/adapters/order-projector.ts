import { invariant, type EpochMs, type OrderId } from "#kernel";
import { chunk, placeholders, runBatch } from "#platform";
import type { OrderView, StoredOrderEvent } from "../contract.ts";
import { insertOlderEvent } from "./order-images.ts";
import { orderRowOf } from "./order-row.ts";

/** Orders that are copied in one transaction. */
export const ORDERS_PER_BATCH = 25;
/** Characters of rows in one parameter: D1 takes 2 MB, and a character may be three bytes (platform limits page). */
const MAX_ROWS_CHARACTERS = 500_000;

/**
 * Copies orders into D1 (P5). Each view is whole and is applied by version, so a duplicate or a late event changes
 * nothing and a gap heals with the next event. Takes at most {@link ORDERS_PER_BATCH}, in one transaction: all or none of
 * them. One statement writes the rows of many orders, because a statement costs more than a row does.
 */
export async function projectOrders(db: D1Database, views: readonly OrderView[]): Promise<void> {
  invariant(views.length <= ORDERS_PER_BATCH, "the orders of one projection fit one D1 batch");
  await runBatch(db, statements(db, views));
}

function statements(db: D1Database, views: readonly OrderView[]): D1PreparedStatement[] {
  return [
    ...inPieces(views.map(orderOf)).map((rows) => db.prepare(UPSERT_ORDERS).bind(rows)),
    ...inPieces(views.map(nameOf)).map((rows) => db.prepare(DELETE_LINES).bind(rows)),
    ...inPieces(views.flatMap(linesOf)).map((rows) => db.prepare(INSERT_LINES).bind(rows)),
    ...inPieces(views.flatMap(eventsOf)).map((rows) => db.prepare(INSERT_EVENTS).bind(rows)),
  ];
}

/** Rows as JSON texts that a parameter can hold each. */
function inPieces(rows: readonly object[]): string[] {
  const pieces: string[][] = [];
  let characters = Infinity;
  for (const row of rows.map((each) => JSON.stringify(each))) {
    if (characters + row.length > MAX_ROWS_CHARACTERS) {
      pieces.push([]);
      characters = 0;
    }
    pieces.at(-1)?.push(row);
    characters += row.length;
  }
  return pieces.map((piece) => `[${piece.join(",")}]`);
}

const nameOf = ({ orderId, version }: OrderView) => ({ id: orderId, version });

const orderOf = (view: OrderView) => ({ id: view.orderId, ...orderRowOf(view), view: JSON.stringify(view) });

const linesOf = (view: OrderView) =>
  view.draft.lines.map(({ lineId, sku, title, shopTitle, quantity, totalMinor }) => ({
    ...nameOf(view),
    lineId,
    sku,
    title: shopTitle ?? title,
    quantity,
    totalMinor,
  }));

const eventsOf = ({ orderId, timeline }: OrderView) =>
  timeline.map(({ sequence, type, occurredAt, note }) => ({ id: orderId, sequence, type, occurredAt, note }));

/** Every member of a row; the compiler sees to it that none is missing. */
const COLUMNS = Object.keys({
  number: true,
  status: true,
  email: true,
  customer_name: true,
  search_name: true,
  country: true,
  currency: true,
  total_minor: true,
  item_count: true,
  payment_status: true,
  placed_at_ms: true,
  updated_at_ms: true,
  version: true,
  refunded_minor: true,
  open_returns: true,
  has_open_edit: true,
  view: true,
} satisfies Record<Exclude<keyof ReturnType<typeof orderOf>, "id">, true>);

const UPSERT_ORDERS = `INSERT INTO orders (id, ${COLUMNS.join(", ")})
  SELECT value ->> 'id', ${COLUMNS.map((column) => `value ->> '${column}'`).join(", ")} FROM json_each(?) WHERE true
  ON CONFLICT (id) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}
  WHERE excluded.version > orders.version`;

/** Rows of orders that stand at this very version: an edit may change, add and remove lines, and a late view changes none. */
const NEWEST = `FROM json_each(?) AS row
  JOIN orders ON orders.id = row.value ->> 'id' AND orders.version = row.value ->> 'version'`;

const DELETE_LINES = `DELETE FROM order_lines WHERE order_id IN (SELECT orders.id ${NEWEST})`;

const INSERT_LINES = `INSERT INTO order_lines (order_id, line_id, sku, title, quantity, total_minor)
  SELECT orders.id, row.value ->> 'lineId', row.value ->> 'sku', row.value ->> 'title', row.value ->> 'quantity',
    row.value ->> 'totalMinor' ${NEWEST}
  WHERE true ON CONFLICT (order_id, line_id) DO NOTHING`;

/** A view carries the whole timeline: events that got lost on the way come with the next one. */
const INSERT_EVENTS = `INSERT INTO order_events (order_id, sequence, type, occurred_at_ms, note)
  SELECT value ->> 'id', value ->> 'sequence', value ->> 'type', value ->> 'occurredAt', value ->> 'note'
  FROM json_each(?) WHERE true
  ON CONFLICT (order_id, sequence) DO NOTHING`;

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
    ...statements(db, [view]),
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
