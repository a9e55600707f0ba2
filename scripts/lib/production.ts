import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { parseEnv } from "node:util";
import { unstable_readConfig as readConfig, type Unstable_Config as WranglerConfig } from "wrangler";
import { parseProviders } from "../../src/payments/domain/methods.ts";
import { isDemoSecret } from "./demo-secrets.ts";
import { Mendable } from "./fail.ts";
import { ROOT, type WorkerDescription } from "./workers.ts";

/** What differs between a shop on a developer's machine and the real one. */
export type Production = {
  readonly shopOrigin: string;
  readonly shopTimeZone: string;
  readonly paymentProviders: string;
  readonly bankTransferDetails: string;
  readonly cashCountries: string;
  readonly cashLimitMinor: string;
  readonly packAfterSeconds: string;
  readonly databaseId: string;
};

/** Stands for the real values when only the shape of a deploy is looked at. */
export const EXAMPLE_PRODUCTION: Production = {
  shopOrigin: "https://shop.example.com",
  shopTimeZone: "Europe/Berlin",
  paymentProviders: "stripe,bank_transfer",
  bankTransferDetails: "Example bank",
  cashCountries: "",
  cashLimitMinor: "0",
  packAfterSeconds: "900",
  databaseId: "00000000-0000-4000-8000-000000000000",
};

const DATABASE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads production.env. Refuses what would open a shop that takes no money or that everybody can enter. */
export function readProduction(path: string): Production {
  if (!existsSync(path)) {
    throw new Mendable(
      "production.env is missing. Copy production.example.env to production.env and fill it in.",
    );
  }
  const values = parseEnv(readFileSync(path, "utf8"));
  const { SHOP_ORIGIN = "", SHOP_TIME_ZONE = "", D1_DATABASE_ID = "" } = values;
  const findings = [
    ...(/^https:\/\/[^/]+$/.test(SHOP_ORIGIN) ? [] : ["SHOP_ORIGIN must be an https origin without a path"]),
    ...(SHOP_TIME_ZONE !== "" ? [] : ["SHOP_TIME_ZONE is empty"]),
    ...paymentFindings(values),
    ...(DATABASE_ID.test(D1_DATABASE_ID)
      ? []
      : ["D1_DATABASE_ID is not an id that `wrangler d1 create` prints"]),
    ...(values["ENVIRONMENT"] === undefined ? [] : ["ENVIRONMENT is always production here; remove it"]),
    ...demoSecretsIn(values),
  ];
  refuse(path, findings);
  return {
    shopOrigin: SHOP_ORIGIN,
    shopTimeZone: SHOP_TIME_ZONE,
    paymentProviders: values["PAYMENT_PROVIDERS"] ?? "",
    bankTransferDetails: values["BANK_TRANSFER_DETAILS"] ?? "",
    cashCountries: values["CASH_ON_DELIVERY_COUNTRIES"] ?? "",
    cashLimitMinor: values["CASH_ON_DELIVERY_LIMIT_MINOR"] ?? "",
    // The Worker knows what nobody names; the development value of seconds must not come here.
    packAfterSeconds: values["PACK_AFTER_SECONDS"] ?? "",
    databaseId: D1_DATABASE_ID,
  };
}

/** What would leave a real shop without money, or a buyer without a word where to send it. */
function paymentFindings(values: NodeJS.Dict<string>): readonly string[] {
  const providers = parseProviders(values["PAYMENT_PROVIDERS"] ?? "");
  if (!providers.ok) return [`PAYMENT_PROVIDERS: ${providers.refusal.detail}`];
  const uses = (name: (typeof providers.value)[number]): boolean => providers.value.includes(name);
  const isSet = (name: string): boolean => (values[name] ?? "").trim() !== "";
  const needs = (provider: (typeof providers.value)[number], name: string): readonly string[] =>
    uses(provider) && !isSet(name) ? [`${name} is empty, which ${provider} needs`] : [];
  return [
    ...(uses("sandbox") ? ["PAYMENT_PROVIDERS has the sandbox, which takes no money"] : []),
    ...needs("bank_transfer", "BANK_TRANSFER_DETAILS"),
    ...needs("cash_on_delivery", "CASH_ON_DELIVERY_COUNTRIES"),
    ...needs("cash_on_delivery", "CASH_ON_DELIVERY_LIMIT_MINOR"),
  ];
}

const usesStripe = ({ paymentProviders }: Production): boolean => {
  const providers = parseProviders(paymentProviders);
  return providers.ok && providers.value.includes("stripe");
};

