import type { ObjectHost } from "../core/object-host.ts";
import type { PreparedDatabase } from "../core/sqlite-storage.ts";
import type { World } from "../world/world.ts";
import { readMigrations, SimD1 } from "../world/d1.ts";
import type { KeptObject, KeptRows, KeptWorld } from "./kept-world.ts";

/** Messages of one queue and type that are kept. */
const KEPT_OF_A_KIND = 2;

/** Notes what leaves for the queues from now on, so that a later release can be given it. */
export function listenToQueues(world: World): { readonly queue: string; readonly body: unknown }[] {
  const heard: { readonly queue: string; readonly body: unknown }[] = [];
  for (const queue of Object.values(world.queues)) {
    const send = queue.sender.sendBatch;
    Reflect.set(queue.sender, "sendBatch", (messages: Parameters<typeof send>[0]) => {
      for (const { body } of messages) heard.push({ queue: queue.name, body: structuredClone(body) });
      return send(messages);
    });
  }
  return heard;
}

/** Writes a world down as it stands, as a deployment would find it. */
export function keepWorld(
  world: World,
  commit: string,
  heard: readonly { readonly queue: string; readonly body: unknown }[],
): KeptWorld {
  const { book, provider } = world;
  return {
    commit,
    seed: world.seed,
    now: world.scheduler.now,
    skus: world.skus,
    lastMigration: readMigrations().at(-1)?.name ?? "",
    objects: [...world.hosts.values()].flatMap(keepObject),
    d1: keepD1(world.d1),
    payments: [...provider.book.values()].map((payment) => ({ ...payment, refunds: [...payment.refunds] })),
    book: {
      orders: [...book.orders.values()].map((note) => ({ ...note, edits: [...note.edits] })),
      adjustments: [...book.adjustments.values()],
      topUps: [...book.topUps.values()],
      coupons: [...book.coupons],
      cards: [...book.cards].map(([voucherId, owner]) => [voucherId, owner ?? null] as const),
      bundles: [...book.bundles],
      receipts: [...book.receipts],
      carts: [...book.carts],
      arrangement: book.arrangement,
    },
    messages: fewOfEach(heard),
  };
}

function keepObject({ kind, name, skewMs, storage }: ObjectHost): readonly KeptObject[] {
  const schema = storage.database.all(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    [],
  );
  if (schema.length === 0) return [];
  return [
    {
      kind,
      name,
      skewMs,
      ...(storage.alarmAt === undefined ? {} : { alarmAt: storage.alarmAt }),
      schema: schema.map((row) => String(row["sql"])),
      rows: rowsOf(storage.database, () => true),
    },
  ];
}

/** Tables that an empty D1 has rows in belong to the migrations, or to the index of a search. */
function keepD1(d1: SimD1): KeptRows {
  const empty = new SimD1();
  try {
    const untouched = rowsOf(empty.database, () => true);
    return rowsOf(d1.database, (table) => !(table in untouched));
  } finally {
    empty.database.close();
  }
}

function rowsOf(database: PreparedDatabase, isWanted: (table: string) => boolean): KeptRows {
  const tables = database
    .all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", [])
    .map((row) => String(row["name"]))
    .filter(isWanted);
  const rows = tables.map((table) => [table, database.all(`SELECT * FROM ${table}`, [])] as const);
  // Rows of SQLite hold what SQLite takes.
  return Object.fromEntries(rows.filter(([, all]) => all.length > 0)) as KeptRows;
}

function fewOfEach<Heard extends { readonly queue: string; readonly body: unknown }>(
  heard: readonly Heard[],
): readonly Heard[] {
  const kinds = Map.groupBy(heard, ({ queue, body }) => {
    const type = typeof body === "object" && body !== null && "type" in body ? String(body.type) : "";
    return `${queue} ${type}`;
  });
  return [...kinds.values()].flatMap((same) => same.slice(-KEPT_OF_A_KIND));
}
