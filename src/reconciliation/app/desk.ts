import { andThen, ok, refuse, type Result } from "#kernel";
import type { CallContext } from "#platform";
import type { Attempt, Break, ReconciliationDesk, ReconciliationRefusal } from "../contract.ts";
import { mayRepair } from "../domain/aid.ts";
import { SHOWN_ATTEMPTS } from "../domain/limits.ts";
import { recheck } from "./recheck.ts";
import type { ReconciliationPorts } from "./ports.ts";
import { performRepair } from "./repair-break.ts";
import { runReconciliation } from "./run.ts";

type BreakAnswer = Promise<Result<Break, ReconciliationRefusal>>;

/** What staff ask of reconciliation, over the same ports as the cron. */
export function createReconciliationDesk(ports: ReconciliationPorts): ReconciliationDesk {
  const { breaks, jobs } = ports;
  return {
    async health() {
      const [open, states, last] = await Promise.all([breaks.countOpen(), jobs.all(), jobs.lastRun()]);
      return { ...open, ...last, jobs: states };
    },
    list: (request) => breaks.list(request),
    async read(breakId) {
      const found = await breaks.find(breakId);
      if (!found) return refuse({ code: "break_unknown", breakId });
      return ok({ break: found, attempts: await breaks.attempts(breakId, SHOWN_ATTEMPTS) });
    },
    repair: (request, call) => repair(request, ports, call),
    accept: (request, call) => accept(request, ports, call),
    run: ({ everything }) => runReconciliation({ everything, actor: "system:reconciliation" }, ports),
    async rebuild() {
      return runReconciliation({ rebuild: true, actor: "system:reconciliation" }, ports);
    },
  };
}

async function open(
  breakId: string,
  { breaks }: ReconciliationPorts,
): Promise<Result<Break, ReconciliationRefusal>> {
  const found = await breaks.find(breakId);
  if (!found) return refuse({ code: "break_unknown", breakId });
  return found.status === "resolved"
    ? refuse({ code: "repair_not_possible", detail: "The break is resolved; there is nothing to mend." })
    : ok(found);
}

async function repair(
  { breakId, action, attemptId }: Parameters<ReconciliationDesk["repair"]>[0],
  ports: ReconciliationPorts,
  call: CallContext,
): BreakAnswer {
  // A repeat gets the break as it is now: what was asked for has been done.
  if (await ports.breaks.hasAttempt(breakId, attemptId)) return present(breakId, ports);
  const about = andThen(await open(breakId, ports), (found) =>
    mayRepair(found.class, action)
      ? ok(found)
      : refuse({
          code: "repair_not_possible",
          detail: `Such a break is not mended by "${action}". Possible: ${found.repairs.join(", ") || "none"}.`,
        } as const),
  );
  if (!about.ok) return about;
  const result = await performRepair(action, { about: about.value, ports, call });
  const outcome = result.isDone ? "done" : result.hasFailed ? "failed" : "refused";
  const at = ports.clock.now();
  const attempt: Attempt = { attemptId, action, actor: call.actor, outcome, detail: result.detail, at };
  await ports.breaks.addAttempt(breakId, attempt);
  await recheck(about.value, ports);
  return present(breakId, ports);
}

async function accept(
  { breakId, reason, attemptId }: Parameters<ReconciliationDesk["accept"]>[0],
  ports: ReconciliationPorts,
  call: CallContext,
): BreakAnswer {
  const { breaks, clock } = ports;
  if (await breaks.hasAttempt(breakId, attemptId)) return present(breakId, ports);
  const about = await open(breakId, ports);
  if (!about.ok) return about;
  const { actor } = call;
  await breaks.accept(breakId, { reason, actor });
  await breaks.addAttempt(breakId, {
    ...{ attemptId, action: "accept", actor, outcome: "done", detail: reason },
    at: clock.now(),
  });
  return present(breakId, ports);
}

async function present(breakId: string, { breaks }: ReconciliationPorts): BreakAnswer {
  const found = await breaks.find(breakId);
  return found ? ok(found) : refuse({ code: "break_unknown", breakId });
}
