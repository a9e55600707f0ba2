import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { benchWorkers, doorsOf, type Doors } from "../bench/bench-workers.ts";
import {
  CLOSING_SECONDS,
  BARE_HOT_NAME,
  BARE_NEW_NAME,
  benchCases,
  BRIEF_CHECKOUT_NAME,
  CHECKOUT_NAME,
  DIRECT_CHECKOUT_NAME,
  FLOOR_NAME,
  HOLD_NAME,
  KNOWN_CHECKOUT_NAME,
  prepareGoods,
  type BenchCase,
  type Goods,
} from "../bench/cases.ts";
import type { Sample } from "../bench/measure.ts";
import {
  printRatios,
  printRows,
  printSteps,
  printTable,
  ratioOf,
  summarise,
  type Ratio,
  type Summary,
} from "../bench/report.ts";
import { startProvider } from "../bench/provider.ts";
import { createShopper } from "../bench/shopper.ts";
import { measureSizes, sizeRatios, sizeTable, type SizeSettings } from "../bench/sizes.ts";
import { measureSteps, type StepCost } from "../bench/steps.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { PACK_AFTER_SECONDS_DEFAULT } from "../src/fulfilment/domain/limits.ts";
import { claimPort } from "./lib/ports.ts";
import { startShop, type RunningShop } from "./lib/shop.ts";
import { SANDBOX_WEBHOOK_PATH } from "./lib/values.ts";

const HELP = `npm run bench -- [options]     measure the hot paths of a built shop against an empty handler

  --catalogue N,N,…  instead: pages, facets and search at these sizes of the catalogue (filled once, kept in .bench/)
  --json FILE        write the figures there, too
  --seconds N        of each run (3)
  --rounds N         runs of each case; the median counts (3)
  --connections N    at once (10)
  --shoppers N       walked through a checkout step by step (100); 0 leaves that out
  --only TEXT        only cases whose name contains one of these (a,b); the floor is always measured`;

const WARM_UP_SECONDS = 1;
/** The simulated carrier stands for somebody else's machines, and for days: a parcel must not travel inside a run. */
const CARRIER_STEP_SECONDS = "86400";
/** What production has by default. Packing is another day's work than placing, and the demo's five seconds would mix them. */
const PACK_AFTER_SECONDS = String(PACK_AFTER_SECONDS_DEFAULT);

async function bench(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      catalogue: { type: "string" },
      seconds: { type: "string", default: "3" },
      rounds: { type: "string", default: "3" },
      connections: { type: "string", default: "10" },
      shoppers: { type: "string", default: "100" },
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
    shoppers: values.shoppers === "0" ? 0 : wholeNumber("--shoppers", values.shoppers),
  };
  if (values.catalogue !== undefined) {
    const sizes = values.catalogue.split(",").map((size) => wholeNumber("--catalogue", size));
    return benchSizes({ ...settings, sizes: sizes.sort((a, b) => a - b), only: values.only }, values.json);
  }
  const frontPort = await claimPort("PORT", 0);
  // Its webhooks come in by the door that shoppers use here.
  const provider = await startProvider(`http://127.0.0.1:${frontPort}${SANDBOX_WEBHOOK_PATH}`);
  const shop = await startShop({
    isDemoLoaded: true,
    cronSeconds: 0,
    onLog: () => undefined,
    vars: {
      storefront: { PACK_AFTER_SECONDS, PAYMENT_SANDBOX_URL: provider.url },
      fulfilment: { PACK_AFTER_SECONDS, CARRIER_STEP_SECONDS },
    },
    extraWorkers: await benchWorkers(frontPort),
  });
  try {
    const bench = await prepare(shop);
    const samples = await measureAll(bench, settings, values.only);
    const figures = { summaries: summarise(samples, FLOOR_NAME), steps: await walk(bench, settings) };
    print(figures);
    if (values.json !== undefined) writeFileSync(values.json, report(figures, settings));
  } finally {
    await shop.stop();
    await provider.close();
  }
  return 0;
}

