import type { CallContext } from "#platform";
import { aidFor, nextAidAt } from "../domain/aid.ts";
import type { Break } from "../contract.ts";
import type { ReconciliationPorts } from "./ports.ts";
import { performRepair } from "./repair-break.ts";

/** Breaks that get first aid in one run. */
const MAX_AIDED = 50;

/**
 * Does what is safe without asking anybody, for breaks whose next try is due, and notes what was tried. The comparison
 * of the next run says whether it helped. Says how many were tended.
 */
export async function giveFirstAid(ports: ReconciliationPorts, call: CallContext): Promise<readonly Break[]> {
  const now = ports.clock.now();
  const ailing = await ports.breaks.ailing(now, MAX_AIDED);
  const tended: Break[] = [];
  for (const about of ailing) {
    const action = aidFor(about);
    if (!action) continue;
    const result = await performRepair(action, { about, ports, call });
    const number = about.aidAttempts + 1;
    const outcome = result.isDone ? "done" : result.hasFailed ? "failed" : "refused";
    await ports.breaks.noteAid(
      about.breakId,
      {
        // Opening and number: a run that crashed after the act and before this note tries the same one again.
        attemptId: `aid:${about.openedAt}:${number}`,
        action,
        actor: call.actor,
        outcome,
        detail: result.detail,
        at: now,
      },
      { at: nextAidAt(now, number) },
    );
    tended.push(about);
  }
  return tended;
}
