import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { V4MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWranglerConfig } from "wrangler";
import { ROOT, type WorkerDescription } from "./workers.ts";

export type V4Worker = Extract<V4MiniflareOptions, { workers: unknown }>["workers"][number];

/**
 * The network as Miniflare's own `internet` has it, without the Worker that it puts in front of that for every call: it is
 * not there in production, and cost a shop one order in twenty-five. What listens on this machine's own addresses counts as
 * private. For the sandbox only, which speaks plain HTTP: of certificates Miniflare knows more.
 */
const NETWORK = { network: { allow: ["public", "private", "240.0.0.0/4"], deny: [] } };

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
  const bindings = { ...(options["bindings"] as Record<string, unknown> | undefined), ...values };
  // The orders live in the storefront, and they call the provider.
  const callsSandbox =
    worker.key === "storefront" && String(bindings["PAYMENT_PROVIDERS"]).split(",").includes("sandbox");
  return {
    ...options,
    name: worker.name,
    modules: [{ type: "ESModule", path: builtPath }],
    modulesRoot: resolve(builtPath, ".."),
    bindings,
    durableObjects: Object.fromEntries(durableObjects),
    serviceBindings: {
      ...(options["serviceBindings"] as Record<string, unknown> | undefined),
      ...(callsSandbox ? { PAYMENT_EGRESS: NETWORK } : {}),
    },
  } as V4Worker;
}
