import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Miniflare } from "miniflare";
import { buildAll, builtBefore } from "./build.ts";
import { hasProducts, loadDemo, type DemoProgress } from "./demo.ts";
import { DEMO_SECRETS } from "./demo-secrets.ts";
import { applyMigrations } from "./migrate.ts";
import { serveWorkers } from "./miniflare.ts";
import { claimPort } from "./ports.ts";
import { workerdPids } from "./processes.ts";
import { openState } from "./state.ts";
import { valuesPerWorker, type WorkerValues } from "./values.ts";
import { workerOptions, type V4Worker } from "./worker-options.ts";
import { SHOP_WORKERS, WORKERS, type WorkerKey } from "./workers.ts";

export type ShopOptions = {
  /** 0, the default, is any free port. */
  readonly port?: number;
  readonly paymentPort?: number;
  /** Where the state lives; without it, a temporary folder that `stop` removes. */
  readonly stateFolder?: string;
  /** Fills an empty shop with the demo catalogue. Default: no. */
  readonly isDemoLoaded?: boolean;
  readonly onDemoProgress?: DemoProgress;
  /** Variables and secrets that win over the configured ones, per Worker. */
  readonly vars?: WorkerValues;
  /** Compiles the failpoints in. Default: no. */
  readonly isTestBuild?: boolean;
  /** Other entry points than the Workers' own, relative to the project: tests bring some that can be broken. */
  readonly mains?: Readonly<Partial<Record<WorkerKey, string>>>;
  /** Serves what an earlier start has built, as a machine that restarts does. Default: no, it builds. */
  readonly isBuilt?: boolean;
  /** Seconds between two runs of the cron handler; 0 never runs it. Default 60. */
  readonly cronSeconds?: number;
  /** Gets every line that the Workers write. Default: warnings and errors go to stderr. */
  readonly onLog?: (level: string, line: string) => void;
  /** More Workers in the shop's workerd; the benchmarks need them. */
  readonly extraWorkers?: readonly V4Worker[];
};

export type RunningShop = {
  readonly url: string;
  readonly paymentUrl: string;
  /** Opens the admin API as `Authorization: Bearer`. */
  readonly adminToken: string;
  /** Opens the back office's pages. */
  readonly adminPassword: string;
  /** The migrations that this start has applied. */
  readonly migrations: readonly string[];
  /** Of the shop first, then of the payment sandbox. */
  readonly workerdPids: readonly number[];
  /** The shop's Workers, for what no public route offers. */
  readonly shop: Miniflare;
  /** Runs the fulfilment Worker's cron handler once. */
  runCron(): Promise<void>;
  /** Ends both instances. Repeating is safe. */
  stop(): Promise<void>;
};

const DEFAULT_CRON_SECONDS = 60;

/**
 * Builds and serves the whole shop: storefront, admin and fulfilment in one Miniflare and the payment sandbox in another,
 * because a payment provider is somebody else's machine. Migrates first. The caller must `stop` it.
 */
export async function startShop(options: ShopOptions = {}): Promise<RunningShop> {
  const cleanups: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= runInReverse(cleanups));
  try {
    return { ...(await start(options, cleanups)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Built = ReturnType<typeof builtBefore>;
type Cleanups = (() => Promise<unknown>)[];

async function start(options: ShopOptions, cleanups: Cleanups): Promise<Omit<RunningShop, "stop">> {
  const state = await openState(await stateFolder(options.stateFolder, cleanups));
  cleanups.push(async () => state.close());
  // After the state: opening it may end a left-behind workerd that still has the port.
  const port = await claimPort("PORT", options.port ?? 0);
  const paymentPort = await claimPort("PAYMENT_PORT", options.paymentPort ?? 0);
  const build = {
    isTestBuild: options.isTestBuild ?? false,
    ...(options.mains ? { mains: options.mains } : {}),
  };
  const built: Built = options.isBuilt === true ? builtBefore(build) : await buildAll(build);
  const urls = { url: `http://localhost:${port}`, paymentUrl: `http://localhost:${paymentPort}` };
  const values = valuesPerWorker(urls, options.vars ?? {});
  const onLog = options.onLog ?? logTrouble;

  // The provider first: after a crash the shop's overdue alarms ask it at once, and five refused calls would make the
  // shop leave it alone for seconds.
  const sandboxWorkers = optionsOf(built, [WORKERS["payment-sandbox"]], values);
  const sandbox = await serveWorkers({
    workers: sandboxWorkers,
    port: paymentPort,
    persist: state.sandbox,
    onLog,
  });
  cleanups.push(() => sandbox.dispose());
  const sandboxPids = workerdPids();
  state.recordRun(sandboxPids);

  const workers = [...optionsOf(built, SHOP_WORKERS, values), ...(options.extraWorkers ?? [])];
  const shop = await serveWorkers({ workers, port, persist: state.shop, onLog });
  cleanups.push(() => shop.dispose());
  const pids = [...workerdPids().filter((pid) => !sandboxPids.includes(pid)), ...sandboxPids];
  state.recordRun(pids);
  const db = await shop.getD1Database("DB", WORKERS.storefront.name);
  const migrations = await applyMigrations(db);

  const adminToken = DEMO_SECRETS.ADMIN_API_TOKEN;
  const isNew = options.isDemoLoaded === true && !(await hasProducts(db));
  if (isNew) await loadDemo({ shopUrl: urls.url, adminToken });
  const runCron = (): Promise<void> => fireCron(shop);
  // What products go with each other is worked out by the cron; a new shop should not wait a minute for it.
  if (isNew && options.cronSeconds !== 0) void runCron().catch(() => undefined);
  keepCron(runCron, options.cronSeconds ?? DEFAULT_CRON_SECONDS, cleanups);
  return {
    ...urls,
    adminToken,
    adminPassword: DEMO_SECRETS.ADMIN_DEV_PASSWORD,
    migrations,
    workerdPids: pids,
    shop,
    runCron,
  };
}

async function stateFolder(wanted: string | undefined, cleanups: Cleanups): Promise<string> {
  if (wanted !== undefined) return resolve(wanted);
  const folder = await mkdtemp(join(tmpdir(), "kerbside-"));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const optionsOf = (built: Built, workers: typeof SHOP_WORKERS, values: WorkerValues): readonly V4Worker[] =>
  workers.map((worker) => workerOptions(worker, built[worker.key].path, values[worker.key] ?? {}));

async function fireCron(shop: Miniflare): Promise<void> {
  const fulfilment = await shop.getWorker(WORKERS.fulfilment.name);
  await fulfilment.scheduled({ cron: "*/5 * * * *" });
}

function keepCron(runCron: () => Promise<void>, seconds: number, cleanups: Cleanups): void {
  if (seconds === 0) return;
  // A failed run is in the Worker's own log; the next one tries again.
  const timer = setInterval(() => void runCron().catch(() => undefined), seconds * 1_000);
  cleanups.push(async () => clearInterval(timer));
}

function logTrouble(level: string, line: string): void {
  if (level === "warn" || level === "error") process.stderr.write(`${line}\n`);
}

async function runInReverse(cleanups: Cleanups): Promise<void> {
  // Every one gets its turn, whatever the others do.
  for (const cleanup of cleanups.reverse()) await cleanup().catch((error: unknown) => console.error(error));
}
