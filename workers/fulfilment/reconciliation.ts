import { createLogger } from "#platform";
import type { ReconciliationPorts } from "../../src/reconciliation/app/ports.ts";
import { runReconciliation } from "../../src/reconciliation/app/run.ts";

/** The cron's comparison; what it came to is one log line, and breaks that stand are an error for the alarm to see. */
export async function reconcile(ports: ReconciliationPorts): Promise<void> {
  const log = createLogger("reconciliation");
  const answer = await runReconciliation({ actor: "system:reconciliation" }, ports);
  if (!answer.ok) return log.info("reconciliation.stood_back", { reason: answer.refusal.code });
  log.info("reconciliation.finished", answer.value);
  const { open, accepted, openByClass } = await ports.breaks.countOpen();
  const { waiting } = await ports.jobs.lastRun();
  log.info("reconciliation.waiting", { events: waiting.events, oldestAtMs: waiting.oldestAt ?? null });
  if (open === 0) return;
  const byClass = Object.fromEntries(openByClass.map((entry) => [entry.class, entry.open]));
  log.error("reconciliation.breaks_open", { open, accepted, ...byClass });
}
