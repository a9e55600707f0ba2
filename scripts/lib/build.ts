import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildWorkers, type BuiltWorker } from "./build-workers.ts";
import { ROOT, WORKERS, type WorkerKey } from "./workers.ts";

export type Built = Readonly<Record<WorkerKey, BuiltWorker>>;

export type BuildOptions = {
  /** Compiles the failpoints in; such a build never goes where a deploy would find it. */
  readonly isTestBuild: boolean;
};

/** Builds everything that is served: Workers into dist/, client files and API documents into public/assets/. */
export async function buildAll(options: BuildOptions): Promise<Built> {
  const outDir = resolve(ROOT, "dist", options.isTestBuild ? "test" : "release");
  // The Workers may import the names of the client files, so those come first.
  await buildStatic();
  const built = await buildWorkers({
    workers: Object.values(WORKERS),
    outDir,
    isTestBuild: options.isTestBuild,
  });
  return Object.fromEntries(built.map((each) => [each.worker.key, each])) as Built;
}

/** Client scripts, styles and fonts, and the OpenAPI documents. */
export async function buildStatic(): Promise<void> {
  const outDir = resolve(ROOT, "public/assets");
  await runBuilder("scripts/build-assets.ts", "buildAssets", outDir);
  await runBuilder("scripts/build-openapi.ts", "buildOpenapi", outDir);
}

type Builder = (options: { readonly outDir: string }) => Promise<unknown>;

async function runBuilder(path: string, name: string, outDir: string): Promise<void> {
  const file = resolve(ROOT, path);
  if (!existsSync(file)) return;
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, Builder | undefined>>;
  await module[name]?.({ outDir });
}
