import { runBatch } from "#platform";
import { MAX_ACTIVE_LISTS, MAX_HISTORY_ROWS } from "../domain/limits.ts";
import type { KnownPoint, KnownReduction, RoundFacts, VariantFacts } from "../domain/work-out.ts";
import { MARKETS_SQL, toMarket, type MarketRow } from "./market-rows.ts";
import {
  ENTRY_COLUMNS,
  LIST_COLUMNS,
  toEntry,
  toList,
  type EntryRow,
  type ListRow,
} from "./price-list-rows.ts";
import type { ResolverOptions } from "./resolver-options.ts";

/** A round's products as they were read, with what the writer has to check. */
export type Round = {
  readonly facts: RoundFacts;
  /** Of lists and markets. */
  readonly version: number;
  readonly productNumbers: readonly number[];
  /** The queue's entries of these products when they were read. */
  readonly queued: readonly { readonly number: number; readonly sequence: number }[];
};

const VARIANTS = "FROM json_each(?1) wanted CROSS JOIN variants v ON v.product_number = wanted.value";

/** Everything that the prices of these products follow from, as one state of the database. */
export async function readRound(
  { db, shopCurrency, now }: ResolverOptions,
  productNumbers: readonly number[],
): Promise<Round> {
  const wanted = JSON.stringify(productNumbers);
  const ofProducts = (sql: string) => db.prepare(sql).bind(wanted);
  const answers = await runBatch(db, [
    db.prepare("SELECT version FROM price_state WHERE id = 1"),
    db.prepare(MARKETS_SQL),
    db.prepare(
      `SELECT ${LIST_COLUMNS} FROM price_lists WHERE status = 'active' ORDER BY id LIMIT ${MAX_ACTIVE_LISTS}`,
    ),
    ofProducts(
      `SELECT v.id, v.product_number, v.price_minor, v.compare_at_minor, v.lowest_30_days_minor ${VARIANTS} LIMIT ${MAX_HISTORY_ROWS}`,
    ),
    ofProducts(
      `SELECT ${ENTRY_COLUMNS} ${VARIANTS} CROSS JOIN price_list_entries e ON e.variant_id = v.id
       WHERE EXISTS (SELECT 1 FROM price_lists l WHERE l.id = e.list_id AND l.status = 'active') LIMIT ${MAX_HISTORY_ROWS}`,
    ),
    ofProducts(
      `SELECT h.variant_id, h.market_id, h.customer_group, h.from_ms, h.amount_minor ${VARIANTS}
       CROSS JOIN price_history h ON h.variant_id = v.id LIMIT ${MAX_HISTORY_ROWS}`,
    ),
    ofProducts(
      `SELECT r.variant_id, r.market_id, r.customer_group, r.reduced_since_ms ${VARIANTS}
       CROSS JOIN resolved_prices r ON r.variant_id = v.id WHERE r.reduced_since_ms IS NOT NULL LIMIT ${MAX_HISTORY_ROWS}`,
    ),
    ofProducts(
      `SELECT cp.product_number, c.handle FROM json_each(?1) wanted
       CROSS JOIN collection_products cp ON cp.product_number = wanted.value
       CROSS JOIN collections c ON c.id = cp.collection_id
       WHERE EXISTS (SELECT 1 FROM price_lists l WHERE l.collection_id = cp.collection_id) LIMIT ${MAX_HISTORY_ROWS}`,
    ),
    ofProducts(
      `SELECT w.product_number AS number, w.sequence FROM json_each(?1) wanted
       CROSS JOIN price_work w ON w.product_number = wanted.value LIMIT ${MAX_HISTORY_ROWS}`,
    ),
  ]);
  // Column by column what the statements above select.
  const rows = <T>(index: number): readonly T[] => (answers[index]?.results ?? []) as T[];
  const collections = Map.groupBy(rows<MembershipRow>(7), (row) => row.product_number);
  return {
    version: rows<{ version: number }>(0)[0]?.version ?? 0,
    productNumbers,
    queued: rows(8),
    facts: {
      markets: rows<MarketRow>(1).map(toMarket),
      lists: rows<ListRow>(2).map(toList),
      shopCurrency,
      atMs: now(),
      variants: rows<VariantRow>(3).map((row) => ({
        ...toVariant(row),
        collections: (collections.get(row.product_number) ?? []).map(({ handle }) => handle),
      })),
      entries: rows<EntryRow>(4).map(toEntry),
      history: rows<PointRow>(5).map(toPoint),
      reductions: rows<ReductionRow>(6).map(toReduction),
    },
  };
}

type VariantRow = {
  readonly id: string;
  readonly product_number: number;
  readonly price_minor: number;
  readonly compare_at_minor: number | null;
  readonly lowest_30_days_minor: number | null;
};
type MembershipRow = { readonly product_number: number; readonly handle: string };
type PlaceRow = {
  readonly variant_id: string;
  readonly market_id: string;
  readonly customer_group: string;
};
type PointRow = PlaceRow & { readonly from_ms: number; readonly amount_minor: number };
type ReductionRow = PlaceRow & { readonly reduced_since_ms: number };

const toVariant = (row: VariantRow): VariantFacts => ({
  variantId: row.id,
  productNumber: row.product_number,
  priceMinor: row.price_minor,
  ...(row.compare_at_minor === null ? {} : { compareAtMinor: row.compare_at_minor }),
  ...(row.lowest_30_days_minor === null ? {} : { lowest30DaysMinor: row.lowest_30_days_minor }),
});

const toPlace = (row: PlaceRow) => ({
  variantId: row.variant_id,
  marketId: row.market_id,
  customerGroup: row.customer_group,
});
const toPoint = (row: PointRow): KnownPoint => ({
  ...toPlace(row),
  fromMs: row.from_ms,
  amountMinor: row.amount_minor,
});
const toReduction = (row: ReductionRow): KnownReduction => ({
  ...toPlace(row),
  reducedSinceMs: row.reduced_since_ms,
});
