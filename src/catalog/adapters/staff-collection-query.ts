import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type {
  RulePreview,
  StaffCollection,
  StaffCollectionRow,
  StaffCollectionsPage,
} from "../app/model-ports.ts";
import type { CollectionRule } from "../contract-model.ts";
import type { CatalogRefusal } from "../contract.ts";
import { cleanText, collectErrors } from "../domain/field-errors.ts";
import { MAX_PAGE_SIZE, MAX_PICKS, MAX_PREVIEW_PRODUCTS } from "../domain/limits.ts";
import { readRule } from "../domain/validate-rule.ts";
import { COLLECTION_SQL } from "./collection-query.ts";
import {
  CARD_COLUMNS,
  present,
  readCard,
  readCollection,
  type CardRow,
  type CatalogDb,
  type CollectionRow,
} from "./rows.ts";
import { ruleOf, storedRule, takes } from "./rule-sql.ts";

type StaffRow = CollectionRow & {
  readonly rule: string | null;
  readonly rule_cursor: number | null;
  readonly version: number;
};

const BY_HANDLE = COLLECTION_SQL.byHandle.replace(" FROM ", ", rule, rule_cursor, version FROM ");
const ID = "(SELECT id FROM collections WHERE handle = ?1)";
/** In the order of their places, then in the shop's. */
const PICKS = `SELECT p.handle FROM collection_products m CROSS JOIN products p ON p.number = m.product_number
  WHERE m.collection_id = ${ID} AND m.is_picked = 1
  ORDER BY m.featured_position, m.product_number LIMIT ${MAX_PICKS}`;
const EXCLUSIONS = `SELECT p.handle FROM collection_exclusions x CROSS JOIN products p ON p.number = x.product_number
  WHERE x.collection_id = ${ID} ORDER BY x.product_number LIMIT ${MAX_PICKS}`;

/** One collection as staff edit it. */
export async function queryStaffCollection(
  db: CatalogDb,
  typed: string,
): Promise<Result<StaffCollection, CatalogRefusal>> {
  const handle = cleanText(typed);
  const [found, moved, picks, exclusions] = await db.batch(
    [BY_HANDLE, COLLECTION_SQL.movedTo, PICKS, EXCLUSIONS].map((sql) => db.prepare(sql).bind(handle)),
  );
  const row = (found?.results as StaffRow[] | undefined)?.[0];
  const movedTo = handlesOf(moved)[0];
  if (!row && movedTo !== undefined) return refuse({ code: "collection_moved", handle, movedTo });
  if (!row) return refuse({ code: "collection_unknown", handle });
  return ok({
    ...readCollection(row),
    position: row.position,
    ...present("rule", row.rule === null ? undefined : ruleOf(row.rule)),
    picks: handlesOf(picks),
    exclusions: handlesOf(exclusions),
    isRuleRunning: row.rule_cursor !== null,
    version: row.version,
  });
}

const handlesOf = (answer: D1Result | undefined): string[] =>
  ((answer?.results ?? []) as { handle: string }[]).map((row) => row.handle);

const withRule = (sql: string): string => sql.replace(" FROM ", ", rule FROM ");

/** One page of collections for staff, in the merchant's order. */
export async function queryStaffCollections(
  db: CatalogDb,
  request: { readonly cursor?: string; readonly limit: number },
): Promise<Result<StaffCollectionsPage, CatalogRefusal>> {
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_PAGE_SIZE);
  const [position, id] = request.cursor === undefined ? [] : (decodeCursor(request.cursor, 2) ?? []);
  const isLater = typeof position === "number" && typeof id === "string";
  if (request.cursor !== undefined && !isLater) return refuse({ code: "invalid_cursor" });
  const statement = isLater
    ? db.prepare(withRule(COLLECTION_SQL.nextPage)).bind(position, id, limit + 1)
    : db.prepare(withRule(COLLECTION_SQL.firstPage)).bind(limit + 1);
  const { results } = await statement.all<CollectionRow & { readonly rule: string | null }>();
  const rows = results.slice(0, limit);
  const last = rows.at(-1);
  return ok({
    items: rows.map((row): StaffCollectionRow => ({
      collectionId: row.id,
      handle: row.handle,
      title: row.title,
      productCount: row.product_count,
      position: row.position,
      updatedAtMs: row.updated_at_ms,
      hasRule: row.rule !== null,
    })),
    ...(last && results.length > limit ? { nextCursor: encodeCursor([last.position, last.id]) } : {}),
  });
}

const PREVIEWED = `(SELECT * FROM products ORDER BY number LIMIT ${MAX_PREVIEW_PRODUCTS}) p`;
const FIRST_SHOWN = 10;

/** What a rule would take now: how many, and the first ten. */
export async function previewRule(
  db: CatalogDb,
  { rule, nowMs }: { readonly rule: CollectionRule; readonly nowMs: number },
): Promise<Result<RulePreview, CatalogRefusal>> {
  const { root, list } = collectErrors();
  const clean = readRule(root.at("/rule"), rule);
  if (list.length > 0) return refuse({ code: "invalid_product", errors: list });
  const stored = storedRule(clean);
  const [count, first, total] = await db.batch([
    db.prepare(`SELECT count(*) AS count FROM ${PREVIEWED} WHERE ${takes("?1", "?2")}`).bind(stored, nowMs),
    db
      .prepare(
        `SELECT ${CARD_COLUMNS} FROM ${PREVIEWED} WHERE ${takes("?1", "?2")} ORDER BY p.number LIMIT ${FIRST_SHOWN}`,
      )
      .bind(stored, nowMs),
    db.prepare("SELECT count(*) AS count FROM products WHERE number > 0"),
  ]);
  const countOf = (answer: D1Result | undefined): number =>
    (answer?.results as { count: number }[] | undefined)?.[0]?.count ?? 0;
  return ok({
    count: countOf(count),
    isCountExact: countOf(total) <= MAX_PREVIEW_PRODUCTS,
    first: ((first?.results ?? []) as CardRow[]).map(readCard),
  });
}
