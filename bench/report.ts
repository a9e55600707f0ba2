import type { Sample } from "./measure.ts";
import type { StepCost } from "./steps.ts";

/** The median of a case's runs, and how it compares to the floor. */
export type Summary = {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  /** CPU per request, as a multiple of the empty handler's. */
  readonly cpuRatio: number;
};

/** Sums up the runs of each case. `floorName` must be one of them. */
export function summarise(
  samples: ReadonlyMap<string, readonly Sample[]>,
  floorName: string,
): readonly Summary[] {
  const figures = [...samples].map(([name, runs]) => ({
    name,
    requestsPerSecond: median(runs.map((run) => run.requests / run.seconds)),
    p50Ms: median(runs.map((run) => run.p50Ms)),
    p99Ms: median(runs.map((run) => run.p99Ms)),
    cpuMsPerRequest: median(runs.map((run) => run.cpuMs / Math.max(run.requests, 1))),
  }));
  const floor = figures.find((each) => each.name === floorName)?.cpuMsPerRequest ?? 0;
  return figures.map((each) => ({ ...each, cpuRatio: floor === 0 ? 0 : each.cpuMsPerRequest / floor }));
}

/** Prints one aligned line per case. */
export function printTable(summaries: readonly Summary[]): void {
  printRows([
    ["case", "requests/s", "p50 ms", "p99 ms", "CPU ms/request", "x floor"],
    ...summaries.map((each) => [
      each.name,
      each.requestsPerSecond.toFixed(each.requestsPerSecond < 100 ? 1 : 0),
      each.p50Ms.toFixed(1),
      each.p99Ms.toFixed(1),
      each.cpuMsPerRequest.toFixed(3),
      each.cpuRatio.toFixed(2),
    ]),
  ]);
}

/** Prints what each step of a purchase costs, and their sum. */
export function printSteps(steps: readonly StepCost[]): void {
  const sum = steps.reduce((total, step) => total + step.cpuMs, 0);
  printRows([
    ["step of a checkout", "p50 ms", "p99 ms", "CPU ms"],
    ...steps.map((step) => [step.name, step.p50Ms.toFixed(1), step.p99Ms.toFixed(1), step.cpuMs.toFixed(2)]),
    ["sum", "", "", sum.toFixed(2)],
  ]);
}

/** One figure that a goal is set for: `value` compares two cases of one run. */
export type Ratio = { readonly name: string; readonly value: number; readonly goal: string };

/** Divides one case by another, by CPU per request or by requests/s; `undefined` when either was not measured. */
export function ratioOf(
  summaries: readonly Summary[],
  [above, below]: readonly [string, string],
  figure: "cpuMsPerRequest" | "requestsPerSecond",
): number | undefined {
  const of = (name: string): number | undefined => summaries.find((each) => each.name === name)?.[figure];
  const [dividend, divisor] = [of(above), of(below)];
  return dividend === undefined || divisor === undefined || divisor === 0 ? undefined : dividend / divisor;
}

/** Prints each ratio with its goal. */
export function printRatios(ratios: readonly Ratio[]): void {
  printRows([
    ["ratio", "measured", "goal"],
    ...ratios.map((each) => [each.name, each.value.toFixed(3), each.goal]),
  ]);
}

/** Prints aligned columns; the first row is the head. */
export function printRows(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(row.map((cell, column) => pad(cell, widths[column] ?? 0, column === 0)).join("  "));
  }
}

const pad = (cell: string, width: number, isFirst: boolean): string =>
  isFirst ? cell.padEnd(width) : cell.padStart(width);

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
