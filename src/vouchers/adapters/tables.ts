import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * What the voucher objects last told of themselves, at most seconds old. Shown to staff and shoppers; never decides
 * whether a voucher may be used: its object does. A gift card's code is not here, only its hash (in `voucher_id`).
 */
export const vouchers = sqliteTable(
  "vouchers",
  {
    voucherId: text("voucher_id").primaryKey(),
    kind: text("kind").notNull(),
    /** Of the secret code of a credit; a gift card has it in its id. */
    codeHash: text("code_hash"),
    /** What staff find it by: the code of a coupon, the hint of a card, the customer of a credit. */
    searchKey: text("search_key").notNull(),
    /** `VoucherTerms` as JSON. */
    terms: text("terms").notNull(),
    usedCount: integer("used_count").notNull(),
    held: integer("held").notNull(),
    balanceMinor: integer("balance_minor").notNull(),
    /** Of the voucher object: a late message with a lower one changes nothing. */
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    uniqueIndex("vouchers_code_hash")
      .on(table.codeHash)
      .where(sql`code_hash IS NOT NULL`),
    index("vouchers_newest").on(table.kind, table.updatedAtMs, table.voucherId),
    index("vouchers_search").on(table.kind, table.searchKey, table.voucherId),
    check("vouchers_kind", sql`kind IN ('coupon', 'gift_card', 'store_credit')`),
    check("vouchers_terms", sql`json_valid(terms)`),
    check("vouchers_numbers", sql`used_count >= 0 AND held >= 0 AND balance_minor >= 0`),
    check("vouchers_version", sql`version >= 1 AND updated_at_ms >= 0`),
  ],
);
