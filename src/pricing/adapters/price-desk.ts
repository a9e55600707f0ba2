import { ok, refuse, type Result } from "#kernel";
import { keysetPage, readCursor } from "#platform";
import type {
  EntryView,
  PriceDesk,
  PriceDeskRefusal,
  StoredMarket,
  StoredPriceList,
} from "../app/price-desk.ts";
import { listMistakes, marketMistakes } from "../domain/check-terms.ts";
import { MAX_ACTIVE_LISTS } from "../domain/limits.ts";
import type { Market } from "../domain/market.ts";
import { isInForce, type PriceList } from "../domain/price-list.ts";
import { addEntries, dropEntries } from "./price-entry-write.ts";
import { MARKETS_SQL, toMarket, type MarketRow } from "./market-rows.ts";
import {
  ENTRY_COLUMNS,
  LIST_COLUMNS,
  toEntry,
  toList,
  type EntryRow,
  type ListRow,
} from "./price-list-rows.ts";
import { listStatements, marketStatements } from "./price-desk-write.ts";
import { resolveQueued } from "./price-resolver.ts";
import type { ResolverOptions } from "./resolver-options.ts";

/** Rounds that a change waits for: a small shop is through, a large one goes on by cron. */
const ROUNDS_AT_ONCE = 3;
const MAX_PAGE = 100;

/** The desk on D1. */
export function createPriceDesk(options: ResolverOptions): PriceDesk {
  const { db } = options;
  const settle = () => resolveQueued(options, { maxRounds: ROUNDS_AT_ONCE });
  const list = (listId: string) => findList(db, listId);
  return {
    markets: () => readMarkets(db),
    saveMarket: (market, expectedVersion) => saveMarket(options, market, expectedVersion),
    lists: (request) => pageOfLists(db, request),
    list,
    saveList: (next, expectedVersion) => saveList(options, next, expectedVersion),
    entries: (listId, request) => pageOfEntries(db, listId, request),
    async putEntries(listId, entries) {
      const found = await list(listId);
      if (!found.ok) return found;
      const added = await addEntries(db, listId, entries);
      if (!added.ok) return added;
      await settle();
      return list(listId);
    },
    async removeEntries(listId, what) {
      const found = await list(listId);
      if (!found.ok) return found;
      const dropped = await dropEntries(db, listId, what);
      if (!dropped.ok) return dropped;
      await settle();
      return list(listId);
    },
  };
}

async function readMarkets(db: D1Database): Promise<readonly StoredMarket[]> {
  const { results } = await db.prepare(MARKETS_SQL).all<MarketRow>();
  return results.map((row) => ({ market: toMarket(row), version: row.version }));
}

async function saveMarket(
  options: ResolverOptions,
  market: Market,
  expectedVersion: number | undefined,
): Promise<Result<StoredMarket, PriceDeskRefusal>> {
  const { db, shopCurrency, now } = options;
  const known = await readMarkets(db);
  const before = known.find((one) => one.market.marketId === market.marketId);
  const version = before?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return refuse({ code: "version_conflict", version });
  const next = { ...market, isDefault: before?.market.isDefault ?? false };
  if (before && JSON.stringify(before.market) === JSON.stringify(next)) return ok(before);
  const others = known.filter((one) => one !== before).map((one) => one.market);
  const mistakes = marketMistakes(next, others, {
    shopCurrency,
    ...(before ? { before: before.market } : {}),
  });
  if (mistakes.length > 0) return refuse({ code: "invalid_terms", mistakes });
  await db.batch([...marketStatements(db, next, { version: version + 1, nowMs: now() })]);
  await resolveQueued(options, { maxRounds: ROUNDS_AT_ONCE });
  return ok({ market: next, version: version + 1 });
}

async function findList(db: D1Database, listId: string): Promise<Result<StoredPriceList, PriceDeskRefusal>> {
  const row = await db
    .prepare(`SELECT ${LIST_COLUMNS} FROM price_lists WHERE id = ?1`)
    .bind(listId)
    .first<ListRow>();
  return row ? ok(toStored(row)) : refuse({ code: "price_list_unknown" });
}

const toStored = (row: ListRow): StoredPriceList => ({
  list: toList(row),
  entryCount: row.entry_count,
  version: row.version,
});

