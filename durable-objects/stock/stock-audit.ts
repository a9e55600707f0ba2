import { epochMs, type OrderId } from "#kernel";
import type { Hold, StockAudit, StockClaim } from "#inventory";
import { claimOf } from "./stock-store.ts";

/** Claims in one page of an audit. */
const MAX_CLAIM_PAGE = 100;

type ClaimRow = { order_id: string; quantity: number; status: string; expires_at_ms: number };
const CLAIM_COLUMNS = "order_id, quantity, status, expires_at_ms";

const readClaim = (row: ClaimRow): StockClaim => ({
  ...claimOf(row.order_id),
  quantity: row.quantity,
  // Written by this object only.
  status: row.status as Hold["status"],
  expiresAt: epochMs(row.expires_at_ms),
});

/** A page of claims in the order of their keys. */
export function readClaims(
  sql: SqlStorage,
  page: { readonly after?: string; readonly limit: number },
): Pick<StockAudit, "claims" | "nextClaim"> {
  const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_CLAIM_PAGE);
  const rows = sql
    .exec<ClaimRow>(
      `SELECT ${CLAIM_COLUMNS} FROM holds WHERE order_id > ? ORDER BY order_id LIMIT ?`,
      page.after ?? "",
      limit + 1,
    )
    .toArray();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    claims: shown.map(readClaim),
    ...(rows.length > limit && last ? { nextClaim: last.order_id } : {}),
  };
}

/** Every claim of one order: its placement, and its edits behind a slash. */
export const readClaimsOf = (sql: SqlStorage, orderId: OrderId): StockClaim[] =>
  sql
    .exec<ClaimRow>(
      `SELECT ${CLAIM_COLUMNS} FROM holds WHERE order_id = ?1 OR (order_id > ?1 || '/' AND order_id < ?1 || '0')
       ORDER BY order_id LIMIT ?2`,
      orderId,
      MAX_CLAIM_PAGE,
    )
    .toArray()
    .map(readClaim);

/** Each promise as a sentence with two numbers that have to be equal. */
const RULES: readonly { readonly rule: string; readonly sql: string }[] = [
  {
    rule: "units held are the sum of the open holds",
    sql: `SELECT (SELECT coalesce(sum(quantity), 0) FROM holds WHERE status = 'held' AND is_counted = 1) AS expected,
      (SELECT coalesce(sum(held), 0) FROM level) AS found`,
  },
  {
    rule: "units on hand are the sum of the journal",
    sql: `SELECT (SELECT coalesce(sum(on_hand_change), 0) FROM journal) AS expected,
      (SELECT coalesce(sum(on_hand), 0) FROM level) AS found`,
  },
  {
    rule: "units held are the sum of the journal",
    sql: `SELECT (SELECT coalesce(sum(held_change), 0) FROM journal) AS expected,
      (SELECT coalesce(sum(held), 0) FROM level) AS found`,
  },
  {
    rule: "the journal has no gap",
    sql: `SELECT (SELECT coalesce(max(journal_sequence), 0) FROM level) AS expected, (SELECT count(*) FROM journal) AS found`,
  },
];

/** Checks the object against its own journal; empty when all of it holds. */
export const findViolations = (sql: SqlStorage): StockAudit["violations"] =>
  RULES.flatMap(({ rule, sql: statement }) => {
    const { expected, found } = sql.exec<{ expected: number; found: number }>(statement).one();
    return expected === found ? [] : [{ rule, expected, found }];
  });
