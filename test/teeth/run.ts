import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Bug, Catcher } from "./bug.ts";
import { BUGS } from "./bugs.ts";
import { bugCalled } from "./plant.ts";
import { inPairs, isSound, runBug, type BugResult } from "./run-bugs.ts";

const HELP = `npm run teeth -- [names]   plant each bug and show which test notices it

  --json FILE   write the results there, too`;

/** Plants every bug, prints who noticed it, and gives 1 when one survived. */
export async function runTeeth(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const bugs = positionals.length > 0 ? positionals.map(bugCalled) : BUGS;
  const unsound = await findUnsound(bugs);
  for (const catcher of unsound) console.error(`Fails without any bug: ${JSON.stringify(catcher)}`);
  if (unsound.length > 0) return 1;
  const results = await inPairs(bugs, async (bug) => {
    const result = await runBug(bug);
    console.log(line(result));
    return result;
  });
  const survivors = results.filter(({ isCaught }) => !isCaught);
  console.log(`teeth: ${results.length - survivors.length} of ${results.length} planted bugs caught`);
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ total: results.length, survivors: survivors.length, results }, null, 2)}\n`,
    );
  return survivors.length > 0 ? 1 : 0;
}

async function findUnsound(bugs: readonly Bug[]): Promise<readonly Catcher[]> {
  const catchers = new Map(bugs.map(({ caughtBy }) => [JSON.stringify(caughtBy), caughtBy]));
  const checked = await inPairs([...catchers.values()], async (catcher) => ({
    catcher,
    isSound: await isSound(catcher),
  }));
  return checked.filter(({ isSound: is }) => !is).map(({ catcher }) => catcher);
}

const NAME_WIDTH = 38;

const line = ({ bug, isCaught, caughtBy, seconds }: BugResult): string =>
  `${bug.padEnd(NAME_WIDTH)} | ${isCaught ? caughtBy : `SURVIVED (${caughtBy})`} | ${seconds.toFixed(1)} s`;
