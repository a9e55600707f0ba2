import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";
import { ROOT, type WorkerDescription } from "./workers.ts";

/** What every bundle of our sources shares, for Workers and for scripts that read the Workers' code. */
export const SOURCE_OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  format: "esm",
  target: "es2024",
  jsx: "automatic",
  jsxImportSource: "hono/jsx",
  legalComments: "none",
  logLevel: "silent",
  loader: { ".sql": "text", ".txt": "text", ".svg": "text" },
} satisfies BuildOptions;

/** The same stand-ins as `[alias]` in the wrangler configs. */
const ALIAS = {
  "@standard-community/standard-json": resolve(ROOT, "scripts/lib/openapi-stub.ts"),
  "@standard-community/standard-openapi": resolve(ROOT, "scripts/lib/openapi-stub.ts"),
};

export type BuiltWorker = {
  readonly worker: WorkerDescription;
  readonly path: string;
  readonly gzipBytes: number;
};

export type BuildWorkersOptions = {
  readonly workers: readonly WorkerDescription[];
  /** One folder per Worker is made in it. */
  readonly outDir: string;
  /** Compiles the failpoints in; only ever true for tests. */
  readonly isTestBuild: boolean;
};

/** Bundles Workers as they are deployed: one minified file each. Repeating overwrites. */
export async function buildWorkers(options: BuildWorkersOptions): Promise<readonly BuiltWorker[]> {
  return Promise.all(
    options.workers.map(async (worker) => {
      const path = resolve(options.outDir, worker.key, "main.js");
      await mkdir(dirname(path), { recursive: true });
      const result = await build({
        ...SOURCE_OPTIONS,
        entryPoints: [worker.main],
        outfile: path,
        minify: true,
        // Names of functions and classes stand in logs and in the object bindings.
        keepNames: true,
        sourcemap: "linked",
        platform: "browser",
        conditions: ["workerd", "worker", "browser"],
        external: ["cloudflare:*", "node:*"],
        alias: ALIAS,
        define: { __FAILPOINTS__: String(options.isTestBuild), "process.env.NODE_ENV": '"production"' },
        metafile: true,
        write: true,
      });
      if (result.errors.length > 0) throw new Error(result.errors.map((each) => each.text).join("\n"));
      return { worker, path, gzipBytes: await gzipSize(path) };
    }),
  );
}

async function gzipSize(path: string): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  return gzipSync(await readFile(path)).byteLength;
}
