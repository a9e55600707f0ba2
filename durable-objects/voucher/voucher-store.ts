import { epochMs, type EpochMs, type OrderId } from "#kernel";
import type { VoucherClaim, VoucherJournalEntry, VoucherMovementKind, VoucherTerms } from "#vouchers";
import type { ClaimRecord, VoucherMovement, VoucherState } from "../../src/vouchers/domain/voucher.ts";

/** The SQL of a voucher object. Called inside its transactions only. */
export const VOUCHER_MIGRATIONS: readonly string[] = [
  `CREATE TABLE voucher (
    id INTEGER PRIMARY KEY CHECK (id = 1), terms TEXT NOT NULL, used_count INTEGER NOT NULL CHECK (used_count >= 0),
    held INTEGER NOT NULL CHECK (held >= 0), balance_minor INTEGER NOT NULL CHECK (balance_minor >= 0),
    version INTEGER NOT NULL, journal_sequence INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL) STRICT`,
  `CREATE TABLE claims (
    claim TEXT PRIMARY KEY, order_id TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    customer TEXT NOT NULL, status TEXT NOT NULL, expires_at_ms INTEGER NOT NULL) STRICT`,
  "CREATE INDEX claims_customer ON claims (customer) WHERE status IN ('held', 'committed')",
  "CREATE INDEX claims_order ON claims (order_id)",
  `CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, used_change INTEGER NOT NULL, held_change INTEGER NOT NULL,
    balance_change INTEGER NOT NULL, used_after INTEGER NOT NULL, held_after INTEGER NOT NULL,
    balance_after INTEGER NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, reference TEXT NOT NULL,
    occurred_at_ms INTEGER NOT NULL) STRICT`,
  "CREATE TABLE adjustments (adjustment_id TEXT PRIMARY KEY, applied_at_ms INTEGER NOT NULL) STRICT",
  `CREATE TABLE give_backs (
    refund_id TEXT PRIMARY KEY, order_id TEXT NOT NULL, amount_minor INTEGER NOT NULL,
    applied_at_ms INTEGER NOT NULL) STRICT`,
  "CREATE INDEX give_backs_order ON give_backs (order_id)",
];

/** The text under which a claim is stored: the order id, and the part of an edit behind a slash. */
export const claimKey = ({ orderId, part }: VoucherClaim): string =>
  part === 0 ? orderId : `${orderId}/${part}`;

type RefundName = { readonly orderId: OrderId; readonly refundId: string };

/** An order names its refunds among its own (`cancel`, `edit:1`), so two orders may use one name on one card. */
const refundKey = ({ orderId, refundId }: RefundName): string => `${orderId}:${refundId}`;

/** The claim of a key that {@link claimKey} made. */
export function claimOf(key: string): VoucherClaim {
  const [orderId = "", part = "0"] = key.split("/");
  return { orderId: orderId as OrderId, part: Number(part) };
}

type VoucherRow = {
  terms: string;
  used_count: number;
  held: number;
  balance_minor: number;
  version: number;
  journal_sequence: number;
  updated_at_ms: number;
};
type ClaimRow = { amount_minor: number; customer: string; status: string; expires_at_ms: number };
type JournalRow = {
  sequence: number;
  kind: string;
  used_change: number;
  held_change: number;
  balance_change: number;
  used_after: number;
  held_after: number;
  balance_after: number;
  reason: string;
  actor: string;
  reference: string;
  occurred_at_ms: number;
};

export type StoredVoucher = VoucherState & {
  readonly journalSequence: number;
  readonly updatedAt: EpochMs;
};

export type JournalNote = {
  readonly reason: string;
  readonly actor: string;
  readonly reference: string;
  readonly occurredAt: EpochMs;
};

