import type { Book } from "../world/book.ts";
import type { PreparedDatabase } from "../core/sqlite-storage.ts";
import type { World } from "../world/world.ts";
import type { KeptBook, KeptObject, KeptRows, KeptWorld } from "./kept-world.ts";

/** Puts what an earlier release has left into a new world, whose code is today's. Its D1 is filled when it is made. */
export function restoreWorld(world: World, kept: KeptWorld): void {
  world.scheduler.now = kept.now;
  for (const object of kept.objects) restoreObject(world, object);
  for (const { refunds, ...payment } of kept.payments)
    world.provider.restore({ ...payment, refunds: new Map(refunds) });
  restoreBook(world.book, kept.book);
}

function restoreObject(world: World, { kind, name, skewMs, alarmAt, schema, rows }: KeptObject): void {
  const host = world.host(kind, name);
  for (const statement of schema) host.storage.database.db.exec(statement);
  fill(host.storage.database, rows);
  host.skewMs = skewMs;
  host.storage.alarmAt = alarmAt;
  // The platform remembers the alarm; nobody is awake.
  host.endTurn();
}

/** Inserts rows as they were; what a trigger has already made of others is replaced by what stood there. */
export function fill(database: PreparedDatabase, rows: KeptRows): void {
  for (const [table, all] of Object.entries(rows))
    for (const row of all) {
      const columns = Object.keys(row);
      const marks = columns.map(() => "?").join(", ");
      database.all(
        `INSERT OR REPLACE INTO ${table} (${columns.join(", ")}) VALUES (${marks})`,
        Object.values(row),
      );
    }
}

function restoreBook(book: Book, kept: KeptBook): void {
  for (const { edits, replies, ...note } of kept.orders)
    book.orders.set(note.orderId, { ...note, replies: [...replies], edits: new Map(edits) });
  for (const note of kept.adjustments) book.adjustments.set(note.id, { ...note });
  for (const note of kept.topUps) book.topUps.set(note.id, { ...note });
  for (const [voucherId, limits] of kept.coupons) book.coupons.set(voucherId, limits);
  for (const [voucherId, owner] of kept.cards) book.cards.set(voucherId, owner ?? undefined);
  for (const [sku, parts] of kept.bundles) book.bundles.set(sku, parts);
  for (const [key, receipt] of kept.receipts) book.receipts.set(key, { ...receipt });
  for (const [orderId, told] of kept.carts) book.carts.set(orderId, told);
  book.arrangement = kept.arrangement;
}
