import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "node:child_process";
import type { Bug, Catcher } from "./bug.ts";

export type BugResult = {
  readonly bug: string;
  readonly isCaught: boolean;
  /** The first test that noticed it, or why there is none. */
  readonly caughtBy: string;
  readonly seconds: number;
};

const ROOT = resolve(import.meta.dirname, "../..");
const SIMULATION = "test/simulation/simulation.test.ts";
const SIMULATION_TITLE = "keeps its promises through";

type Assertion = { readonly status: string; readonly title: string };
type Report = {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly Assertion[];
  }[];
};

/** Runs what should notice the bug, with the bug planted. A file that does not even load has noticed nothing. */
export async function runBug(bug: Bug): Promise<BugResult> {
  const startedAt = performance.now();
  const report = await runCatcher(bug.caughtBy, bug.name);
  const failed = report.testResults
    .flatMap((file) => file.assertionResults)
    .find(({ status }) => status === "failed");
  return {
    bug: bug.name,
    isCaught: failed !== undefined,
    caughtBy: failed?.title ?? (report.numTotalTests === 0 ? "no test ran" : "nothing"),
    seconds: (performance.now() - startedAt) / 1_000,
  };
}

/** Whether all tests of a catcher pass while no bug is planted; otherwise "caught" would mean nothing. */
export async function isSound(catcher: Catcher): Promise<boolean> {
  const report = await runCatcher(catcher, "");
  const results = report.testResults.flatMap((file) => file.assertionResults);
  return (
    results.some(({ status }) => status === "passed") && results.every(({ status }) => status !== "failed")
  );
}

async function runCatcher(catcher: Catcher, tooth: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "kerbside-tooth-"));
  const output = join(folder, "report.json");
  try {
    await vitest([...argumentsOf(catcher), "--reporter=json", `--outputFile=${output}`], {
      ...environmentOf(catcher),
      TOOTH: tooth,
    });
    return JSON.parse(readFileSync(output, "utf8")) as Report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function argumentsOf(catcher: Catcher): readonly string[] {
  if (catcher.kind === "simulation")
    return ["--project", "unit", SIMULATION, "--testNamePattern", SIMULATION_TITLE];
  const title = catcher.title === undefined ? [] : ["--testNamePattern", catcher.title];
  return ["--project", catcher.project, ...catcher.files, ...title];
}

const environmentOf = (catcher: Catcher): Record<string, string> =>
  catcher.kind === "simulation" ? { SEED: String(catcher.seed), WORLDS: String(catcher.worlds) } : {};

function vitest(args: readonly string[], environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [resolve(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: "ignore",
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", () => done());
  });
}

/** Works through a list, at most two at a time, in order. */
export async function inPairs<T, U>(
  items: readonly T[],
  work: (item: T) => Promise<U>,
): Promise<readonly U[]> {
  const results: U[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
