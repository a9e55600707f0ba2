import { D1_MAX_BATCH, runBatch } from "#platform";
import { invariant } from "#kernel";
import type { VoucherTerms, VoucherView } from "../contract.ts";
import { cleanCustomer } from "../domain/codes.ts";

/** Vouchers written together, in one transaction. */
export const VOUCHERS_PER_BATCH = 25;

/** Copies vouchers into D1 (P5), each by version: a repeat or a late message changes nothing. */
export async function projectVouchers(db: D1Database, views: readonly VoucherView[]): Promise<void> {
  invariant(views.length <= D1_MAX_BATCH, "the vouchers of one projection fit one D1 batch");
  await runBatch(
    db,
    views.map((view) => upsert(db, view)),
  );
}

/** Writes one copy anew, whatever stands there, unless it is no longer at the version that was compared. */
export async function rewriteVoucher(
  db: D1Database,
  view: VoucherView,
  seenVersion: number | undefined,
): Promise<void> {
  const forget = db.prepare("DELETE FROM vouchers WHERE voucher_id = ? AND version = ?");
  await runBatch(db, [forget.bind(view.voucherId, seenVersion ?? 0), upsert(db, view)]);
}

const upsert = (db: D1Database, view: VoucherView): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO vouchers (voucher_id, kind, code_hash, search_key, terms, used_count, held, balance_minor,
             version, updated_at_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (voucher_id) DO UPDATE SET code_hash = excluded.code_hash, search_key = excluded.search_key,
             terms = excluded.terms, used_count = excluded.used_count, held = excluded.held,
             balance_minor = excluded.balance_minor, version = excluded.version, updated_at_ms = excluded.updated_at_ms
           WHERE excluded.version > vouchers.version`,
    )
    .bind(
      view.voucherId,
      view.terms.kind,
      view.terms.kind === "store_credit" ? view.terms.codeHash : null,
      searchKeyOf(view.terms),
      JSON.stringify(view.terms),
      view.usedCount,
      view.held,
      view.balanceMinor,
      view.version,
      view.updatedAt,
    );

function searchKeyOf(terms: VoucherTerms): string {
  switch (terms.kind) {
    case "coupon":
      return terms.code.toLowerCase();
    case "gift_card":
      return terms.hint.toLowerCase();
    case "store_credit":
      return cleanCustomer(terms.customer);
  }
}
