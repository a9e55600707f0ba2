import type { EpochMs, Page, Result } from "#kernel";
import type { ObjectNamespace } from "#platform";
import type { MarketView } from "#pricing";
import type {
  ExportJob,
  ExportRefusal,
  ExportRpc,
  ExportSummary,
  PublishedFeed,
  SeenState,
} from "../contract.ts";

/** A feed that the shop should have, and how it stands. */
export type FeedState = {
  readonly prefix: string;
  readonly view: MarketView;
  /** Absent until its first build. */
  readonly published?: PublishedFeed;
};

/** Where staff and programs start exports, follow them and fetch their files. Every method may be repeated. */
export type ExportDesk = {
  readonly exports: ObjectNamespace<ExportRpc>;
  /** Where shoppers find the shop, for addresses in files. */
  readonly origin: string;
  now(): EpochMs;
  saveSummary(job: ExportJob): Promise<void>;
  /** Newest first; seconds old. Refuses `invalid_cursor`. */
  list(page: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<Page<ExportSummary>, ExportRefusal>>;
  /** Whether an export of this id was ever started: asking an unknown object would make it exist. */
  isKnown(exportId: string): Promise<boolean>;
  /** The file of a finished export, in order; memory holds one piece at a time. */
  read(job: ExportJob): ReadableStream<Uint8Array>;
  /** A feed of every market in every language that it speaks. */
  feeds(): Promise<readonly FeedState[]>;
  /** What a feed that begins now would be made from. */
  seen(): Promise<SeenState>;
};
