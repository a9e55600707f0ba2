import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { copyPreparedState } from "../support/prepared-state.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** Milliseconds that a start may take on a busy machine, the demo goods included. */
const START_TIMEOUT_MS = 90_000;
/** Tries at a start: after a kill, a port can still be in the hands of a process that is going. */
const START_TRIES = 3;
/** Bytes of output that are kept for a failure. */
const KEPT_OUTPUT = 4_000;

/** The served shop as a process of its own that can be killed like a machine that loses its power. */
export type ShopProcess = {
  readonly url: string;
  readonly paymentUrl: string;
  /** Starts it on the same state and ports; settles when it serves, with the milliseconds that it took. */
  start(): Promise<number>;
  /** Starts it and kills everything `afterMs` later, ready or not. */
  startAndKill(afterMs: number): Promise<void>;
  /** SIGKILL to node and every workerd at once. Repeating is safe. */
  kill(): Promise<void>;
  /** Whether it serves now, as far as the supervisor knows. */
  isServing(): boolean;
};

/** A shop on free ports whose state and log are in `folder`, with the demo catalogue; nothing runs until `start`. */
export async function createShopProcess(folder: string): Promise<ShopProcess> {
  const [port, paymentPort] = await freePorts();
  await copyPreparedState(`${folder}/state`);
  let child: ChildProcess | undefined;
  let output = "";
  let isServing = false;

  const launch = (): ChildProcess => {
    output = "";
    // A machine that comes back does not build the shop again.
    const started = spawnShop(["--state", `${folder}/state`, "--built"], {
      PORT: `${port}`,
      PAYMENT_PORT: `${paymentPort}`,
    });
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
      appendFileSync(`${folder}/shop.log`, chunk);
    };
    started.stdout?.on("data", keep);
    started.stderr?.on("data", keep);
    child = started;
    return started;
  };
  const kill = async (): Promise<void> => {
    isServing = false;
    const ending = child;
    child = undefined;
    if (ending) await killGroup(ending);
  };
  const tryStart = async (): Promise<boolean> => {
    const started = launch();
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (started.exitCode === null && Date.now() < deadline) {
      if (output.includes("Ready in")) return (isServing = true);
      await sleep(20);
    }
    await kill();
    return false;
  };
  return {
    url: `http://localhost:${port}`,
    paymentUrl: `http://localhost:${paymentPort}`,
    isServing: () => isServing,
    kill,
    start: async () => {
      const startedAt = Date.now();
      for (let tries = 0; tries < START_TRIES; tries += 1)
        if (await tryStart()) return Date.now() - startedAt;
      throw new Error(`The shop does not start:\n${output}`);
    },
    startAndKill: async (afterMs) => {
      launch();
      await sleep(afterMs);
      await kill();
    },
  };
}

/** In a process group of its own, so that one signal reaches node and both workerd in the same moment. */
const spawnShop = (options: readonly string[], ports: Readonly<Record<string, string>>): ChildProcess =>
  spawn(
    resolve(ROOT, "node_modules/.bin/node"),
    ["--disable-warning=ExperimentalWarning", "scripts/serve.ts", ...options],
    {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      // By the last one it ends by itself when the test is killed.
      env: { ...process.env, ...ports, KERBSIDE_STARTED_BY: `${process.pid}` },
    },
  );

async function killGroup(ending: ChildProcess): Promise<void> {
  if (ending.pid === undefined) return;
  const ended = ending.exitCode === null && ending.signalCode === null ? exitOf(ending) : undefined;
  try {
    process.kill(-ending.pid, "SIGKILL");
  } catch {
    // The whole group is gone already.
  }
  await ended;
}

const exitOf = (child: ChildProcess): Promise<void> =>
  new Promise((settle) => void child.once("exit", () => settle()));

/** Two ports that nobody uses, found together so that they differ. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((settle) => {
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            settle(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((settle) => server.close(settle))));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
