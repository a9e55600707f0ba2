import { invariant, type CurrencyCode, type EpochMs, type ImportJobId } from "#kernel";
import type { FieldNames } from "./header.ts";
import type { ImportSource } from "./mapping.ts";

/** What happens to a file with rejected rows: nothing of it is written, or all but their products are. */
export const IMPORT_POLICIES = ["reject-all", "reject-failed-rows"] as const;
export type ImportPolicy = (typeof IMPORT_POLICIES)[number];

/**
 * `rejected`: nothing was written, because the file cannot be read or the policy says so. `failed`: trouble on our
 * side; the job can be resumed.
 */
export const IMPORT_STATES = [
  "queued",
  "validating",
  "applying",
  "finished",
  "rejected",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/**
 * Always `total = created + changed + same + rejected + waiting`, for rows and for products; a row's fate is its product's.
 * For rows also `accepted = total - rejected`.
 */
export type ImportCounts = {
  readonly rows: {
    readonly total: number;
    readonly accepted: number;
    readonly created: number;
    readonly changed: number;
    readonly same: number;
    readonly rejected: number;
    readonly waiting: number;
    /** Of the accepted ones: taken, with something left out or doubted. */
    readonly warned: number;
  };
  readonly products: {
    readonly total: number;
    readonly created: number;
    readonly changed: number;
    readonly same: number;
    readonly rejected: number;
    /** Not looked at yet, or left alone because the job stopped. */
    readonly waiting: number;
  };
  readonly warnings: number;
};

/** How far the present step is: bytes read, products checked, products written. */
export type ImportProgress = { readonly step: ImportStep; readonly done: number; readonly total: number };
export type ImportStep = "read" | "check" | "write";

export type ImportJob = {
  readonly importId: ImportJobId;
  readonly state: ImportState;
  readonly step: ImportStep;
  readonly fileKey: string;
  readonly fileName: string;
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly policy: ImportPolicy;
  readonly source: ImportSource;
  readonly currency: CurrencyCode;
  readonly actor: string;
  readonly counts: ImportCounts;
  readonly progress: ImportProgress;
  /** The file's names of the fields it has; empty until its header was read. */
  readonly names: FieldNames;
  /** The very same file was imported before, so what it says of stock is counted already. */
  readonly isRepeat: boolean;
  /** Why it was rejected or failed, for people. */
  readonly problem?: string;
  readonly createdAtMs: EpochMs;
  readonly finishedAtMs?: EpochMs;
  /** Raised by every change. */
  readonly version: number;
};

/** Which state may follow which; a cancelled, rejected or finished import never moves again. */
export const IMPORT_TRANSITIONS: Readonly<Record<ImportState, readonly ImportState[]>> = {
  queued: ["validating", "cancelled", "failed"],
  validating: ["applying", "rejected", "cancelled", "failed"],
  applying: ["finished", "cancelled", "failed"],
  failed: ["queued", "cancelled"],
  finished: [],
  rejected: [],
  cancelled: [],
};

/** Whether an import in this state still has work to do. */
export const isRunning = (state: ImportState): boolean =>
  state === "queued" || state === "validating" || state === "applying";

const NO_COUNTS: ImportCounts = {
  rows: { total: 0, accepted: 0, created: 0, changed: 0, same: 0, rejected: 0, waiting: 0, warned: 0 },
  products: { total: 0, created: 0, changed: 0, same: 0, rejected: 0, waiting: 0 },
  warnings: 0,
};

/** A job as it stands before its first slice. */
export const queueJob = (
  start: Pick<
    ImportJob,
    | "importId"
    | "fileKey"
    | "fileName"
    | "fileHash"
    | "fileBytes"
    | "policy"
    | "source"
    | "currency"
    | "actor"
    | "createdAtMs"
  >,
): ImportJob => ({
  ...start,
  state: "queued",
  step: "read",
  counts: NO_COUNTS,
  progress: { step: "read", done: 0, total: start.fileBytes },
  names: {},
  isRepeat: false,
  version: 1,
});

/** Changes a job within its state. */
export const updateJob = (
  job: ImportJob,
  change: Partial<Omit<ImportJob, "importId" | "state" | "version">>,
): ImportJob => ({
  ...job,
  ...change,
  version: job.version + 1,
});

export type Move = {
  readonly state: ImportState;
  readonly at: EpochMs;
  /** Why, for people. */
  readonly problem?: string | undefined;
};

/** Moves a job to another state; a move that the table does not know is a defect. */
export function moveJob(job: ImportJob, { state, at, problem }: Move): ImportJob {
  invariant(
    IMPORT_TRANSITIONS[job.state].includes(state),
    `an import never moves from ${job.state} to ${state}`,
  );
  const { finishedAtMs: _finished, problem: _problem, ...rest } = job;
  return {
    ...rest,
    state,
    version: job.version + 1,
    ...(isRunning(state) ? {} : { finishedAtMs: at }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Starts the reading over: whatever an earlier, broken attempt counted is forgotten. */
export const restartCounts = (job: ImportJob): ImportJob =>
  updateJob(job, {
    step: "read",
    counts: NO_COUNTS,
    names: {},
    progress: { step: "read", done: 0, total: job.fileBytes },
  });

/** Rows were read, `products` of them the first of their product; all count as accepted until they are checked. */
export function rowsRead(
  job: ImportJob,
  read: { readonly rows: number; readonly products: number; readonly bytes: number },
): ImportJob {
  const { rows, products } = job.counts;
  return updateJob(job, {
    counts: {
      ...job.counts,
      rows: {
        ...rows,
        total: rows.total + read.rows,
        accepted: rows.accepted + read.rows,
        waiting: rows.waiting + read.rows,
      },
      products: {
        ...products,
        total: products.total + read.products,
        waiting: products.waiting + read.products,
      },
    },
    progress: { ...job.progress, done: Math.min(read.bytes, job.fileBytes) },
  });
}

/** The file was read to its end; its products are checked next. */
export const fileRead = (
  job: ImportJob,
  summary: { readonly names: FieldNames; readonly warnings: number },
): ImportJob =>
  updateJob(job, {
    step: "check",
    names: summary.names,
    counts: { ...job.counts, warnings: summary.warnings },
    progress: { step: "check", done: 0, total: job.counts.products.total },
  });

/** The file cannot be read to its end, so none of its rows is accepted. */
export function fileRefused(job: ImportJob): ImportJob {
  const { rows, products } = job.counts;
  return updateJob(job, {
    counts: {
      ...job.counts,
      rows: { ...rows, accepted: 0, rejected: rows.total, waiting: 0 },
      products: { ...products, rejected: products.total, waiting: 0 },
    },
  });
}

/** One product was checked: its rows are accepted or rejected. */
export const productChecked = (
  job: ImportJob,
  checked: {
    readonly rows: number;
    readonly isAccepted: boolean;
    readonly warnings: number;
    /** Rows that any of the warnings is about. */
    readonly warnedRows: number;
  },
): ImportJob => {
  const { rows } = job.counts;
  const counts = { ...job.counts, warnings: job.counts.warnings + checked.warnings };
  const warned = { ...counts, rows: { ...rows, warned: rows.warned + checked.warnedRows } };
  return stepOn(updateJob(job, { counts: checked.isAccepted ? warned : withRejected(counts, checked.rows) }));
};

/** Every product was checked and the accepted ones may be written. */
export const startWriting = (
  job: ImportJob,
  { at, isRepeat }: { readonly at: EpochMs; readonly isRepeat: boolean },
): ImportJob =>
  updateJob(moveJob(job, { state: "applying", at }), {
    step: "write",
    isRepeat,
    progress: { step: "write", done: 0, total: job.counts.products.waiting },
  });

export type ProductOutcome = "created" | "changed" | "same";

/** One product is in the catalogue, with all its rows; its stock is counted next. */
export function productSaved(job: ImportJob, outcome: ProductOutcome, rowCount: number): ImportJob {
  const { rows, products } = job.counts;
  return updateJob(job, {
    counts: {
      ...job.counts,
      rows: { ...rows, [outcome]: rows[outcome] + rowCount, waiting: rows.waiting - rowCount },
      products: { ...products, [outcome]: products[outcome] + 1, waiting: products.waiting - 1 },
    },
  });
}

/** The catalogue refused a product that the check had let through. */
export const productRefused = (job: ImportJob, rows: number): ImportJob =>
  stepOn(updateJob(job, { counts: withRejected(job.counts, rows) }));

/** One more product is through with the present step. */
export const stepOn = (job: ImportJob): ImportJob =>
  updateJob(job, { progress: { ...job.progress, done: job.progress.done + 1 } });

const withRejected = (counts: ImportCounts, rowCount: number): ImportCounts => ({
  ...counts,
  rows: {
    ...counts.rows,
    accepted: counts.rows.accepted - rowCount,
    rejected: counts.rows.rejected + rowCount,
    waiting: counts.rows.waiting - rowCount,
  },
  products: {
    ...counts.products,
    rejected: counts.products.rejected + 1,
    waiting: counts.products.waiting - 1,
  },
});
