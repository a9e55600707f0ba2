import type { EpochMs, Result } from "#kernel";
import type { CallContext } from "#platform";
import type { ExportFormat, ExportJob, ExportState, QueueExport, SeenState } from "./domain/export-job.ts";

/** What crosses to and from an export object: one object per export, and one per feed for all its builds. */

export type { ExportFormat, ExportJob, ExportState, SeenState } from "./domain/export-job.ts";
export { EXPORT_FORMATS, EXPORT_STATES, isRunning, percentOf } from "./domain/export-job.ts";

export type StartExport = Omit<QueueExport, "actor">;

export type ExportRefusal =
  | { readonly code: "export_unknown"; readonly exportId: string }
  /** The export has ended, or has not failed, so there is nothing to cancel or resume. */
  | { readonly code: "export_settled"; readonly exportId: string; readonly state: ExportState }
  /** There is no file yet. */
  | { readonly code: "export_not_ready"; readonly exportId: string; readonly state: ExportState }
  /** The file was kept for a week and is gone. */
  | { readonly code: "export_expired"; readonly exportId: string }
  /** No market and language has this prefix. */
  | { readonly code: "market_unknown"; readonly prefix: string }
  | { readonly code: "feed_unknown"; readonly prefix: string }
  | { readonly code: "invalid_cursor" };

/** The RPC face of an export object. Every method may be repeated. */
export type ExportRpc = {
  /** Starts an export once; a feed that is not being built is built anew. */
  start(command: StartExport, call: CallContext): Promise<ExportJob>;
  view(): Promise<Result<ExportJob, ExportRefusal>>;
  /** Stops the job and removes what it has stored. */
  cancel(call: CallContext): Promise<Result<ExportJob, ExportRefusal>>;
  /** Goes on with a failed job where it stopped. */
  resume(call: CallContext): Promise<Result<ExportJob, ExportRefusal>>;
};

/** An export in the list: a copy in D1, seconds old. */
export type ExportSummary = {
  readonly exportId: string;
  readonly format: ExportFormat;
  readonly prefix: string;
  readonly state: ExportState;
  readonly products: number;
  readonly bytes: number;
  readonly createdAtMs: EpochMs;
  readonly finishedAtMs?: EpochMs;
  readonly isExpired: boolean;
};

/** A feed as it stands at its public address. */
export type PublishedFeed = SeenState & {
  readonly prefix: string;
  readonly generation: number;
  readonly products: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly digest: string;
  readonly builtAtMs: EpochMs;
  /** When a build last found out whether it is up to date. */
  readonly checkedAtMs: EpochMs;
};
