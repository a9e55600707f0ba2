import { buildStatic } from "./build.ts";
import { passThrough, tool } from "./run.ts";

/** Builds what the tests read and runs them; `args` go to vitest. Gives its exit code. */
export async function runTests(args: readonly string[]): Promise<number> {
  await buildStatic();
  return passThrough(tool("vitest"), ["run", ...args]);
}
