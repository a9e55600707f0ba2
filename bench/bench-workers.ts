import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Miniflare } from "miniflare";
import { SOURCE_OPTIONS } from "../scripts/lib/build-workers.ts";
import type { V4Worker } from "../scripts/lib/worker-options.ts";
import { WORKERS } from "../scripts/lib/workers.ts";

const COMPATIBILITY_DATE = "2026-11-01";

const FLOOR = "bench-floor";
const FRONT = "bench-front";
const HOLDS = "bench-holds";
const BARE = "bench-bare";

/**
 * Workers that stand beside the shop's in the same workerd, each with a socket of its own: an empty handler, a door that
 * leads straight to the storefront, one that takes holds, and one that writes a row into a bare object. The sockets go around Miniflare's own router, which costs
 * more than a page and would make every ratio look better than it is. `frontPort` is the storefront's; 0 is any.
 */
export async function benchWorkers(frontPort = 0): Promise<readonly V4Worker[]> {
  const folder = await mkdtemp(join(tmpdir(), "kerbside-bench-"));
  const floor = await bundle("bench/workers/floor.ts", join(folder, "floor.js"));
  const holds = await bundle("bench/workers/holds.ts", join(folder, "holds.js"));
  const bare = await bundle("bench/workers/bare.ts", join(folder, "bare.js"));
  const socket = { host: "127.0.0.1", port: 0 };
  return [
    worker(FLOOR, floor, { unsafeDirectSockets: [socket] }),
    worker(FRONT, floor, {
      unsafeDirectSockets: [{ ...socket, port: frontPort, serviceName: WORKERS.storefront.name }],
    }),
    worker(HOLDS, holds, {
      unsafeDirectSockets: [socket],
      durableObjects: {
        STOCK: { className: "StockObject", scriptName: WORKERS.storefront.name, useSQLite: true },
      },
    }),
    worker(BARE, bare, {
      unsafeDirectSockets: [socket],
      durableObjects: { BARE: { className: "BareObject", useSQLite: true } },
    }),
  ];
}

export type Doors = {
  readonly floor: string;
  readonly shop: string;
  readonly holds: string;
  readonly bare: string;
};

/** Where the Workers of {@link benchWorkers} listen, as origins. */
export async function doorsOf(shop: Miniflare): Promise<Doors> {
  const origin = async (name: string): Promise<string> => (await shop.unsafeGetDirectURL(name)).origin;
  return {
    floor: await origin(FLOOR),
    shop: await origin(FRONT),
    holds: await origin(HOLDS),
    bare: await origin(BARE),
  };
}

const worker = (name: string, path: string, more: object): V4Worker =>
  ({
    name,
    modules: [{ type: "ESModule", path }],
    modulesRoot: dirname(path),
    compatibilityDate: COMPATIBILITY_DATE,
    ...more,
  }) as V4Worker;

async function bundle(entry: string, outfile: string): Promise<string> {
  await build({
    ...SOURCE_OPTIONS,
    entryPoints: [entry],
    outfile,
    minify: true,
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
  });
  return outfile;
}
