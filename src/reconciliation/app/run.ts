import { after, DAY_MS, epochMs, ok, refuse, type EpochMs, type Result } from "#kernel";
import { createLogger, describeError, newTraceparent, type CallContext } from "#platform";
import type { JobName, ReconciliationRefusal, RunReport } from "../contract.ts";
import {
  FULL_PAGES,
  LEASE_MS,
  NIGHTLY_HOUR_MS,
  RECHECK_BREAKS,
  RUN_BUDGET_MS,
  SAMPLE_ORDERS,
  SWEEP_QUIET_MS,
} from "../domain/limits.ts";
import { checkOrderIds, emptyTally, runPage, type Tally } from "./pages.ts";
import { recheckBreaks } from "./recheck.ts";
import { giveFirstAid } from "./first-aid.ts";
import type { ReconciliationPorts } from "./ports.ts";

const SAMPLES: readonly JobName[] = ["sample-orders", "sample-stock", "sample-provider", "sample-vouchers"];
const FULL: readonly JobName[] = ["full-orders", "full-stock", "full-provider", "full-vouchers"];
const REBUILD: readonly JobName[] = ["rebuild-orders", "rebuild-stock"];

export type RunRequest = {
  /** Begin a lap over everything now, not only at night. */
  readonly everything?: boolean;
  /** Begin writing every copy anew. */
  readonly rebuild?: boolean;
  readonly actor: string;
};

/**
 * One run: what is open is looked at again, then the orders that nothing has touched, then the next part of everything,
 * then first aid. Bounded in pages and time; one runner at a time. A run that is skipped or dies is made up for by the
 * next one, which goes on where the last page ended (F21).
 */
export async function runReconciliation(
  request: RunRequest,
  ports: ReconciliationPorts,
): Promise<Result<RunReport, ReconciliationRefusal>> {
  const owner = crypto.randomUUID();
  const startedAt = ports.clock.now();
  if (!(await ports.jobs.takeLease(owner, startedAt, after(startedAt, LEASE_MS))))
    return refuse({ code: "run_in_progress" });
  const tally = emptyTally();
  const call: CallContext = { traceparent: newTraceparent(), actor: request.actor };
  const log = createLogger("reconciliation", call.traceparent);
  try {
    await beginLaps(request, ports, startedAt);
    const run: Run = { ports, tally, owner, until: after(startedAt, RUN_BUDGET_MS) };
    await recheckOpen(run);
    await sweepQuiet(run);
    for (const name of SAMPLES) await goOn(name, 1, run);
    for (const name of [...REBUILD, ...FULL]) await goOn(name, FULL_PAGES, run);
    const aided = await giveFirstAid(ports, call);
    // What was tended is looked at once more, so that a mended break does not wait for the next run.
    if (aided.length > 0) await recheckOpen(run);
    return ok(await reportOf(tally, aided.length, ports));
  } catch (error) {
    log.error("reconciliation.failed", { reason: describeError(error) });
    throw error;
  } finally {
    await ports.jobs.endLease(owner, {
      at: ports.clock.now(),
      events: tally.waiting.waiting,
      ...(tally.waiting.oldestAt === undefined ? {} : { oldestAt: tally.waiting.oldestAt }),
    });
  }
}

type Run = {
  readonly ports: ReconciliationPorts;
  readonly tally: Tally;
  readonly owner: string;
  readonly until: EpochMs;
};

/** The last time that the nightly hour struck. */
export const lastNight = (now: EpochMs): EpochMs =>
  epochMs(Math.floor((now - NIGHTLY_HOUR_MS) / DAY_MS) * DAY_MS + NIGHTLY_HOUR_MS);

async function beginLaps(
  { everything = false, rebuild = false }: RunRequest,
  { jobs }: ReconciliationPorts,
  now: EpochMs,
): Promise<void> {
  for (const name of FULL) {
    const { lapStartedAt } = await jobs.read(name);
    const isDue = lapStartedAt === undefined || lapStartedAt < lastNight(now);
    if (everything || isDue) await jobs.begin(name, now);
  }
  if (rebuild) for (const name of REBUILD) await jobs.begin(name, now);
}

/** Rolling samples begin their next round by themselves. */
async function goOn(name: JobName, pages: number, run: Run): Promise<void> {
  const { ports, owner, until } = run;
  if (SAMPLES.includes(name)) await ports.jobs.begin(name, ports.clock.now());
  for (let page = 0; page < pages && ports.clock.now() < until; page += 1) {
    const job = await ports.jobs.read(name);
    if (!job.isUnderWay) return;
    const done = await runPage(name, job.cursor, run);
    if (!(await ports.jobs.advance(name, done, { owner, now: ports.clock.now() }))) return;
    if (done.nextCursor === undefined || done.nextCursor === job.cursor) return;
  }
}

/** A break is resolved as soon as it is gone, wherever the laps stand. */
async function recheckOpen(run: Run): Promise<void> {
  await recheckBreaks(await run.ports.breaks.oldest(RECHECK_BREAKS), run);
}

/** Orders that are on their way and silent: the first to have lost something. */
async function sweepQuiet(run: Run): Promise<void> {
  const { copies, clock } = run.ports;
  const now = clock.now();
  const ids = await copies.quietOrders(after(now, -SWEEP_QUIET_MS), SAMPLE_ORDERS);
  const answered = await checkOrderIds(ids, run);
  await copies.markChecked(answered, now);
}

async function reportOf(tally: Tally, aided: number, { jobs }: ReconciliationPorts): Promise<RunReport> {
  const { checked, opened, resolved, rebuilt, unreachable } = tally;
  const states = await jobs.all();
  const hasMore = states.some((job) => job.isUnderWay && !SAMPLES.includes(job.name));
  return { isBusy: false, checked, opened, resolved, aided, rebuilt, unreachable, hasMore };
}
