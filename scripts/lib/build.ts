import { resolve } from "node:path";
import { buildAssets } from "../build-assets.ts";
import { buildOpenapi } from "../build-openapi.ts";
import { buildWorkers, type BuiltWorker } from "./build-workers.ts";
import { ROOT, WORKERS, type WorkerKey } from "./workers.ts";

export type Built = Readonly<Record<WorkerKey, BuiltWorker>>;

export type BuildOptions = {
  /** Compiles the failpoints in; such a build never goes where a deploy would find it. */
  readonly isTestBuild: boolean;
  /** Other entry points than the Workers' own, for a shop whose parts a test can break; relative to the project. */
  readonly mains?: Readonly<Partial<Record<WorkerKey, string>>>;
};

/** Where the last build of this kind left its Workers; for a restart, which is no new release. */
export const builtBefore = (
  options: BuildOptions,
): Readonly<Record<WorkerKey, Pick<BuiltWorker, "worker" | "path">>> =>
  Object.fromEntries(
    Object.values(WORKERS).map((worker) => [
      worker.key,
      { worker, path: resolve(outDirOf(options), worker.key, "main.js") },
    ]),
  ) as Readonly<Record<WorkerKey, Pick<BuiltWorker, "worker" | "path">>>;

const outDirOf = ({ isTestBuild, mains }: BuildOptions): string =>
  resolve(ROOT, "dist", mains ? "breakable" : isTestBuild ? "test" : "release");

/** Builds everything that is served: Workers into dist/, client files and API documents into public/assets/. */
export async function buildAll(options: BuildOptions): Promise<Built> {
  const outDir = outDirOf(options);
  // The Workers may import the names of the client files, so those come first.
  await buildStatic();
  const built = await buildWorkers({
    workers: Object.values(WORKERS).map((worker) => ({
      ...worker,
      main: options.mains?.[worker.key] ?? worker.main,
    })),
    outDir,
    isTestBuild: options.isTestBuild,
  });
  return Object.fromEntries(built.map((each) => [each.worker.key, each])) as Built;
}

/** Client scripts, styles and fonts in public/assets/, and the OpenAPI documents at their addresses in public/. */
export async function buildStatic(): Promise<void> {
  await buildAssets({ outDir: resolve(ROOT, "public/assets"), isDevelopment: false });
  await buildOpenapi();
}
