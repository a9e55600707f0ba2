import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchWorkers, doorsOf } from "../bench/bench-workers.ts";
import { benchCases, FLOOR_NAME, prepareGoods, type BenchCase } from "../bench/cases.ts";
import type { Sample } from "../bench/measure.ts";
import { printTable, summarise, type Summary } from "../bench/report.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { startShop, type RunningShop } from "./lib/shop.ts";

const HELP = `npm run bench -- [options]     measure the hot paths of a built shop against an empty handler

  --json FILE        write the figures there, too
  --seconds N        of each run (3)
  --rounds N         runs of each case; the median counts (3)
  --connections N    at once (10)
  --only TEXT        only cases whose name contains this; the floor is always measured`;

const WARM_UP_SECONDS = 1;

async function bench(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      seconds: { type: "string", default: "3" },
      rounds: { type: "string", default: "3" },
      connections: { type: "string", default: "10" },
      only: { type: "string", default: "" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const settings = {
    seconds: wholeNumber("--seconds", values.seconds),
    rounds: wholeNumber("--rounds", values.rounds),
    connections: wholeNumber("--connections", values.connections),
  };
  const shop = await startShop({
    isDemoLoaded: true,
    cronSeconds: 0,
    onLog: () => undefined,
    extraWorkers: await benchWorkers(),
  });
  try {
    const summaries = summarise(await measureAll(shop, settings, values.only), FLOOR_NAME);
    printTable(summaries);
    if (values.json !== undefined) writeFileSync(values.json, report(summaries, settings));
  } finally {
    await shop.stop();
  }
  return 0;
}

type Settings = { readonly seconds: number; readonly rounds: number; readonly connections: number };

async function measureAll(
  shop: RunningShop,
  settings: Settings,
  only: string,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const [pid] = shop.workerdPids;
  if (pid === undefined) throw new Mendable("The shop's workerd cannot be found among the processes.");
  const goods = await prepareGoods(shop.url, shop.adminToken);
  const all = benchCases(await doorsOf(shop.shop), goods, pid);
  const cases = all.filter((each) => each.name === FLOOR_NAME || each.name.includes(only));
  const run = (each: BenchCase, seconds: number): Promise<Sample> =>
    each.run({ connections: each.connections ?? settings.connections, seconds });
  for (const each of cases) await run(each, WARM_UP_SECONDS);
  const samples = new Map<string, Sample[]>(cases.map((each) => [each.name, []]));
  // Round by round, the floor in each, so that whatever else the machine does hits all cases alike.
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const each of cases) {
      process.stderr.write(`\rround ${round}/${settings.rounds}: ${each.name.padEnd(40)}`);
      samples.get(each.name)?.push(await run(each, settings.seconds));
    }
  }
  process.stderr.write(`\r${" ".repeat(60)}\r`);
  return samples;
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Mendable(`${name} must be a whole number of at least 1.`);
  return number;
}

function report(summaries: readonly Summary[], settings: Settings): string {
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? "unknown" };
  return `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, settings, cases: summaries }, null, 2)}\n`;
}

await runTask(bench);
// Miniflare leaves timers behind after `dispose`.
process.exit();
