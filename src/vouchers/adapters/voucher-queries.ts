import { ok, refuse, type CursorPart, type Page, type Result } from "#kernel";
import { keysetPage, readCursor } from "#platform";
import type { VoucherKind, VoucherView } from "../contract.ts";
import { MAX_VOUCHER_PAGE } from "../domain/limits.ts";
import { readVoucherRow, VOUCHER_COLUMNS, type VoucherRow } from "./voucher-rows.ts";

export type VoucherListRequest = {
  readonly kind: VoucherKind;
  /** Beginning of a coupon's code, a card's hint or a customer's address. */
  readonly search?: string;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

export type CursorRefusal = { readonly code: "invalid_cursor" };

/** Greater than every text that starts with the one before it. */
const LAST_CHARACTER = "\u{10ffff}";

/** Vouchers of one kind, the last changed first; a search lists by what it searches. Refuses a cursor of another list. */
export async function listVouchers(
  db: D1Database,
  request: VoucherListRequest,
): Promise<Result<Page<VoucherView>, CursorRefusal>> {
  const search = request.search?.trim().toLowerCase() ?? "";
  const isSearch = search !== "";
  const position = readCursor(request.cursor, isSearch ? ["string", "string"] : ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_VOUCHER_PAGE);
  const { sql, parameters } = voucherListSql({ kind: request.kind, search }, position);
  const { results } = await db
    .prepare(sql)
    .bind(...parameters, limit + 1)
    .all<VoucherRow & { readonly search_key: string }>();
  return ok(
    keysetPage(results, limit, {
      item: readVoucherRow,
      key: (row) => [isSearch ? row.search_key : row.updated_at_ms, row.voucher_id],
    }),
  );
}

/** Exported for the test of its plan. */
export function voucherListSql(
  { kind, search }: { readonly kind: VoucherKind; readonly search: string },
  position: readonly CursorPart[],
): { readonly sql: string; readonly parameters: readonly CursorPart[] } {
  const columns = `${VOUCHER_COLUMNS}, search_key`;
  const isFirst = position.length === 0;
  if (search === "") {
    return {
      sql: `SELECT ${columns} FROM vouchers WHERE kind = ?
        ${isFirst ? "" : "AND (updated_at_ms, voucher_id) < (?, ?)"}
        ORDER BY updated_at_ms DESC, voucher_id DESC LIMIT ?`,
      parameters: [kind, ...position],
    };
  }
  return {
    sql: `SELECT ${columns} FROM vouchers WHERE kind = ? AND search_key >= ? AND search_key < ?
      ${isFirst ? "" : "AND (search_key, voucher_id) > (?, ?)"}
      ORDER BY search_key, voucher_id LIMIT ?`,
    parameters: [kind, search, search + LAST_CHARACTER, ...position],
  };
}
