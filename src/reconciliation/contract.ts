import type { EpochMs, Page, Result } from "#kernel";
import type { CallContext } from "#platform";
import type { AggregateKind, BreakClass, PromiseNumber, RepairAction } from "./domain/breaks.ts";

/** What reconciliation tells staff and systems, and what they may ask of it. */
export type { AggregateKind, BreakClass, PromiseNumber, RepairAction } from "./domain/breaks.ts";

export type BreakStatus = "open" | "accepted" | "resolved";

/** One difference between what is promised and what is. */
export type Break = {
  readonly breakId: string;
  readonly class: BreakClass;
  readonly promise: PromiseNumber;
  readonly aggregate: { readonly kind: AggregateKind; readonly id: string };
  /** Which part of the aggregate; empty for the whole. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
  readonly status: BreakStatus;
  readonly firstSeenAt: EpochMs;
  /** Its age counts from here: when it came (back). */
  readonly openedAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  readonly timesSeen: number;
  readonly resolvedAt?: EpochMs;
  readonly accepted?: { readonly reason: string; readonly by: string };
  /** What a person may ask for, each safe to repeat. */
  readonly repairs: readonly RepairAction[];
  /** First aid given so far, since it was opened. */
  readonly aidAttempts: number;
};

/** What was tried about a break, by first aid or by a person. */
export type Attempt = {
  readonly attemptId: string;
  readonly action: RepairAction | "accept" | "reopen";
  readonly actor: string;
  readonly outcome: "done" | "refused" | "failed";
  readonly detail: string;
  readonly at: EpochMs;
};

/** How far a comparison of everything is; a lap is one round over all aggregates. */
export type JobState = {
  readonly name: JobName;
  readonly isUnderWay: boolean;
  readonly lapStartedAt?: EpochMs;
  readonly checked: number;
  readonly found: number;
  readonly lastLapAt?: EpochMs;
  readonly lastLapChecked: number;
  readonly lastLapFound: number;
  /** Of a rebuild: equal when every copy is level with its object. */
  readonly objectChecksum: string;
  readonly copyChecksum: string;
};

export const JOB_NAMES = [
  "sample-orders",
  "sample-stock",
  "sample-provider",
  "sample-vouchers",
  "full-orders",
  "full-stock",
  "full-provider",
  "full-vouchers",
  "rebuild-orders",
  "rebuild-stock",
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** The state of the shop's promises, from what was compared last. */
export type Health = {
  readonly openByClass: readonly {
    readonly class: BreakClass;
    readonly promise: PromiseNumber;
    readonly open: number;
    readonly oldestAt: EpochMs;
  }[];
  readonly open: number;
  readonly accepted: number;
  /** Of the last run over the outboxes that it read: events not applied yet, and since when the oldest one waits. */
  readonly waiting: { readonly events: number; readonly oldestAt?: EpochMs };
  readonly lastRunAt?: EpochMs;
  readonly jobs: readonly JobState[];
};

/** What one run did. */
export type RunReport = {
  readonly isBusy: boolean;
  readonly checked: number;
  readonly opened: number;
  readonly resolved: number;
  readonly aided: number;
  readonly rebuilt: number;
  /** Objects that did not answer; the next run asks them again. */
  readonly unreachable: number;
  /** More waits for the next run: a lap or a rebuild is under way. */
  readonly hasMore: boolean;
};

export type ReconciliationRefusal =
  | { readonly code: "break_unknown"; readonly breakId: string }
  | { readonly code: "invalid_cursor" }
  /** Not among the break's repairs, or the break is resolved. */
  | { readonly code: "repair_not_possible"; readonly detail: string }
  /** Another run holds the lease. */
  | { readonly code: "run_in_progress" };

export type BreakListRequest = {
  readonly status?: BreakStatus;
  readonly class?: BreakClass;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

/** What staff may ask of reconciliation. Every write may be repeated. */
export type ReconciliationDesk = {
  health(): Promise<Health>;
  list(request: BreakListRequest): Promise<Result<Page<Break>, ReconciliationRefusal>>;
  read(
    breakId: string,
  ): Promise<Result<{ readonly break: Break; readonly attempts: readonly Attempt[] }, ReconciliationRefusal>>;
  /** Does it, notes it, and looks again at once. `attemptId` is the key: a repeat does nothing more. */
  repair(
    request: { readonly breakId: string; readonly action: RepairAction; readonly attemptId: string },
    call: CallContext,
  ): Promise<Result<Break, ReconciliationRefusal>>;
  /** A person lets it stand, with a reason. It is resolved like any other when it is gone. */
  accept(
    request: { readonly breakId: string; readonly reason: string; readonly attemptId: string },
    call: CallContext,
  ): Promise<Result<Break, ReconciliationRefusal>>;
  /** Compares as much as one run may. `everything` starts a lap over all aggregates, and goes on with one under way. */
  run(request: { readonly everything: boolean }): Promise<Result<RunReport, ReconciliationRefusal>>;
  /** Starts writing every copy in D1 anew, or goes on; each call and each cron does one run's share. */
  rebuild(): Promise<Result<RunReport, ReconciliationRefusal>>;
};
