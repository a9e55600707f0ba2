import type { D1Read } from "#platform";
import type { VoucherView } from "../contract.ts";
import { couponId, giftCardId, parseCouponCode, parseSecretCode } from "../domain/codes.ts";
import { readVoucherRow, VOUCHER_COLUMNS, type VoucherRow } from "./voucher-rows.ts";
import { hashCode } from "./voucher-names.ts";

/** Far above the codes of one cart. */
const MAX_READ = 20;

/** The copies of a cart's vouchers, by primary key, to share a round trip with its prices. */
export const vouchersRead = (
  db: D1Database,
  voucherIds: readonly string[],
): D1Read<readonly VoucherView[]> => ({
  statement: db
    .prepare(
      `SELECT ${VOUCHER_COLUMNS} FROM vouchers
       WHERE voucher_id IN (SELECT value FROM json_each(?1)) LIMIT ${MAX_READ}`,
    )
    .bind(JSON.stringify(voucherIds)),
  parse: (rows) => (rows as readonly VoucherRow[]).map(readVoucherRow),
});

/**
 * The voucher behind a code as typed. One statement whatever the text is, and the same for a code that is unknown and
 * one that is disabled, so that an answer's time tells nothing.
 */
export async function findVoucherByCode(db: D1Database, text: string): Promise<VoucherView | undefined> {
  const coupon = parseCouponCode(text);
  const secret = parseSecretCode(text);
  const codeHash = await hashCode(secret ?? "");
  const row = await db
    .prepare(
      `SELECT ${VOUCHER_COLUMNS} FROM vouchers WHERE voucher_id IN (?1, ?2)
       UNION ALL SELECT ${VOUCHER_COLUMNS} FROM vouchers WHERE code_hash = ?3 LIMIT 1`,
    )
    .bind(coupon === undefined ? "" : couponId(coupon), giftCardId(codeHash), codeHash)
    .first<VoucherRow>();
  return row ? readVoucherRow(row) : undefined;
}
