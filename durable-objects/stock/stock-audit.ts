import { epochMs, type OrderId } from "#kernel";
import type { Hold, StockAudit, StockClaim, StockLevel } from "#inventory";
import { describeError, type OutboxAudit } from "#platform";
import { levelOf, sumOf, untouched, type StockState } from "../../src/inventory/domain/level.ts";
import { claimOf } from "./claim-key.ts";

/** Claims in one page of an audit. */
const MAX_CLAIM_PAGE = 100;

type ClaimRow = { claim: string; quantity: number; status: string; expires_at_ms: number };
const CLAIM_COLUMNS = "claim, quantity, status, expires_at_ms";

const readClaim = (row: ClaimRow): StockClaim => ({
  ...claimOf(row.claim),
  quantity: row.quantity,
  // Written by this object only.
  status: row.status as Hold["status"],
  expiresAt: epochMs(row.expires_at_ms),
});

/** A page of claims in the order of their keys. */
function readClaims(
  sql: SqlStorage,
  page: { readonly after?: string; readonly limit: number },
): Pick<StockAudit, "claims" | "nextClaim"> {
  const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_CLAIM_PAGE);
  const rows = sql
    .exec<ClaimRow>(
      `SELECT ${CLAIM_COLUMNS} FROM holds WHERE claim > ? ORDER BY claim LIMIT ?`,
      page.after ?? "",
      limit + 1,
    )
    .toArray();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    claims: shown.map(readClaim),
    ...(rows.length > limit && last ? { nextClaim: last.claim } : {}),
  };
}

/** Every claim of one order: its placement, and its edits behind a slash. */
export const readClaimsOf = (sql: SqlStorage, orderId: OrderId): StockClaim[] =>
  sql
    .exec<ClaimRow>(
      `SELECT ${CLAIM_COLUMNS} FROM holds WHERE claim = ?1 OR (claim > ?1 || '/' AND claim < ?1 || '0')
       ORDER BY claim LIMIT ?2`,
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
      (SELECT coalesce(sum(held_change), 0) FROM journal) AS found`,
  },
  {
    rule: "units of an open hold are allocated to locations",
    sql: `SELECT (SELECT coalesce(sum(quantity), 0) FROM holds WHERE status = 'held') AS expected,
      (SELECT coalesce(sum(value ->> 'quantity'), 0) FROM holds, json_each(allocations) WHERE status = 'held') AS found`,
  },
  {
    rule: "each location's last journal entry has the sum of its units on hand",
    // A bare column beside max() is that of the row with the maximum (SQLite, "Bare columns in an aggregate query").
    sql: `SELECT coalesce(sum(changes), 0) AS expected, coalesce(sum(last), 0) AS found FROM (
      SELECT sum(on_hand_change) AS changes, on_hand_after AS last, max(sequence) FROM journal GROUP BY location)`,
  },
  {
    rule: "the journal has no gap",
    sql: "SELECT coalesce(max(sequence), 0) AS expected, count(*) AS found FROM journal",
  },
];

/** Checks the tables of a stock object against each other; empty when all of it holds. */
export const findViolations = (sql: SqlStorage): StockAudit["violations"] =>
  RULES.flatMap(({ rule, sql: statement }) => {
    const { expected, found } = sql.exec<{ expected: number; found: number }>(statement).one();
    return expected === found ? [] : [{ rule, expected, found }];
  });

type Memory = {
  readonly sku: string;
  readonly state: () => StockState;
  /** The level as others see it. */
  readonly show: (state: StockState) => StockLevel;
  readonly outbox: () => OutboxAudit;
};

/**
 * What the object proves of itself: its tables, and its level in memory against its journal. One that could not wake
 * because of a violation says so, with a level of nothing.
 */
export function auditOf(
  sql: SqlStorage,
  page: { readonly after?: string; readonly limit: number },
  memory: Memory,
): StockAudit {
  const claims = readClaims(sql, page);
  const violations = findViolations(sql);
  try {
    const state = memory.state();
    return {
      level: memory.show(state),
      violations: [...violations, ...memoryFaults(sql, { ...sumOf(state), version: state.version })],
      ...claims,
      outbox: memory.outbox(),
    };
  } catch (error) {
    const broken = { rule: describeError(error), expected: 0, found: 1 };
    const level = levelOf(untouched(memory.sku));
    return { level, violations: [...violations, broken], ...claims, outbox: { waiting: 1 } };
  }
}

function memoryFaults(
  sql: SqlStorage,
  level: Pick<StockLevel, "onHand" | "held" | "version">,
): StockAudit["violations"] {
  const expected = sql
    .exec<{
      onHand: number;
      held: number;
      version: number;
    }>(
      `SELECT coalesce(sum(on_hand_change), 0) AS onHand, coalesce(sum(held_change), 0) AS held,
        coalesce(max(sequence), 0) AS version FROM journal`,
    )
    .one();
  return (["onHand", "held", "version"] as const).flatMap((count) =>
    expected[count] === level[count]
      ? []
      : [
          {
            rule: `${count} in memory is that of the journal`,
            expected: expected[count],
            found: level[count],
          },
        ],
  );
}
