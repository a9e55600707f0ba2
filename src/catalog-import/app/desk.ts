import type { Page, Result } from "#kernel";
import type { ObjectNamespace } from "#platform";
import type { ImportJob, ImportRefusal, ImportRpc, ImportSummary } from "../contract.ts";

/** Where staff and programs start imports and follow them. Every method may be repeated. */
export type ImportDesk = {
  readonly imports: ObjectNamespace<ImportRpc>;
  /** The one currency that this shop's prices are in. */
  readonly shopCurrency: string;
  /** Keeps a file under its content's name; the same file is kept once. */
  storeFile(bytes: Uint8Array<ArrayBuffer>): Promise<{ readonly fileKey: string; readonly fileHash: string }>;
  saveSummary(job: ImportJob): Promise<void>;
  /** Newest first; seconds old. Refuses `invalid_cursor`. */
  list(page: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<Page<ImportSummary>, ImportRefusal>>;
  /** Whether an import of this id was ever started: asking an unknown object would make it exist. */
  isKnown(importId: string): Promise<boolean>;
};