async function benchSizes(settings: SizeSettings, json: string | undefined): Promise<number> {
  const figures = await measureSizes(settings);
  printRows(sizeTable(figures));
  console.log("");
  printRatios(sizeRatios(figures));
  const { sizes, rounds, seconds, connections } = settings;
  const measured = {
    settings: { sizes, rounds, seconds, connections },
    figures,
    ratios: sizeRatios(figures),
  };
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ machine: machine(), ...measured }, null, 2)}\n`);
  return 0;
}

type Settings = {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly shoppers: number;
};

type Figures = { readonly summaries: readonly Summary[]; readonly steps: readonly StepCost[] };

type Bench = { readonly doors: Doors; readonly goods: Goods; readonly pid: number };

async function prepare(shop: RunningShop): Promise<Bench> {
  const [pid] = shop.workerdPids;
  if (pid === undefined) throw new Mendable("The shop's workerd cannot be found among the processes.");
  return { pid, goods: await prepareGoods(shop.url, shop.adminToken), doors: await doorsOf(shop.shop) };
}

async function walk({ doors, goods, pid }: Bench, { shoppers }: Settings): Promise<readonly StepCost[]> {
  return shoppers === 0 ? [] : measureSteps(createShopper(doors.shop), goods.sku, { shoppers, pid });
}

function print({ summaries, steps }: Figures): void {
  printTable(summaries);
  const ratios = ratiosOf(summaries);
  if (ratios.length > 0) console.log("");
  if (ratios.length > 0) printRatios(ratios);
  if (steps.length > 0) console.log("");
  if (steps.length > 0) printSteps(steps);
}

type Promised = readonly [name: string, cases: readonly [string, string], goal: string];

/** What the shop promises of its write path: CPU per request first, requests/s in the others. */
const HOLD_CPU: Promised = ["CPU of a hold / of a one-row write", [HOLD_NAME, BARE_HOT_NAME], "<= 1.5"];
const RATES: readonly Promised[] = [
  ["holds/s / one-row writes/s", [HOLD_NAME, BARE_HOT_NAME], ">= 0.667"],
  ["checkouts/s / one-row writes/s, one object", [CHECKOUT_NAME, BARE_HOT_NAME], ">= 0.1"],
  ["checkouts/s / one-row writes/s, new objects", [CHECKOUT_NAME, BARE_NEW_NAME], ">= 0.1"],
  [
    "checkouts of four calls/s / one-row writes/s, new objects",
    [BRIEF_CHECKOUT_NAME, BARE_NEW_NAME],
    ">= 0.1",
  ],
  [
    "checkouts of three calls/s / one-row writes/s, new objects",
    [DIRECT_CHECKOUT_NAME, BARE_NEW_NAME],
    ">= 0.1",
  ],
  [
    "checkouts of two calls/s / one-row writes/s, new objects",
    [KNOWN_CHECKOUT_NAME, BARE_NEW_NAME],
    ">= 0.1",
  ],
];

/** Those whose cases were measured. */
function ratiosOf(summaries: readonly Summary[]): readonly Ratio[] {
  const ratio = ([name, cases, goal]: Promised, figure: "cpuMsPerRequest" | "requestsPerSecond") => ({
    name,
    value: ratioOf(summaries, cases, figure),
    goal,
  });
  const ratios = [
    ratio(HOLD_CPU, "cpuMsPerRequest"),
    ...RATES.map((promise) => ratio(promise, "requestsPerSecond")),
  ];
  return ratios.flatMap(({ value, ...rest }) => (value === undefined ? [] : [{ ...rest, value }]));
}

async function measureAll(
  { doors, goods, pid }: Bench,
  settings: Settings,
  only: string,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const all = benchCases(doors, goods, pid);
  const cases = all.filter(
    (each) => each.name === FLOOR_NAME || only.split(",").some((name) => each.name.includes(name)),
  );
  const run = (each: BenchCase, seconds: number): Promise<Sample> =>
    each.run({ connections: each.connections ?? settings.connections, seconds });
  for (const each of cases) await run(each, WARM_UP_SECONDS);
  const leadIn = createLeadIn(run);
  const samples = new Map<string, Sample[]>(cases.map((each) => [each.name, []]));
  // Round by round, the floor in each, so that whatever else the machine does hits all cases alike.
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const each of cases) {
      process.stderr.write(`\rround ${round}/${settings.rounds}: ${each.name.padEnd(40)}`);
      await leadIn(each);
      samples.get(each.name)?.push(await run(each, settings.seconds));
    }
  }
  process.stderr.write(`\r${" ".repeat(60)}\r`);
  return samples;
}

/** Gets a case to where no objects but its own are closed while it is measured. */
function createLeadIn(run: (each: BenchCase, seconds: number) => Promise<unknown>) {
  let isClosing = false;
  return async (each: BenchCase): Promise<void> => {
    const { leadInSeconds } = each;
    if (leadInSeconds !== undefined) await run(each, leadInSeconds);
    else if (isClosing) await setTimeout(CLOSING_SECONDS * 1_000);
    isClosing = leadInSeconds !== undefined;
  };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Mendable(`${name} must be a whole number of at least 1.`);
  return number;
}

function report({ summaries, steps }: Figures, settings: Settings): string {
  return `${JSON.stringify({ measuredAt: new Date().toISOString(), machine: machine(), settings, cases: summaries, ratios: ratiosOf(summaries), steps }, null, 2)}\n`;
}

const machine = () => ({ node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? "unknown" });

await runTask(bench);
// Miniflare leaves timers behind after `dispose`.
process.exit();
