import { epochMs } from "#kernel";
import type { VoucherAudit, VoucherHold, VoucherTerms } from "#vouchers";
import { claimOf } from "./voucher-store.ts";

/** Claims in one page of an audit. */
const MAX_CLAIM_PAGE = 100;

type ClaimRow = { claim: string; amount_minor: number; status: string; expires_at_ms: number };

/** A page of claims in the order of their keys. */
export function readClaimPage(
  sql: SqlStorage,
  page: { readonly after?: string; readonly limit: number },
): Pick<VoucherAudit, "claims" | "nextClaim"> {
  const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_CLAIM_PAGE);
  const rows = sql
    .exec<ClaimRow>(
      `SELECT claim, amount_minor, status, expires_at_ms FROM claims WHERE claim > ? ORDER BY claim LIMIT ?`,
      page.after ?? "",
      limit + 1,
    )
    .toArray();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { claims: shown.map(readClaim), ...(rows.length > limit && last ? { nextClaim: last.claim } : {}) };
}

const readClaim = (row: ClaimRow): VoucherHold => ({
  ...claimOf(row.claim),
  amountMinor: row.amount_minor,
  // Written by this object only.
  status: row.status as VoucherHold["status"],
  expiresAt: epochMs(row.expires_at_ms),
});

/** What a claim counts: a coupon one use, a card or credit its money. */
const UNITS = {
  coupon: "count(*)",
  gift_card: "sum(amount_minor)",
  store_credit: "sum(amount_minor)",
} as const;

type Rule = { readonly rule: string; readonly sql: string };

/** Each promise as a sentence with two numbers that have to be equal. */
const rulesOf = (kind: VoucherTerms["kind"]): readonly Rule[] => [
  {
    rule: "what is held is the sum of the open claims",
    sql: `SELECT (SELECT coalesce(${UNITS[kind]}, 0) FROM claims WHERE status = 'held') AS expected, held AS found
      FROM voucher`,
  },
  {
    rule: "the uses are the committed claims",
    sql: `SELECT ${kind === "coupon" ? "(SELECT count(*) FROM claims WHERE status = 'committed')" : "0"} AS expected,
      used_count AS found FROM voucher`,
  },
  ...(
    [
      ["uses", "used_change", "used_count"],
      ["held", "held_change", "held"],
      ["balance", "balance_change", "balance_minor"],
    ] as const
  ).map(([name, change, column]) => ({
    rule: `${name}: the sum of the journal`,
    sql: `SELECT (SELECT coalesce(sum(${change}), 0) FROM journal) AS expected, ${column} AS found FROM voucher`,
  })),
  {
    rule: "the journal has no gap",
    sql: `SELECT journal_sequence AS expected, (SELECT count(*) FROM journal) AS found FROM voucher`,
  },
];

/** Checks the tables of a voucher object against each other; empty when all of it holds. */
export const findViolations = (sql: SqlStorage, kind: VoucherTerms["kind"]): VoucherAudit["violations"] =>
  rulesOf(kind).flatMap(({ rule, sql: statement }) => {
    const { expected, found } = sql.exec<{ expected: number; found: number }>(statement).one();
    return expected === found ? [] : [{ rule, expected, found }];
  });
