import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one proof has to say: `npm run prove` prints these as one table. */
export type ProofRow = {
  /** File name and first column; lower case with hyphens. */
  readonly name: string;
  readonly what: string;
  /** How often the thing was done. */
  readonly n: number;
  readonly seed?: number;
  readonly figures: Readonly<Record<string, number | string>>;
  /** Sentences about every broken promise; empty is a pass. */
  readonly faults: readonly string[];
};

/** Prints a proof's figures and leaves them where PROVE_OUT says, for the table. A later row of the same name wins. */
export function recordProof(row: ProofRow): void {
  const verdict = row.faults.length === 0 ? "kept" : `BROKEN ${row.faults.length}`;
  const seed = row.seed === undefined ? "" : ` SEED=${row.seed}`;
  console.log(`${row.what}: n=${row.n}${seed} ${verdict} ${JSON.stringify(row.figures)}`);
  const folder = process.env["PROVE_OUT"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${row.name}.json`), `${JSON.stringify(row, null, 2)}\n`);
}

/** The value below which `share` (0 to 1) of the numbers lie; 0 for none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** p50, p99 and the most of some durations, with the unit in each name. */
export const spreadMs = (name: string, durations: readonly number[]): Record<string, number> => ({
  [`${name}P50Ms`]: percentile(durations, 0.5),
  [`${name}P99Ms`]: percentile(durations, 0.99),
  [`${name}MaxMs`]: percentile(durations, 1),
});

/** A whole number of at least 1 from the environment, such as KILLS=200. */
export function readCount(name: string, fallback: number): number {
  const count = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} must be a whole number of at least 1.`);
  return count;
}
