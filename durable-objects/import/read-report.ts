import { ok, refuse, type Result } from "#kernel";
import type { Finding, FindingGroup, ImportRefusal, ReportPage } from "#catalog-import";
import { groupFindings } from "../../src/catalog-import/domain/group-findings.ts";
import { MAX_REPORT_PAGE } from "../../src/catalog-import/domain/limits.ts";
import type { ImportStore } from "./import-store.ts";

/** A page of findings by line, at most a hundred. */
export function readReport(
  store: ImportStore,
  page: { readonly cursor?: string; readonly limit: number },
): Result<ReportPage, ImportRefusal> {
  const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_REPORT_PAGE);
  const found = store.reportPage(page.cursor, limit);
  return found ? ok(found) : refuse({ code: "invalid_cursor" });
}

/** Every finding by its reason. */
export const readReasons = (store: ImportStore): Result<readonly FindingGroup[], ImportRefusal> =>
  ok(groupFindings(store.findings()));

/** What was rejected, by line. */
export const readRejected = (store: ImportStore): Result<readonly Finding[], ImportRefusal> =>
  ok([...store.findings("rejected")]);
