import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildStatic } from "./lib/build.ts";
import { loadDemo } from "./lib/demo.ts";
import { DEMO_SECRETS } from "./lib/demo-secrets.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { claimPort, parsePort } from "./lib/ports.ts";
import { passThrough, tool, toolEnvironment } from "./lib/run.ts";
import { openState, STATE_FOLDER } from "./lib/state.ts";
import { valuesPerWorker, type WorkerValues } from "./lib/values.ts";
import { ROOT, SHOP_WORKERS, WORKERS, type WorkerDescription } from "./lib/workers.ts";

// `npm run dev`: the Workers from source under wrangler, reloading on each change, with the state of `npm start`.

const DEFAULT_PORT = 8787;
const READY_TRIES = 120;
const READY_WAIT_MS = 500;

async function dev(): Promise<number> {
  const port = parsePort("PORT", process.env["PORT"]) ?? DEFAULT_PORT;
  const paymentPort = parsePort("PAYMENT_PORT", process.env["PAYMENT_PORT"]) ?? port + 1;
  const state = await openState(resolve(ROOT, process.env["KERBSIDE_STATE"] ?? STATE_FOLDER));
  await claimPort("PORT", port);
  await claimPort("PAYMENT_PORT", paymentPort);
  const urls = { url: `http://localhost:${port}`, paymentUrl: `http://localhost:${paymentPort}` };
  writeDevVars(valuesPerWorker(urls, {}));
  await buildStatic();
  await migrate(state.persistTo.shop);
  const shop = wrangler(SHOP_WORKERS, port, state.persistTo.shop);
  const sandbox = wrangler([WORKERS["payment-sandbox"]], paymentPort, state.persistTo.sandbox);
  state.recordRun([]);
  const ended = Promise.race([exitOf(shop), exitOf(sandbox)]);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => [shop, sandbox].forEach((child) => child.kill(signal)));
  }
  void fillWhenReady(urls.url).catch((error: unknown) => console.error(error));
  const code = await ended;
  for (const child of [shop, sandbox]) child.kill("SIGTERM");
  await Promise.all([exitOf(shop), exitOf(sandbox)]);
  state.close();
  return code;
}

/** One wrangler for Workers that call each other; the first one gets the port. */
function wrangler(workers: readonly WorkerDescription[], port: number, persistTo: string): ChildProcess {
  const configs = workers.flatMap((worker) => ["--config", worker.configPath]);
  // Port 0 for the inspector: two wranglers would otherwise fight for one.
  const args = [
    "dev",
    ...configs,
    "--port",
    String(port),
    "--inspector-port",
    "0",
    "--persist-to",
    persistTo,
  ];
  return spawn(tool("wrangler"), [...args, "--show-interactive-dev-session=false"], {
    cwd: ROOT,
    stdio: "inherit",
    env: toolEnvironment(),
  });
}

/** Where wrangler looks for secrets and for variables that differ from the config; git ignores these files. */
function writeDevVars(values: WorkerValues): void {
  for (const worker of Object.values(WORKERS)) {
    const lines = Object.entries(values[worker.key] ?? {}).map(([name, value]) => `${name}=${value}`);
    const text = `# Written by npm run dev on each start.\n${lines.join("\n")}\n`;
    writeFileSync(resolve(ROOT, worker.configPath, "..", ".dev.vars"), text);
  }
}

async function migrate(persistTo: string): Promise<void> {
  const args = ["d1", "migrations", "apply", "kerbside", "--local", "--persist-to", persistTo];
  const code = await passThrough(tool("wrangler"), args, { CI: "true" });
  if (code !== 0) throw new Mendable("The migrations failed; see above.");
}

/** Loads the demo shop into an empty one, as `npm start` does. */
async function fillWhenReady(shopUrl: string): Promise<void> {
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    const response = await fetch(`${shopUrl}/api/products?limit=1`).catch(() => undefined);
    if (response?.ok === true) {
      const { items } = (await response.json()) as { items: readonly unknown[] };
      if (items.length === 0) await loadDemo({ shopUrl, adminToken: DEMO_SECRETS.ADMIN_API_TOKEN });
      return;
    }
    await sleep(READY_WAIT_MS);
  }
}

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((settle) => {
    if (child.exitCode !== null || child.signalCode !== null) settle(child.exitCode ?? 0);
    else child.once("exit", (code) => settle(code ?? 0));
  });

await runTask(dev);
