import type { Result } from "#kernel";
import type { CallContext } from "#platform";
import type { JsonProduct, StagedDraft, StockDraft } from "../domain/draft.ts";
import type { FileRefusal } from "../domain/header.ts";
import type { ImportJob, ProductOutcome } from "../domain/job.ts";
import type { ImportSource } from "../domain/mapping.ts";
import type { FileRecord } from "../domain/read-file.ts";

/** The surroundings of an import job. Every method may be repeated with the same arguments; all throw on trouble. */
export type ImportPorts = {
  /** The records of a stored file, unpacked if it is gzipped; `undefined` when it is gone. */
  readFile(
    fileKey: string,
    source: ImportSource,
  ): Promise<AsyncIterable<Result<FileRecord, FileRefusal>> | undefined>;
  /**
   * Writes up to fifty products, each as one; `same` when nothing differs. Refuses what the catalogue does not take, with
   * reasons, and writes the others. Answers stand in the order of the drafts.
   */
  saveProducts(
    drafts: readonly StagedDraft[],
    currency: string,
    call: CallContext,
  ): Promise<readonly Result<ProductOutcome, ProductRefusal>[]>;
  /** Reads one line of a JSONL file. Refuses what is no product, with reasons. */
  readProduct(json: string): Result<JsonProduct, ProductRefusal>;
  /** Sets a SKU's policy and counts its units, gives its level when it has one; a count with a known `adjustmentId` changes nothing. */
  countStock(count: StockCount, call: CallContext): Promise<CountedLevel | undefined>;
  /** Whether lists show these levels, or newer ones. */
  areShown(levels: readonly CountedLevel[]): Promise<boolean>;
  /** Whether an earlier import of the very same file has finished: what it counted is counted. */
  wasImported(fileHash: string): Promise<boolean>;
  /** Copies the job to where lists are read. */
  saveSummary(job: ImportJob): Promise<void>;
};

export type ProductRefusal = { readonly code: "product_refused"; readonly reasons: readonly string[] };

/** What a stock object has come to. */
export type CountedLevel = { readonly sku: string; readonly version: number };

export type StockCount = {
  readonly sku: string;
  readonly stock: StockDraft;
  readonly adjustmentId: string;
  readonly reason: string;
  readonly reference: string;
};
