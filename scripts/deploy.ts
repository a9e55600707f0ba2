import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildStatic } from "./lib/build.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import {
  checkSecretsFile,
  EXAMPLE_PRODUCTION,
  readProduction,
  writeProductionConfig,
  type Production,
} from "./lib/production.ts";
import { capture, passThrough, tool } from "./lib/run.ts";
import { ROOT, SHOP_WORKERS, WORKERS, type WorkerDescription } from "./lib/workers.ts";

const HELP = `npm run deploy -- [options]      migrate the database and deploy the shop's three Workers

  --dry-run        bundle everything as a deploy would, print the sizes, upload nothing
  --first          the very first deploy: also makes the queues and buckets, and the Workers know each other afterwards
  --secrets FILE   upload these secrets too (NAME=value lines); without it, those set by \`wrangler secret put\` stay

The payment sandbox is never deployed. Values come from production.env (see production.example.env).`;

/** The storefront hosts the objects that the others bind, so it goes first; fulfilment last, it is the one that catches up. */
const ORDER = [WORKERS.storefront, WORKERS.admin, WORKERS.fulfilment];

async function deploy(): Promise<number> {
  const { values } = parseArgs({
    options: {
      "dry-run": { type: "boolean", default: false },
      first: { type: "boolean", default: false },
      secrets: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values["dry-run"]) return dryRun();
  const production = readProduction(resolve(ROOT, "production.env"));
  if (values.secrets !== undefined) checkSecretsFile(resolve(values.secrets));
  await mustPass("the checks", process.execPath, [
    "--disable-warning=ExperimentalWarning",
    "scripts/check.ts",
  ]);
  if (values.first) await makeResources(production);
  await migrate(production);
  const secrets = values.secrets === undefined ? [] : ["--secrets-file", resolve(values.secrets)];
  if (values.first) await deployWorker(WORKERS.storefront, production, { isFirstRound: true, secrets });
  for (const worker of values.first ? [WORKERS.admin, WORKERS.fulfilment, WORKERS.storefront] : ORDER) {
    await deployWorker(worker, production, { isFirstRound: false, secrets });
  }
  console.log(`\nDeployed. The shop is at ${production.shopOrigin}`);
  return 0;
}

/** Bundles each Worker the way a deploy would, with example values; gives 1 when one of them cannot be deployed. */
async function dryRun(): Promise<number> {
  await buildStatic();
  let code = 0;
  for (const worker of SHOP_WORKERS) {
    const config = writeProductionConfig(worker, EXAMPLE_PRODUCTION, { isFirstRound: false });
    const outDir = resolve(ROOT, "dist/deploy", worker.key);
    const result = await capture(tool("wrangler"), [
      "deploy",
      "--dry-run",
      "--config",
      config,
      "--outdir",
      outDir,
    ]);
    const size = /Total Upload: (.*)/.exec(result.output)?.[1];
    if (result.code === 0 && size !== undefined) {
      console.log(`${worker.name.padEnd(22)} ${size}`);
    } else {
      console.error(`${worker.name} cannot be deployed:\n${result.output}`);
      code = 1;
    }
  }
  return code;
}

type DeployOptions = { readonly isFirstRound: boolean; readonly secrets: readonly string[] };

async function deployWorker(
  worker: WorkerDescription,
  production: Production,
  options: DeployOptions,
): Promise<void> {
  const config = writeProductionConfig(worker, production, options);
  await mustPass(worker.name, tool("wrangler"), ["deploy", "--config", config, ...options.secrets]);
}

async function migrate(production: Production): Promise<void> {
  const config = writeProductionConfig(WORKERS.storefront, production, { isFirstRound: true });
  // Migrations only ever add, so the Workers that are still running keep working on the new tables.
  await mustPass("the migrations", tool("wrangler"), [
    "d1",
    "migrations",
    "apply",
    "kerbside",
    "--remote",
    "--config",
    config,
  ]);
}

const QUEUES = ["projection", "shipping", "notifications", "carrier-scans", "cache-purge"].flatMap((name) => [
  `kerbside-${name}`,
  `kerbside-${name}-dead`,
]);
const BUCKETS = ["kerbside-media", "kerbside-files"];

/** Makes what the Workers bind. What is already there is left alone. */
async function makeResources(production: Production): Promise<void> {
  const config = writeProductionConfig(WORKERS.storefront, production, { isFirstRound: true });
  const wanted = [
    ...QUEUES.map((name) => ["queues", "create", name]),
    ...BUCKETS.map((name) => ["r2", "bucket", "create", name]),
  ];
  for (const command of wanted) {
    const result = await capture(tool("wrangler"), [...command, "--config", config]);
    if (result.code !== 0 && !/already (exists|taken|own)/i.test(result.output)) {
      throw new Mendable(`wrangler ${command.join(" ")} failed:\n${result.output}`);
    }
  }
}

async function mustPass(what: string, command: string, args: readonly string[]): Promise<void> {
  if ((await passThrough(command, args)) !== 0) throw new Mendable(`Stopped: ${what} failed; see above.`);
}

await runTask(deploy);
