import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type { CatalogStaffReader, StaffProductPage } from "../app/ports.ts";
import type { CatalogRefusal, ProductStatus } from "../contract.ts";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";
import { queryChanges } from "./change-feed.ts";
import { queryProduct } from "./product-query.ts";
import { CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "./rows.ts";

type StaffRow = CardRow & {
  readonly status: ProductStatus;
  readonly version: number;
  readonly updated_at_ms: number;
};
type ListRequest = Parameters<CatalogStaffReader["products"]>[0];

/** The statement of the staff's list; parameters: status (when filtered), keys of the last row (when there is one), rows. */
export function staffListSql(isFiltered: boolean, isFirstPage: boolean): string {
  const where = [
    ...(isFiltered ? ["p.status = ?"] : []),
    ...(isFirstPage ? [] : ["(p.updated_at_ms, p.number) < (?, ?)"]),
  ];
  return `SELECT ${CARD_COLUMNS}, p.status, p.version, p.updated_at_ms
    FROM products p INDEXED BY ${isFiltered ? "products_status_updated" : "products_updated"}
    ${where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`}
    ORDER BY p.updated_at_ms DESC, p.number DESC LIMIT ?`;
}

/** The staff's reader on D1: every status. Holds no state. */
export const createCatalogStaffReader = (db: CatalogDb): CatalogStaffReader => ({
  product: (handle) => queryProduct(db, handle, { isStaff: true }),
  products: (request) => queryStaffProducts(db, request),
  changes: (request) => queryChanges(db, request),
});

async function queryStaffProducts(
  db: CatalogDb,
  { status, cursor, limit: wanted }: ListRequest,
): Promise<Result<StaffProductPage, CatalogRefusal>> {
  const limit = Math.min(Math.max(1, Math.trunc(wanted)), MAX_PAGE_SIZE);
  const keys = cursor === undefined ? [] : decodeCursor(cursor, 2);
  if (!keys?.every((key) => typeof key === "number")) return refuse({ code: "invalid_cursor" });
  const { results } = await db
    .prepare(staffListSql(status !== undefined, cursor === undefined))
    .bind(...(status === undefined ? [] : [status]), ...keys, limit + 1)
    .all<StaffRow>();
  const rows = results.slice(0, limit);
  const last = rows.at(-1);
  return ok({
    items: rows.map((row) => ({
      ...readCard(row),
      status: row.status,
      version: row.version,
      updatedAtMs: row.updated_at_ms,
    })),
    ...(last && results.length > limit
      ? { nextCursor: encodeCursor([last.updated_at_ms, last.number]) }
      : {}),
  });
}
