import * as z from "zod";
import { toIso } from "#kernel";
import type { Attempt, Break, BreakClass, Health, JobState, RepairAction } from "../contract.ts";

/** Characters of a reason. */
const MAX_REASON = 300;
/** The words of the module's table of classes; checked where they are used, listed in the answers. */
const word = z.string().trim().min(1).max(60);

export const breakListQuery = z.object({
  status: z.enum(["open", "accepted", "resolved"]).default("open"),
  class: word.optional().describe("One class of break, such as `projection.order`."),
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const REPAIRS = [
  "reproject",
  "settle",
  "nudge",
  "release",
  "recommit",
  "rescan",
] as const satisfies readonly RepairAction[];
export const repairBody = z.strictObject({ action: z.enum(REPAIRS) });
export const acceptBody = z.strictObject({ reason: z.string().trim().min(1).max(MAX_REASON) });
export const runBody = z.strictObject({ everything: z.boolean().default(false) });

const instant = z.iso.datetime();
export const breakSchema = z
  .object({
    id: z.string(),
    class: z.string(),
    promise: z.string(),
    aggregate: z.object({ kind: z.string(), id: z.string() }),
    subject: z.string(),
    expected: z.string(),
    found: z.string(),
    status: z.string(),
    firstSeenAt: instant,
    openedAt: instant,
    lastSeenAt: instant,
    timesSeen: z.int(),
    resolvedAt: instant.optional(),
    accepted: z.object({ reason: z.string(), by: z.string() }).optional(),
    repairs: z.array(z.string()),
    aidAttempts: z.int(),
  })
  .meta({ id: "Break" });
export const breakListSchema = z.object({ items: z.array(breakSchema), nextCursor: z.string().optional() });
export const breakPageSchema = z.object({
  break: breakSchema,
  attempts: z.array(
    z.object({
      id: z.string(),
      action: z.string(),
      actor: z.string(),
      outcome: z.string(),
      detail: z.string(),
      at: instant,
    }),
  ),
});
const jobSchema = z.object({
  name: z.string(),
  isUnderWay: z.boolean(),
  checked: z.int(),
  found: z.int(),
  lapStartedAt: instant.optional(),
  lastLapAt: instant.optional(),
  lastLapChecked: z.int(),
  lastLapFound: z.int(),
  objectChecksum: z.string(),
  copyChecksum: z.string(),
});
export const healthSchema = z
  .object({
    open: z.int(),
    accepted: z.int(),
    openByClass: z.array(
      z.object({ class: z.string(), promise: z.string(), open: z.int(), oldestAt: instant }),
    ),
    waiting: z.object({ events: z.int(), oldestAt: instant.optional() }),
    lastRunAt: instant.optional(),
    jobs: z.array(jobSchema),
  })
  .meta({ id: "ReconciliationHealth" });
export const reportSchema = z.object({
  checked: z.int(),
  opened: z.int(),
  resolved: z.int(),
  aided: z.int(),
  rebuilt: z.int(),
  unreachable: z.int(),
  hasMore: z.boolean(),
});

/** A break as it travels. */
export const renderBreak = (found: Break) => ({
  id: found.breakId,
  class: found.class satisfies BreakClass,
  promise: found.promise,
  aggregate: found.aggregate,
  subject: found.subject,
  expected: found.expected,
  found: found.found,
  status: found.status,
  firstSeenAt: toIso(found.firstSeenAt),
  openedAt: toIso(found.openedAt),
  lastSeenAt: toIso(found.lastSeenAt),
  timesSeen: found.timesSeen,
  ...(found.resolvedAt === undefined ? {} : { resolvedAt: toIso(found.resolvedAt) }),
  ...(found.accepted === undefined ? {} : { accepted: found.accepted }),
  repairs: found.repairs,
  aidAttempts: found.aidAttempts,
});

export const renderAttempt = ({ attemptId, at, ...attempt }: Attempt) => ({
  id: attemptId,
  ...attempt,
  at: toIso(at),
});

const renderJob = ({ lapStartedAt, lastLapAt, ...job }: JobState) => ({
  name: job.name,
  isUnderWay: job.isUnderWay,
  checked: job.checked,
  found: job.found,
  lastLapChecked: job.lastLapChecked,
  lastLapFound: job.lastLapFound,
  objectChecksum: job.objectChecksum,
  copyChecksum: job.copyChecksum,
  ...(lapStartedAt === undefined ? {} : { lapStartedAt: toIso(lapStartedAt) }),
  ...(lastLapAt === undefined ? {} : { lastLapAt: toIso(lastLapAt) }),
});

/** The health as it travels. */
export const renderHealth = ({ waiting, lastRunAt, jobs, openByClass, open, accepted }: Health) => ({
  open,
  accepted,
  openByClass: openByClass.map(({ oldestAt, ...entry }) => ({ ...entry, oldestAt: toIso(oldestAt) })),
  waiting: {
    events: waiting.events,
    ...(waiting.oldestAt === undefined ? {} : { oldestAt: toIso(waiting.oldestAt) }),
  },
  ...(lastRunAt === undefined ? {} : { lastRunAt: toIso(lastRunAt) }),
  jobs: jobs.map(renderJob),
});
