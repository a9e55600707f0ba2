import { decodeCursor, encodeCursor, epochMs, isId, ok, refuse, type Page, type Result } from "#kernel";
import type { ExportFormat, ExportJob, ExportRefusal, ExportState, ExportSummary } from "../contract.ts";

/** A late or repeated copy changes nothing. */
const SAVE_SQL = `INSERT INTO catalog_exports
    (id, format, prefix, status, product_count, bytes, is_expired, version, created_at_ms, finished_at_ms)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
  ON CONFLICT (id) DO UPDATE SET status = excluded.status, product_count = excluded.product_count, bytes = excluded.bytes,
    is_expired = excluded.is_expired, version = excluded.version, finished_at_ms = excluded.finished_at_ms
  WHERE excluded.version > catalog_exports.version`;
const LIST_SQL = `SELECT * FROM catalog_exports WHERE (created_at_ms, id) < (?1, ?2)
  ORDER BY created_at_ms DESC, id DESC LIMIT ?3`;

type Row = {
  readonly id: string;
  readonly format: string;
  readonly prefix: string;
  readonly status: string;
  readonly product_count: number;
  readonly bytes: number;
  readonly is_expired: 0 | 1;
  readonly created_at_ms: number;
  readonly finished_at_ms: number | null;
};

/** Copies an export to the list. */
export async function saveExportSummary(db: D1Database, job: ExportJob): Promise<void> {
  const { jobId, format, prefix, state, products, bytes, isExpired, version } = job;
  await db
    .prepare(SAVE_SQL)
    .bind(
      ...[jobId, format, prefix, state, products, bytes, Number(isExpired), version],
      ...[job.createdAtMs, job.finishedAtMs ?? null],
    )
    .run();
}

/** Whether an export of this id was ever started. */
export async function isKnownExport(db: D1Database, exportId: string): Promise<boolean> {
  if (!isId("exp", exportId)) return false;
  return (
    (await db.prepare("SELECT id FROM catalog_exports WHERE id = ?1 LIMIT 1").bind(exportId).first()) !== null
  );
}

/** A page of exports, newest first. */
export async function listExports(
  db: D1Database,
  page: { readonly cursor?: string; readonly limit: number },
): Promise<Result<Page<ExportSummary>, ExportRefusal>> {
  const after = page.cursor === undefined ? [Number.MAX_SAFE_INTEGER, ""] : decodeCursor(page.cursor, 2);
  const [createdAtMs, id] = after ?? [];
  if (typeof createdAtMs !== "number" || typeof id !== "string") return refuse({ code: "invalid_cursor" });
  const { results } = await db
    .prepare(LIST_SQL)
    .bind(createdAtMs, id, page.limit + 1)
    .all<Row>();
  const shown = results.slice(0, page.limit);
  const last = shown.at(-1);
  const items = shown.map(toSummary);
  return ok(
    results.length > page.limit && last
      ? { items, nextCursor: encodeCursor([last.created_at_ms, last.id]) }
      : { items },
  );
}

const toSummary = (row: Row): ExportSummary => ({
  exportId: row.id,
  // Both words are kept by the row's writer.
  format: row.format as ExportFormat,
  state: row.status as ExportState,
  prefix: row.prefix,
  products: row.product_count,
  bytes: row.bytes,
  isExpired: row.is_expired === 1,
  createdAtMs: epochMs(row.created_at_ms),
  ...(row.finished_at_ms === null ? {} : { finishedAtMs: epochMs(row.finished_at_ms) }),
});
