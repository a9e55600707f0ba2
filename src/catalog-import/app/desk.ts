import type { Page, Result } from "#kernel";
import type { ObjectNamespace } from "#platform";
import type {
  ColumnMapping,
  Finding,
  ImportJob,
  ImportRefusal,
  ImportRpc,
  ImportSummary,
  SavedMapping,
} from "../contract.ts";
import type { Preview, PreviewSource } from "./preview-file.ts";

/** Column mappings by name. Saving the same again changes nothing. */
export type MappingShelf = {
  /** By name, at most a hundred. */
  list(): Promise<readonly SavedMapping[]>;
  find(name: string): Promise<Result<SavedMapping, ImportRefusal>>;
  /** Refuses `mapping_changed` when it is not at the expected version (0: not there yet). */
  save(
    name: string,
    mapping: ColumnMapping,
    expectedVersion?: number,
  ): Promise<Result<SavedMapping, ImportRefusal>>;
  /** `false` when there was none. */
  remove(name: string): Promise<boolean>;
};

/** Where staff and programs start imports and follow them. Every method may be repeated. */
export type ImportDesk = {
  readonly imports: ObjectNamespace<ImportRpc>;
  /** The one currency that this shop's prices are in. */
  readonly shopCurrency: string;
  readonly mappings: MappingShelf;
  /** The first rows of a file as products; nothing is written. */
  preview(bytes: Uint8Array<ArrayBuffer>, source: PreviewSource): Promise<Preview>;
  /** The rejected rows of an import, with what to mend in each; `undefined` when its file is gone. */
  refused(
    job: Pick<ImportJob, "fileKey" | "source">,
    rejected: readonly Finding[],
  ): Promise<AsyncIterable<string> | undefined>;
  /** A file that was stored, by its hash; `undefined` when it is not there. */
  readStored(fileHash: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
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