/** Refuses a file of secrets in which one is known to everybody. */
export function checkSecretsFile(path: string): void {
  if (!existsSync(path)) throw new Mendable(`${path} does not exist.`);
  refuse(path, demoSecretsIn(parseEnv(readFileSync(path, "utf8"))));
}

const demoSecretsIn = (values: NodeJS.Dict<string>): readonly string[] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined && isDemoSecret(value))
    .map(([name]) => `${name} is a demo secret that everybody knows`);

function refuse(path: string, findings: readonly string[]): void {
  if (findings.length > 0)
    throw new Mendable(`Not deployed. In ${relative(ROOT, path)}:\n  ${findings.join("\n  ")}`);
}

export type ProductionConfigOptions = {
  /** Leaves the bindings to other Workers out: on the very first deploy those do not exist yet. */
  readonly isFirstRound: boolean;
};

/**
 * Writes the wrangler config of a Worker for production and gives its path. It is the development one, read by wrangler
 * itself, with other values: so the two cannot drift apart, and no binding is written twice.
 */
export function writeProductionConfig(
  worker: WorkerDescription,
  production: Production,
  options: ProductionConfigOptions,
): string {
  const config = readConfig({ config: resolve(ROOT, worker.configPath) }, { hideWarnings: true });
  const folder = resolve(ROOT, ".wrangler/production");
  mkdirSync(folder, { recursive: true });
  const path = resolve(folder, `${worker.key}.json`);
  writeFileSync(path, JSON.stringify(productionConfig(worker, config, { ...options, production }), null, 2));
  return path;
}

/** What describes the file or the machine, not the Worker. */
const LEFT_OUT =
  /^(configPath|userConfigPath|topLevelName|definedEnvironments|jsx_factory|jsx_fragment|dev|build)$/;

/** Nobody is there: the storefront names the sandbox in its security policy, and in production it must name nothing. */
const NO_SANDBOX_URL = "https://payment-sandbox.invalid";

/** Both belong to the sandbox. */
const DEVELOPMENT_ONLY_SECRETS = new Set(["PAYMENT_SANDBOX_KEY", "PAYMENT_WEBHOOK_SECRET"]);
const STRIPE_SECRETS = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"];

function productionConfig(
  worker: WorkerDescription,
  config: WranglerConfig,
  options: ProductionConfigOptions & { readonly production: Production },
): Record<string, unknown> {
  const { production, isFirstRound } = options;
  const kept = Object.fromEntries(
    Object.entries(config).filter(([key, value]) => !LEFT_OUT.test(key) && !isEmpty(value)),
  );
  const known: Readonly<Record<string, string>> = {
    ENVIRONMENT: "production",
    SHOP_ORIGIN: production.shopOrigin,
    SHOP_TIME_ZONE: production.shopTimeZone,
    PAYMENT_PROVIDERS: production.paymentProviders,
    BANK_TRANSFER_DETAILS: production.bankTransferDetails,
    CASH_ON_DELIVERY_COUNTRIES: production.cashCountries,
    CASH_ON_DELIVERY_LIMIT_MINOR: production.cashLimitMinor,
    PACK_AFTER_SECONDS: production.packAfterSeconds,
    PAYMENT_SANDBOX_URL: NO_SANDBOX_URL,
  };
  const vars = Object.entries(config.vars ?? {}).map(([name, value]) => [name, known[name] ?? value]);
  const secrets = [
    ...(config.secrets?.required ?? []).filter((name) => !DEVELOPMENT_ONLY_SECRETS.has(name)),
    ...(worker.key === "storefront" && usesStripe(production) ? STRIPE_SECRETS : []),
  ];
  return {
    ...kept,
    vars: Object.fromEntries(vars),
    // Relative paths count from the config file, and this one stands elsewhere.
    alias: Object.fromEntries(
      Object.entries(config.alias ?? {}).map(([name, path]) => [name, beside(worker, path)]),
    ),
    ...(secrets.length > 0 ? { secrets: { required: secrets } } : {}),
    ...(config.assets?.directory === undefined
      ? {}
      : {
          assets: {
            ...config.assets,
            directory: beside(worker, config.assets.directory),
          },
        }),
    ...(config.d1_databases.length > 0
      ? { d1_databases: config.d1_databases.map(onProduction(production)) }
      : {}),
    ...(isFirstRound && worker.key === "storefront" ? { services: [] } : {}),
  };
}

const beside = (worker: WorkerDescription, path: string): string =>
  resolve(ROOT, worker.configPath, "..", path);

const onProduction =
  (production: Production) =>
  (database: WranglerConfig["d1_databases"][number]): unknown => ({
    ...database,
    database_id: production.databaseId,
    migrations_dir: resolve(ROOT, "migrations"),
  });

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
