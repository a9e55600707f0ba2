import type { EpochMs, ImportJobId, Result } from "#kernel";
import type { CallContext } from "#platform";
import type { Finding } from "./domain/findings.ts";
import type { ImportSource } from "./domain/mapping.ts";
import type { ImportCounts, ImportJob, ImportPolicy, ImportState } from "./domain/job.ts";

/** What crosses to and from an import object. One object per import; its name is the import's id. */

export type { Finding, Severity } from "./domain/findings.ts";
export type { ImportCounts, ImportJob, ImportPolicy, ImportProgress, ImportState } from "./domain/job.ts";
export type { ColumnMapping, ImportSource, MappingRule, SavedMapping } from "./domain/mapping.ts";
export { MAX_FINDING_GROUPS } from "./domain/limits.ts";
export { MAPPED_FIELDS, READINGS } from "./domain/mapping.ts";
export { IMPORT_POLICIES, IMPORT_STATES } from "./domain/job.ts";

/** Starts an import of a file that is already in the file store under `fileKey`. */
export type StartImport = {
  readonly importId: ImportJobId;
  readonly fileKey: string;
  readonly fileName: string;
  /** SHA-256 of the bytes, hex: names the stock counts, so that the same file counts once. */
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly policy: ImportPolicy;
  readonly source: ImportSource;
  /** Of the file's prices, ISO 4217. */
  readonly currency: string;
};

/** Findings of one kind: reasons that differ in their numbers only are one. */
export type FindingGroup = Pick<Finding, "severity" | "column" | "reason"> & {
  readonly count: number;
  readonly firstLine: number;
};

export type ReportPage = { readonly items: readonly Finding[]; readonly nextCursor?: string };

export type ImportRefusal =
  | { readonly code: "import_unknown"; readonly importId: string }
  /** The import has ended, or has not failed, so there is nothing to cancel or resume. */
  | { readonly code: "import_settled"; readonly importId: string; readonly state: ImportState }
  | { readonly code: "invalid_cursor" }
  /** The shop sells in one currency; prices in another one would be taken for it. */
  | { readonly code: "foreign_currency"; readonly currency: string; readonly shopCurrency: string }
  /** No mapping has this name. */
  | { readonly code: "mapping_unknown"; readonly name: string }
  /** Somebody else has saved the mapping meanwhile. */
  | { readonly code: "mapping_changed"; readonly version: number }
  /** The idempotency key has started another import before. */
  | { readonly code: "idempotency_key_reused" };

/** The RPC face of an import object. Every method may be repeated. */
export type ImportRpc = {
  /** Starts the job once; a repeat gives the job as it is. */
  start(command: StartImport, call: CallContext): Promise<ImportJob>;
  view(): Promise<Result<ImportJob, ImportRefusal>>;
  /** Findings by line; at most 100 in one page. */
  report(page: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<ReportPage, ImportRefusal>>;
  /** What was found, over the whole file: the most frequent first, at most {@link MAX_FINDING_GROUPS}. */
  reasons(): Promise<Result<readonly FindingGroup[], ImportRefusal>>;
  /** What was rejected, line by line, as far as the report keeps it. */
  rejected(): Promise<Result<readonly Finding[], ImportRefusal>>;
  /** Stops the job; what was written stays, and the counts say how much that is. */
  cancel(call: CallContext): Promise<Result<ImportJob, ImportRefusal>>;
  /** Goes on with a failed job where it stopped. */
  resume(call: CallContext): Promise<Result<ImportJob, ImportRefusal>>;
};

/** An import in the list of imports: a copy in D1, seconds old. */
export type ImportSummary = {
  readonly importId: string;
  readonly state: ImportState;
  readonly policy: ImportPolicy;
  readonly fileName: string;
  readonly rows: Pick<ImportCounts["rows"], "total" | "accepted" | "rejected">;
  readonly products: ImportCounts["products"];
  readonly createdAtMs: EpochMs;
  readonly finishedAtMs?: EpochMs;
};
