import { readFileSync } from "node:fs";
import autocannon from "autocannon";

/** What one run of one case gave. */
export type Sample = {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the shop's workerd, over the run. */
  readonly cpuMs: number;
};

export type Load = { readonly connections: number; readonly seconds: number };

/** Loads one address for a bounded time. Fails when any answer is not a 2xx. */
export async function loadAddress(url: string, load: Load, workerdPid: number): Promise<Sample> {
  const before = cpuMsOf(workerdPid);
  const result = await autocannon({
    url,
    connections: load.connections,
    duration: load.seconds,
    // What a browser sends; a page may be kept compressed.
    headers: { "accept-encoding": "gzip, br" },
    setupClient: leaveBodiesUnread,
  });
  if (result.non2xx > 0 || result.errors > 0 || result.timeouts > 0) {
    throw new Error(
      `${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors, ${result.timeouts} timeouts`,
    );
  }
  return {
    requests: result.requests.total,
    seconds: result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    cpuMs: cpuMsOf(workerdPid) - before,
  };
}

/**
 * Keeps the load generator from turning each body into text, which nobody reads here. Of packed bytes that takes longer
 * than the shop takes to answer; the shop then falls asleep between two requests, and being woken counts as its CPU.
 */
function leaveBodiesUnread(client: autocannon.Client): void {
  const pending: unknown = Reflect.get(client, "pipelinedRequests");
  if (typeof pending !== "object" || pending === null || !("addBody" in pending))
    throw new Error("This autocannon collects bodies in another way; see to it that it does not.");
  pending.addBody = (): void => undefined;
}

/** Runs a piece of work again and again on some connections for a bounded time; one run of it counts as one request. */
export async function loadWork(
  work: () => Promise<unknown>,
  load: Load,
  workerdPid: number,
): Promise<Sample> {
  const latencies: number[] = [];
  const before = cpuMsOf(workerdPid);
  const startedAt = performance.now();
  const endsAt = startedAt + load.seconds * 1_000;
  const connection = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const begin = performance.now();
      await work();
      latencies.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  const seconds = (performance.now() - startedAt) / 1_000;
  latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMs: cpuMsOf(workerdPid) - before,
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Linux counts in hundredths of a second, on every architecture that Node runs on. */
const MS_PER_TICK = 10;

/** User and system time of a process so far, in ms; 0 where there is no /proc. */
export function cpuMsOf(pid: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return 0;
  }
  // Fields 14 and 15; the name before them stands in brackets and may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}
