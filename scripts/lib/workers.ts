import { resolve } from "node:path";

/** The folder that package.json stands in. */
export const ROOT = resolve(import.meta.dirname, "../..");

export type WorkerKey = "storefront" | "admin" | "fulfilment" | "payment-sandbox";

export type WorkerDescription = {
  readonly key: WorkerKey;
  /** The `name` in its wrangler.toml. */
  readonly name: string;
  /** Relative to {@link ROOT}, like every path here. */
  readonly configPath: string;
  readonly main: string;
  readonly envTypes: string;
  readonly envInterface: string;
};

const describe = (key: WorkerKey, configPath: string, envInterface: string): WorkerDescription => ({
  key,
  name: `kerbside-${key}`,
  configPath,
  main: `workers/${key}/main.ts`,
  envTypes: `workers/${key}/env.d.ts`,
  envInterface,
});

/** Every Worker of the project. The first three are the shop; the last is only ever run on a developer's machine. */
export const WORKERS: Readonly<Record<WorkerKey, WorkerDescription>> = {
  storefront: describe("storefront", "wrangler.toml", "StorefrontEnv"),
  admin: describe("admin", "workers/admin/wrangler.toml", "AdminEnv"),
  fulfilment: describe("fulfilment", "workers/fulfilment/wrangler.toml", "FulfilmentEnv"),
  "payment-sandbox": describe("payment-sandbox", "workers/payment-sandbox/wrangler.toml", "SandboxEnv"),
};

export const SHOP_WORKERS: readonly WorkerDescription[] = [
  WORKERS.storefront,
  WORKERS.admin,
  WORKERS.fulfilment,
];
