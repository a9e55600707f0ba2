import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProofRow } from "../../test/support/prove-row.ts";
import { REAL_DATA } from "../../test/support/real-data.ts";
import { capture, tool } from "./run.ts";

/** What a proof left behind: its output, its exit code, and the folder for its files. */
type Left = { readonly folder: string; readonly output: string; readonly code: number };

export type Proof = {
  readonly name: string;
  readonly what: string;
  /** The command, and what the environment adds to it in the long and in the quick version. */
  readonly run: (folder: string, env: NodeJS.ProcessEnv) => Promise<Left>;
  readonly long: Readonly<Record<string, string>>;
  readonly quick: Readonly<Record<string, string>>;
  readonly read: (left: Left) => ProofRow;
};

function vitest(args: readonly string[]): Proof["run"] {
  return async (folder, env) => {
    const { code, output } = await capture(tool("vitest"), ["run", ...args], { ...env, PROVE_OUT: folder });
    return { folder, code, output };
  };
}

type Sizes = Readonly<Record<string, string>>;

/** A whole-system test that writes its own row. */
function recorded(name: string, path: string, sizes: { readonly long: Sizes; readonly quick: Sizes }): Proof {
  return {
    name,
    what: name,
    ...sizes,
    run: vitest(["--project", "e2e*", path]),
    read: ({ folder, code, output }) => {
      const file = join(folder, `${name}.json`);
      if (!existsSync(file)) return missing(name, output);
      const row = JSON.parse(readFileSync(file, "utf8")) as ProofRow;
      const isSilent = code !== 0 && row.faults.length === 0;
      return isSilent ? { ...row, faults: [lastWords(output)] } : row;
    },
  };
}

type Report = { readonly numTotalTests: number; readonly numPassedTests: number };

/** A suite of which only the number of its tests and how many hold is told. */
function suite(name: string, what: string, args: readonly string[]): Proof {
  return {
    name,
    what,
    long: {},
    quick: {},
    run: (folder, env) =>
      vitest([...args, "--reporter=json", `--outputFile=${join(folder, `${name}-tests.json`)}`])(folder, env),
    read: ({ folder, code, output }) => {
      const path = join(folder, `${name}-tests.json`);
      if (!existsSync(path)) return missing(name, output);
      const { numTotalTests, numPassedTests } = JSON.parse(readFileSync(path, "utf8")) as Report;
      const faults =
        code === 0 ? [] : [`${numTotalTests - numPassedTests} tests failed: ${lastWords(output)}`];
      return { name, what, n: numTotalTests, figures: { passed: numPassedTests }, faults };
    },
  };
}

/** The simulation says its figures in one line. */
function simulation(): Proof {
  const name = "simulation";
  const what = "Events of simulated shops";
  return {
    name,
    what,
    long: { EVENTS: "5000000" },
    quick: { EVENTS: "200000" },
    run: vitest(["--project", "unit", "test/simulation/simulation.test.ts"]),
    read: ({ code, output }) => {
      const line = /simulation: seed (\d+), (.*)/.exec(output);
      if (!line) return missing(name, output);
      const figures = Object.fromEntries(
        [...(line[2] ?? "").matchAll(/(\w+) ([\d.]+)(?=,|$| \()/g)].map((match) => [
          match[1] ?? "",
          Number(match[2]),
        ]),
      );
      const faults = code === 0 ? [] : [lastWords(output)];
      return { name, what, n: figures["events"] ?? 0, seed: Number(line[1]), figures, faults };
    },
  };
}

type TeethReport = {
  readonly total: number;
  readonly survivors: number;
  readonly results: readonly { readonly bug: string; readonly isCaught: boolean }[];
};

/** The planted bugs, each of which some test must notice. */
function teeth(): Proof {
  const name = "teeth";
  const what = "Planted bugs";
  return {
    name,
    what,
    long: {},
    quick: {},
    run: async (folder, env) => {
      const args = [
        "--disable-warning=ExperimentalWarning",
        "scripts/teeth.ts",
        "--json",
        join(folder, "teeth-report.json"),
      ];
      const { code, output } = await capture(process.execPath, args, env);
      return { folder, code, output };
    },
    read: ({ folder, code, output }) => {
      const path = join(folder, "teeth-report.json");
      if (!existsSync(path)) return missing(name, output);
      const { total, survivors, results } = JSON.parse(readFileSync(path, "utf8")) as TeethReport;
      const alive = results.filter(({ isCaught }) => !isCaught).map(({ bug }) => `${bug} survived`);
      const faults = code === 0 || alive.length > 0 ? alive : [lastWords(output)];
      return { name, what, n: total, figures: { caught: total - survivors }, faults };
    },
  };
}

const missing = (name: string, output: string): ProofRow => ({
  name,
  what: name,
  n: 0,
  figures: {},
  faults: [`left no figures: ${lastWords(output)}`],
});

/** Characters of a failed run's output that say why. */
const LAST_WORDS = 1_500;
const lastWords = (output: string): string => output.trimEnd().slice(-LAST_WORDS);

/** Every proof, the shortest first, so that a broken machine shows early. */
export const PROOFS: readonly Proof[] = [
  suite("failpoints", "Faults before and after each call", ["--project", "workerd", "test/faults"]),
  suite("parts-down", "Faults of parts while people buy", ["--project", "e2e", "test/faults"]),
  simulation(),
  recorded("cut-sockets", "test/load/cut-sockets", { long: { CUTS: "1000" }, quick: { CUTS: "30" } }),
  recorded("flash-sale", "test/load/flash-sale", {
    long: { UNITS: "500", BUYERS: "10000", IN_FLIGHT: "200" },
    quick: { UNITS: "20", BUYERS: "300", IN_FLIGHT: "40" },
  }),
  ...(existsSync(REAL_DATA)
    ? [
        recorded("import-real-files", "test/crash/import-real-files", {
          long: { REAL_FILES: "all" },
          quick: { REAL_FILES: "shopify" },
        }),
      ]
    : []),
  recorded("idempotency-keys", "test/load/idempotency", { long: { KEYS: "10000" }, quick: { KEYS: "100" } }),
  recorded("crash", "test/crash/kill", {
    long: { KILLS: "200", SHOPPERS: "20" },
    quick: { KILLS: "6", SHOPPERS: "6" },
  }),
  teeth(),
];
