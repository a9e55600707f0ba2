import { epochMs, invariant, type EpochMs } from "#kernel";
import { EXPORT_KEPT_MS } from "./limits.ts";

/** What an export writes. `google` is of one market and language, the others are of the whole shop. */
export const EXPORT_FORMATS = ["jsonl", "shopify-csv", "google"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** `failed`: trouble on our side; the job can be resumed where it stopped. */
export const EXPORT_STATES = ["queued", "running", "finished", "failed", "cancelled"] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** What a feed was made from: whoever sees other numbers knows that it is old. */
export type SeenState = { readonly sequence: number; readonly priceVersion: number };

export type ExportJob = {
  /** An export's id, or the name of a feed. */
  readonly jobId: string;
  readonly format: ExportFormat;
  /** First part of the paths of the market and language; empty for the default one. Means something for `google`. */
  readonly prefix: string;
  /** A feed is published when it is ready, and made again and again by the same object. */
  readonly isFeed: boolean;
  /** Counts the builds of a feed; 1 for an export. */
  readonly generation: number;
  /** Where shoppers find the shop, for addresses in the file. */
  readonly origin: string;
  readonly seen: SeenState;
  readonly state: ExportState;
  /** Number of the last product that is stored. */
  readonly after: number;
  /** Number of the last product when the job began: how far it has to go. */
  readonly lastNumber: number;
  /** Products of which the file has something. */
  readonly products: number;
  readonly chunks: number;
  readonly bytes: number;
  /** SHA-256 over the pieces so far, hex; names the content. */
  readonly digest: string;
  readonly actor: string;
  /** Why it failed, for people. */
  readonly problem?: string;
  readonly createdAtMs: EpochMs;
  readonly finishedAtMs?: EpochMs;
  /** When the file of a finished export is removed. */
  readonly expiresAtMs?: EpochMs;
  readonly isExpired: boolean;
  /** Raised by every change. */
  readonly version: number;
};

/** Which state may follow which; a feed that has ended begins anew. */
export const EXPORT_TRANSITIONS: Readonly<Record<ExportState, readonly ExportState[]>> = {
  queued: ["running", "cancelled", "failed"],
  running: ["finished", "cancelled", "failed"],
  failed: ["queued", "cancelled"],
  finished: [],
  cancelled: [],
};

export const isRunning = (state: ExportState): boolean => state === "queued" || state === "running";

export type QueueExport = Pick<
  ExportJob,
  "jobId" | "format" | "prefix" | "isFeed" | "origin" | "seen" | "actor"
>;

/** A job before its first slice. */
export const queueExport = (
  command: QueueExport,
  { at, generation }: { readonly at: EpochMs; readonly generation: number },
): ExportJob => ({
  ...command,
  generation,
  state: "queued",
  after: 0,
  lastNumber: 0,
  products: 0,
  chunks: 0,
  bytes: 0,
  digest: "",
  createdAtMs: at,
  isExpired: false,
  version: 1,
});

/** Moves a job to another state; a move that the table does not know is a defect. */
export function moveExport(
  job: ExportJob,
  { state, at, problem }: { readonly state: ExportState; readonly at: EpochMs; readonly problem?: string },
): ExportJob {
  invariant(
    EXPORT_TRANSITIONS[job.state].includes(state),
    `an export never moves from ${job.state} to ${state}`,
  );
  const { finishedAtMs: _finished, problem: _problem, ...rest } = job;
  const isKept = state === "finished" && !job.isFeed;
  return {
    ...rest,
    state,
    version: job.version + 1,
    ...(isRunning(state) ? {} : { finishedAtMs: at }),
    ...(isKept ? { expiresAtMs: epochMs(at + EXPORT_KEPT_MS) } : {}),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A piece of the file is stored, with everything up to a product. */
export const chunkStored = (
  job: ExportJob,
  piece: Pick<ExportJob, "after" | "products" | "bytes" | "digest">,
): ExportJob => ({
  ...job,
  after: piece.after,
  products: job.products + piece.products,
  bytes: job.bytes + piece.bytes,
  chunks: job.chunks + 1,
  digest: piece.digest,
  version: job.version + 1,
});

/** The file is gone, for its time or because it was cancelled. */
export const fileRemoved = (job: ExportJob): ExportJob => ({
  ...job,
  isExpired: true,
  version: job.version + 1,
});

/** How much is done, from 0 to 100; never 100 before the end. */
export const percentOf = ({ state, after, lastNumber }: ExportJob): number =>
  state === "finished" ? 100 : Math.min(99, Math.floor((100 * after) / Math.max(1, lastNumber)));