async function saveList(
  options: ResolverOptions,
  list: PriceList,
  expectedVersion: number | undefined,
): Promise<Result<StoredPriceList, PriceDeskRefusal>> {
  const { db, now } = options;
  const [found, markets, active, collection] = await Promise.all([
    findList(db, list.listId),
    readMarkets(db),
    db
      .prepare("SELECT count(*) AS count FROM price_lists WHERE status = 'active'")
      .first<{ count: number }>(),
    db
      .prepare("SELECT 1 FROM collections WHERE handle = ?1")
      .bind(list.collection ?? "")
      .first(),
  ]);
  const before = found.ok ? found.value : undefined;
  const version = before?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return refuse({ code: "version_conflict", version });
  if (before && sameList(before.list, list)) return ok(before);
  const isNew = list.status === "active" && before?.list.status !== "active";
  const mistakes = [
    ...listMistakes(
      list,
      markets.map((one) => one.market),
    ),
    ...(collection === null && list.collection !== undefined
      ? [{ field: "collection", detail: "There is no collection with this handle." }]
      : []),
    ...(isNew && (active?.count ?? 0) >= MAX_ACTIVE_LISTS
      ? [{ field: "status", detail: `At most ${MAX_ACTIVE_LISTS} lists are active. Archive one first.` }]
      : []),
  ];
  if (mistakes.length > 0) return refuse({ code: "invalid_terms", mistakes });
  const nowMs = now();
  const isApplied = isInForce(list, nowMs);
  const written = {
    list,
    isApplied,
    version: version + 1,
    nowMs,
    ...(before ? { before: before.list } : {}),
  };
  await db.batch([...listStatements(db, written)]);
  await resolveQueued(options, { maxRounds: ROUNDS_AT_ONCE });
  return findList(db, list.listId);
}

const sameList = (a: PriceList, b: PriceList): boolean =>
  (Object.keys({ ...a, ...b }) as (keyof PriceList)[]).every((key) => a[key] === b[key]);

async function pageOfLists(
  db: D1Database,
  { status, cursor, limit }: Parameters<PriceDesk["lists"]>[0],
): ReturnType<PriceDesk["lists"]> {
  const position = readCursor(cursor, ["string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const count = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE);
  const conditions = [
    ...(status === undefined ? [] : ["status = ?"]),
    ...(position.length === 0 ? [] : ["id > ?"]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const { results } = await db
    .prepare(`SELECT ${LIST_COLUMNS} FROM price_lists ${where} ORDER BY id LIMIT ?`)
    .bind(...(status === undefined ? [] : [status]), ...position, count + 1)
    .all<ListRow>();
  return ok(keysetPage(results, count, { item: toStored, key: (row) => [row.id] }));
}

async function pageOfEntries(
  db: D1Database,
  listId: string,
  { cursor, limit }: Parameters<PriceDesk["entries"]>[1],
): ReturnType<PriceDesk["entries"]> {
  const position = readCursor(cursor, ["string", "number"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const found = await findList(db, listId);
  if (!found.ok) return found;
  const count = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE);
  const after = position.length === 0 ? "" : "AND (e.variant_id, e.min_quantity) > (?, ?)";
  const { results } = await db
    .prepare(
      `SELECT ${ENTRY_COLUMNS}, coalesce(v.sku, '') AS sku, coalesce(p.title, '') AS product_title, coalesce(v.title, '') AS variant_title
       FROM price_list_entries e
       LEFT JOIN variants v ON v.id = e.variant_id LEFT JOIN products p ON p.number = v.product_number
       WHERE e.list_id = ? ${after} ORDER BY e.variant_id, e.min_quantity LIMIT ?`,
    )
    .bind(listId, ...position, count + 1)
    .all<NamedEntryRow>();
  return ok(keysetPage(results, count, { item: toView, key: (row) => [row.variant_id, row.min_quantity] }));
}

type NamedEntryRow = EntryRow & {
  readonly sku: string;
  readonly product_title: string;
  readonly variant_title: string;
};

const toView = (row: NamedEntryRow): EntryView => ({
  ...toEntry(row),
  sku: row.sku,
  title: row.variant_title === "" ? row.product_title : `${row.product_title}, ${row.variant_title}`,
});
