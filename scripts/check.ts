import { parseArgs } from "node:util";
import { buildStatic } from "./lib/build.ts";
import { runTask } from "./lib/fail.ts";
import { capture, tool, type Finished } from "./lib/run.ts";

// `npm run check`: everything that can be said about the code without running it. `-- --test` also runs the tests.

type Step = { readonly name: string; readonly run: () => Promise<Finished> };

const step = (name: string, command: string, ...args: readonly string[]): Step => ({
  name,
  run: () => capture(command, args),
});

const task = (name: string, script: string, ...args: readonly string[]): Step =>
  step(name, process.execPath, "--disable-warning=ExperimentalWarning", script, ...args);

const CRUISED = ["src", "durable-objects", "workers", "scripts", "bench"];

/** Longest first: two of them run at a time. */
const STEPS: readonly Step[] = [
  step("lint", tool("eslint"), ".", "--max-warnings=0"),
  task("deploy --dry-run", "scripts/deploy.ts", "--dry-run"),
  step("types: tests", tool("tsc"), "-p", "tsconfig.test.json"),
  step("types: Workers", tool("tsc"), "-p", "tsconfig.json"),
  step("types: tools", tool("tsc"), "-p", "tsconfig.node.json"),
  step("types: page scripts", tool("tsc"), "-p", "tsconfig.islands.json"),
  step("format", tool("prettier"), "--check", "--log-level=warn", "."),
  step("imports", tool("depcruise"), "--config", ".dependency-cruiser.mjs", ...CRUISED),
  task("env types are current", "scripts/types-env.ts", "--check"),
  task("migrations are complete", "scripts/check-migrations.ts"),
  task("README's map is current", "scripts/draw-map.ts", "--check"),
  task("house rules for text", "scripts/tidy.ts"),
];

const PARALLEL = 2;

async function check(): Promise<number> {
  const { values } = parseArgs({ options: { test: { type: "boolean", default: false } } });
  // Types and lint read what the build generates.
  await buildStatic();
  const failed = await runAll(STEPS);
  if (failed.length > 0) {
    console.error(`\nFailed: ${failed.join(", ")}`);
    return 1;
  }
  console.log(`\nAll ${STEPS.length} checks passed.`);
  return values.test ? (await import("./lib/tests.ts")).runTests([]) : 0;
}

async function runAll(steps: readonly Step[]): Promise<readonly string[]> {
  const waiting = [...steps];
  const failed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const startedAt = performance.now();
      const { code, output } = await next.run();
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      console.log(`${code === 0 ? "ok    " : "FAILED"}  ${next.name}  (${seconds} s)`);
      if (code === 0) continue;
      failed.push(next.name);
      console.log(output.trimEnd().replace(/^/gm, "        "));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return failed;
}

await runTask(check);
