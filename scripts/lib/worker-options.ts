import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { V4MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWranglerConfig } from "wrangler";
import { ROOT, type WorkerDescription } from "./workers.ts";

export type V4Worker = Extract<V4MiniflareOptions, { workers: unknown }>["workers"][number];

/**
 * Reads a Worker's wrangler.toml as Miniflare options for its built file. `values` are its variables and secrets; they
 * win over the ones in the file.
 */
export function workerOptions(
  worker: WorkerDescription,
  builtPath: string,
  values: Readonly<Record<string, string>>,
): V4Worker {
  // Git keeps no empty folders and Miniflare wants the folder of the static files to be there.
  mkdirSync(resolve(ROOT, "public"), { recursive: true });
  // It would warn about the secrets, which we bring ourselves.
  process.env["WRANGLER_LOG"] ??= "none";
  const { workerOptions: options } = readWranglerConfig(resolve(ROOT, worker.configPath));
  const durableObjects = Object.entries(options.durableObjects ?? {}).map(([name, designator]) => [
    name,
    // All our classes store in SQLite; the reader only knows it for those of the Worker's own.
    typeof designator === "object" ? { ...designator, useSQLite: true } : designator,
  ]);
  return {
    ...options,
    name: worker.name,
    modules: [{ type: "ESModule", path: builtPath }],
    modulesRoot: resolve(builtPath, ".."),
    bindings: { ...(options["bindings"] as Record<string, unknown> | undefined), ...values },
    durableObjects: Object.fromEntries(durableObjects),
  } as V4Worker;
}
