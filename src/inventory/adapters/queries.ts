import { epochMs, ok, refuse, type CursorPart, type EpochMs, type Page, type Result } from "#kernel";
import { keysetPage, readCursor } from "#platform";
import type { SellingPolicy } from "../contract.ts";

/** What a staff list shows of a SKU; seconds behind its stock object. */
export type StockRow = {
  readonly sku: string;
  readonly onHand: number;
  readonly held: number;
  readonly available: number;
  readonly policy: SellingPolicy;
  readonly version: number;
  readonly updatedAt: EpochMs;
  /** The shoppers' bucket. */
  readonly availability: StockBucket;
  /** Units that a new order may take; absent when the SKU is not counted. */
  readonly availableUnits?: number;
  /** YYYY-MM-DD. */
  readonly expectedAt?: string;
};

/** In the order of their rank in the table. */
const BUCKETS = ["in_stock", "low", "backorder", "preorder", "sold_out"] as const;
export type StockBucket = (typeof BUCKETS)[number];

export type StockListRequest = {
  /** Beginning of a SKU, letter for letter. */
  readonly skuPrefix?: string;
  readonly bucket?: StockBucket;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

/** Rows on one page. */
const MAX_STOCK_PAGE = 100;

export type CursorRefusal = { readonly code: "invalid_cursor" };

type Row = {
  sku: string;
  on_hand: number;
  held: number;
  available: number;
  policy: string;
  version: number;
  updated_at_ms: number;
  availability_rank: number;
  available_units: number | null;
  expected_at: string | null;
};

/** A page of stock levels by SKU. Refuses a cursor of another list. */
export async function listStockLevels(
  db: D1Database,
  request: StockListRequest,
): Promise<Result<Page<StockRow>, CursorRefusal>> {
  const position = readCursor(request.cursor, ["string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_STOCK_PAGE);
  const { sql, parameters } = stockListSql(request, position);
  const { results } = await db
    .prepare(sql)
    .bind(...parameters, limit + 1)
    .all<Row>();
  return ok(keysetPage(results, limit, { item: readRow, key: (row) => [row.sku] }));
}

/** Greater than every text that starts with the one before it. */
const LAST_CHARACTER = "\u{10ffff}";

/** Exported for the test of its plan. */
export function stockListSql(
  { skuPrefix, bucket }: Omit<StockListRequest, "limit">,
  position: readonly CursorPart[],
): { readonly sql: string; readonly parameters: readonly CursorPart[] } {
  const filters: readonly { sql: string; parameters: readonly CursorPart[] }[] = [
    ...(bucket === undefined
      ? []
      : [{ sql: "availability_rank = ?", parameters: [BUCKETS.indexOf(bucket)] }]),
    ...(skuPrefix === undefined || skuPrefix === ""
      ? []
      : [{ sql: "sku >= ? AND sku < ?", parameters: [skuPrefix, skuPrefix + LAST_CHARACTER] }]),
    ...(position.length === 0 ? [] : [{ sql: "sku > ?", parameters: position }]),
  ];
  return {
    sql: `SELECT sku, on_hand, held, available, policy, version, updated_at_ms, availability_rank, available_units,
        expected_at FROM stock_levels ${bucket === undefined ? "" : "INDEXED BY stock_levels_availability"}
      WHERE ${["true", ...filters.map((filter) => filter.sql)].join(" AND ")} ORDER BY sku LIMIT ?`,
    parameters: filters.flatMap((filter) => filter.parameters),
  };
}

/** The level of one SKU; `undefined` when no event of it has come yet. */
export async function findStockLevel(db: D1Database, sku: string): Promise<StockRow | undefined> {
  const row = await db.prepare("SELECT * FROM stock_levels WHERE sku = ?").bind(sku).first<Row>();
  return row ? readRow(row) : undefined;
}

const readRow = (row: Row): StockRow => ({
  sku: row.sku,
  onHand: row.on_hand,
  held: row.held,
  available: row.available,
  // Written by the projector only, from a checked event.
  policy: JSON.parse(row.policy) as SellingPolicy,
  version: row.version,
  updatedAt: epochMs(row.updated_at_ms),
  availability: BUCKETS[row.availability_rank] ?? "sold_out",
  ...(row.available_units === null ? {} : { availableUnits: row.available_units }),
  ...(row.expected_at === null ? {} : { expectedAt: row.expected_at }),
});
