import { and, desc, eq, lt, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { decodeCursor, encodeCursor, epochMs, isId, ok, refuse, type Page, type Result } from "#kernel";
import type { ImportJob, ImportPolicy, ImportRefusal, ImportState, ImportSummary } from "../contract.ts";
import { imports } from "./tables.ts";

type Row = typeof imports.$inferSelect;

/** Copies a job to the list. Repeating is safe; each job writes its own row only, in its own order. */
export async function saveImportSummary(db: D1Database, job: ImportJob): Promise<void> {
  const { rows, products } = job.counts;
  const counts = {
    status: job.state,
    rowCount: rows.total,
    errorCount: rows.rejected,
    productCount: products.total,
    createdCount: products.created,
    changedCount: products.changed,
    sameCount: products.same,
    refusedCount: products.rejected,
    finishedAtMs: job.finishedAtMs ?? null,
  };
  const { importId: id, fileName, fileHash, policy, createdAtMs } = job;
  await drizzle(db)
    .insert(imports)
    .values({ id, fileName, fileHash, policy, createdAtMs, ...counts })
    .onConflictDoUpdate({ target: imports.id, set: counts });
}

/** Whether an import of this id was ever started. */
export async function isKnownImport(db: D1Database, importId: string): Promise<boolean> {
  if (!isId("imp", importId)) return false;
  const rows = await drizzle(db)
    .select({ id: imports.id })
    .from(imports)
    .where(eq(imports.id, importId))
    .limit(1);
  return rows.length > 0;
}

/** Whether an import of a file with this content has finished before. */
export async function wasImported(db: D1Database, fileHash: string): Promise<boolean> {
  const rows = await drizzle(db)
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.fileHash, fileHash), eq(imports.status, "finished")))
    .limit(1);
  return rows.length > 0;
}

/** A page of imports, newest first. */
export async function listImports(
  db: D1Database,
  page: { readonly cursor?: string; readonly limit: number },
): Promise<Result<Page<ImportSummary>, ImportRefusal>> {
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, 2);
  const [createdAtMs, id] = after ?? [];
  if (page.cursor !== undefined && (typeof createdAtMs !== "number" || typeof id !== "string"))
    return refuse({ code: "invalid_cursor" });
  const isOlder =
    typeof createdAtMs === "number" && typeof id === "string"
      ? or(
          lt(imports.createdAtMs, createdAtMs),
          and(eq(imports.createdAtMs, createdAtMs), lt(imports.id, id)),
        )
      : undefined;
  const rows = await drizzle(db)
    .select()
    .from(imports)
    .where(isOlder)
    .orderBy(desc(imports.createdAtMs), desc(imports.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const items = shown.map(toSummary);
  return ok(
    rows.length > page.limit && last
      ? { items, nextCursor: encodeCursor([last.createdAtMs, last.id]) }
      : { items },
  );
}

function toSummary(row: Row): ImportSummary {
  const {
    productCount: total,
    createdCount: created,
    changedCount: changed,
    sameCount: same,
    refusedCount: rejected,
  } = row;
  return {
    importId: row.id,
    // Both words are kept by the row's writer and by a check of the table.
    state: row.status as ImportState,
    policy: row.policy as ImportPolicy,
    fileName: row.fileName,
    rows: { total: row.rowCount, accepted: row.rowCount - row.errorCount, rejected: row.errorCount },
    products: {
      total,
      created,
      changed,
      same,
      rejected,
      waiting: total - created - changed - same - rejected,
    },
    createdAtMs: epochMs(row.createdAtMs),
    ...(row.finishedAtMs === null ? {} : { finishedAtMs: epochMs(row.finishedAtMs) }),
  };
}
