import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Mendable } from "./fail.ts";
import { commandOf, isWorkerd, killAndWait } from "./processes.ts";

/** Where the state lives when nobody says otherwise, in the project's folder. */
export const STATE_FOLDER = ".state";

/**
 * The layout of the state folder. Raise it when an older checkout can no longer read what a newer one writes.
 * 1: shop/ and payment-sandbox/, each as Miniflare keeps it.
 */
export const STATE_VERSION = 1;

type RunRecord = {
  readonly pid: number;
  readonly command: string;
  readonly workerd: readonly WorkerdRecord[];
};
type WorkerdRecord = { readonly pid: number; readonly command: string };

/** Where a shop keeps what must survive a restart. */
export type StateFolder = {
  /** Where Miniflare keeps the storage of each of the two. */
  readonly shop: string;
  readonly sandbox: string;
  /** The same places, as wrangler wants to be told. */
  readonly persistTo: { readonly shop: string; readonly sandbox: string };
  /** Notes who uses the folder, so that a later start can tell a living shop from the remains of a killed one. */
  recordRun(workerdPids: readonly number[]): void;
  close(): void;
};

/**
 * Opens the folder for this process. Refuses one that a newer Kerbside wrote or that a living shop uses; ends a workerd
 * that was left behind by a killed one.
 */
export async function openState(folder: string): Promise<StateFolder> {
  mkdirSync(folder, { recursive: true });
  checkVersion(folder);
  const runPath = join(folder, "run.json");
  await endRemains(runPath);
  const persistTo = { shop: join(folder, "shop"), sandbox: join(folder, "payment-sandbox") };
  return {
    // Wrangler appends the version of its own layout.
    shop: join(persistTo.shop, "v3"),
    sandbox: join(persistTo.sandbox, "v3"),
    persistTo,
    recordRun: (pids) => {
      const workerd = pids.map((pid) => ({ pid, command: commandOf(pid) ?? "" }));
      writeJson(runPath, {
        pid: process.pid,
        command: commandOf(process.pid) ?? "",
        workerd,
      } satisfies RunRecord);
    },
    close: () => rmSync(runPath, { force: true }),
  };
}

function checkVersion(folder: string): void {
  const path = join(folder, "version.json");
  const version = existsSync(path) ? readJson<{ version: number }>(path)?.version : undefined;
  if (version !== undefined && version > STATE_VERSION) {
    throw new Mendable(
      `The state in ${folder} was written by a newer Kerbside (layout ${version}, this one knows ${STATE_VERSION}). ` +
        "Update this checkout, or start with another folder: npm start -- --state .state-old",
    );
  }
  if (version !== STATE_VERSION) writeJson(path, { version: STATE_VERSION });
}

/** A SIGKILL ends node but not its workerd, which would go on holding the databases and the port. */
async function endRemains(runPath: string): Promise<void> {
  const run = existsSync(runPath) ? readJson<RunRecord>(runPath) : undefined;
  if (!run) return;
  if (run.pid !== process.pid && commandOf(run.pid) === run.command && run.command !== "") {
    throw new Mendable(
      `A shop is already running with this state (process ${run.pid}). Stop it, or use --state DIR.`,
    );
  }
  for (const { pid, command } of run.workerd) {
    // The number may belong to somebody else by now: only the very same command line is ours to end.
    if (isWorkerd(command) && commandOf(pid) === command) await killAndWait(pid);
  }
  rmSync(runPath, { force: true });
}

const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

/** A file that a crash cut short counts as absent. */
function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return undefined;
  }
}