export class VoucherStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The voucher; `undefined` when it was never issued. */
  load(voucherId: string): StoredVoucher | undefined {
    const row = this.#sql.exec<VoucherRow>("SELECT * FROM voucher WHERE id = 1").toArray()[0];
    if (!row) return undefined;
    return {
      voucherId,
      // Written by this object only, from checked terms.
      terms: JSON.parse(row.terms) as VoucherTerms,
      usedCount: row.used_count,
      held: row.held,
      balanceMinor: row.balance_minor,
      version: row.version,
      journalSequence: row.journal_sequence,
      updatedAt: epochMs(row.updated_at_ms),
    };
  }

  save(voucher: StoredVoucher): void {
    this.#sql.exec(
      `INSERT INTO voucher (id, terms, used_count, held, balance_minor, version, journal_sequence, updated_at_ms)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, used_count = excluded.used_count, held = excluded.held,
         balance_minor = excluded.balance_minor, version = excluded.version,
         journal_sequence = excluded.journal_sequence, updated_at_ms = excluded.updated_at_ms`,
      JSON.stringify(voucher.terms),
      voucher.usedCount,
      voucher.held,
      voucher.balanceMinor,
      voucher.version,
      voucher.journalSequence,
      voucher.updatedAt,
    );
  }

  claim(claim: VoucherClaim): ClaimRecord | undefined {
    const row = this.#sql
      .exec<ClaimRow>("SELECT * FROM claims WHERE claim = ?", claimKey(claim))
      .toArray()[0];
    if (!row) return undefined;
    return {
      orderId: claim.orderId,
      part: claim.part,
      amountMinor: row.amount_minor,
      customer: row.customer,
      // Written by this object only.
      status: row.status as ClaimRecord["status"],
      expiresAt: epochMs(row.expires_at_ms),
    };
  }

  saveClaim(claim: ClaimRecord): void {
    this.#sql.exec(
      `INSERT INTO claims (claim, order_id, amount_minor, customer, status, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (claim) DO UPDATE SET status = excluded.status, expires_at_ms = excluded.expires_at_ms`,
      claimKey(claim),
      claim.orderId,
      claim.amountMinor,
      claim.customer,
      claim.status,
      claim.expiresAt,
    );
  }

  /** Claims of one customer that are held or committed. */
  customerClaims(customer: string): number {
    return this.#sql
      .exec<{ n: number }>(
        "SELECT count(*) AS n FROM claims WHERE customer = ? AND status IN ('held', 'committed')",
        customer,
      )
      .one().n;
  }

  /** What an order has committed, and what it got back of it. */
  orderMoney(orderId: OrderId): { readonly committedMinor: number; readonly givenBackMinor: number } {
    const sum = (statement: string): number => this.#sql.exec<{ n: number }>(statement, orderId).one().n;
    return {
      committedMinor: sum(
        "SELECT coalesce(sum(amount_minor), 0) AS n FROM claims WHERE order_id = ? AND status = 'committed'",
      ),
      givenBackMinor: sum("SELECT coalesce(sum(amount_minor), 0) AS n FROM give_backs WHERE order_id = ?"),
    };
  }

  /** Remembers a refund that is being applied. */
  rememberGiveBack(
    refund: { readonly refundId: string; readonly orderId: OrderId; readonly amountMinor: number },
    at: EpochMs,
  ): void {
    this.#sql.exec(
      "INSERT INTO give_backs (refund_id, order_id, amount_minor, applied_at_ms) VALUES (?, ?, ?, ?)",
      refundKey(refund),
      refund.orderId,
      refund.amountMinor,
      at,
    );
  }

  wasGivenBack(refund: RefundName): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM give_backs WHERE refund_id = ?", refundKey(refund)).toArray().length > 0
    );
  }

  wasAdjusted(adjustmentId: string): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM adjustments WHERE adjustment_id = ?", adjustmentId).toArray().length > 0
    );
  }

  rememberAdjustment(adjustmentId: string, at: EpochMs): void {
    this.#sql.exec("INSERT INTO adjustments (adjustment_id, applied_at_ms) VALUES (?, ?)", adjustmentId, at);
  }

  /** Appends to the journal under the next number. */
  append(voucher: StoredVoucher, movement: VoucherMovement, note: JournalNote): void {
    this.#sql.exec(
      `INSERT INTO journal (sequence, kind, used_change, held_change, balance_change, used_after, held_after,
         balance_after, reason, actor, reference, occurred_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      voucher.journalSequence,
      movement.kind,
      movement.usedChange,
      movement.heldChange,
      movement.balanceChange,
      voucher.usedCount,
      voucher.held,
      voucher.balanceMinor,
      note.reason,
      note.actor,
      note.reference,
      note.occurredAt,
    );
  }

  journal(before: number, limit: number): VoucherJournalEntry[] {
    return this.#sql
      .exec<JournalRow>(
        "SELECT * FROM journal WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
        before,
        limit,
      )
      .toArray()
      .map((row) => ({
        sequence: row.sequence,
        kind: row.kind as VoucherMovementKind,
        usedChange: row.used_change,
        heldChange: row.held_change,
        balanceChange: row.balance_change,
        usedAfter: row.used_after,
        heldAfter: row.held_after,
        balanceAfter: row.balance_after,
        reason: row.reason,
        actor: row.actor,
        reference: row.reference,
        occurredAt: epochMs(row.occurred_at_ms),
      }));
  }
}
