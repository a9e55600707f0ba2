import { cpuMsOf } from "./measure.ts";
import { newVisit, type Shopper } from "./shopper.ts";

/** What one step of a purchase costs the shop's workerd. */
export type StepCost = {
  readonly name: string;
  readonly cpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

export const SETTLE_NAME = "afterwards (events, projection, mail)";

const AT_ONCE = 4;
const QUIET_CHECK_MS = 500;
const QUIET_CPU_MS = 15;
const MAX_QUIET_CHECKS = 60;

/**
 * Walks many shoppers through a purchase step by step, all of them through one step before the next, so that each
 * step's CPU can be told apart. What the shop still does after the orders are confirmed is counted last, until it is
 * quiet; a little of it already falls into the steps before.
 */
export async function measureSteps(
  shopper: Shopper,
  sku: string,
  { shoppers, pid }: { readonly shoppers: number; readonly pid: number },
): Promise<readonly StepCost[]> {
  const visits = Array.from({ length: shoppers }, newVisit);
  const costs: StepCost[] = [];
  for (const step of shopper.steps(sku)) {
    const latencies: number[] = [];
    const before = cpuMsOf(pid);
    await inTurn(visits, async (visit) => {
      const begin = performance.now();
      await step.run(visit);
      latencies.push(performance.now() - begin);
    });
    latencies.sort((a, b) => a - b);
    const at = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
    costs.push({
      name: step.name,
      cpuMs: (cpuMsOf(pid) - before) / shoppers,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
    });
  }
  const before = cpuMsOf(pid);
  await untilQuiet(pid);
  costs.push({ name: SETTLE_NAME, cpuMs: (cpuMsOf(pid) - before) / shoppers, p50Ms: 0, p99Ms: 0 });
  return costs;
}

/** Each item once, a few at a time. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Waits until the process does next to nothing. */
async function untilQuiet(pid: number): Promise<void> {
  for (let checks = 0, quiet = 0; checks < MAX_QUIET_CHECKS && quiet < 3; checks += 1) {
    const before = cpuMsOf(pid);
    await new Promise((settle) => setTimeout(settle, QUIET_CHECK_MS));
    quiet = cpuMsOf(pid) - before <= QUIET_CPU_MS ? quiet + 1 : 0;
  }
}
