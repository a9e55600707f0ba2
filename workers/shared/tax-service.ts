import type { TaxProvider } from "#pricing";
import { createTaxService } from "../../src/pricing/adapters/tax-service.ts";

/** What a Worker's environment says about a tax service; without an address the shop's own table holds everywhere. */
export type TaxServiceEnv = {
  /** Such as `https://tax.example`, without a slash at the end; empty: none. */
  readonly TAX_SERVICE_URL: string;
  /** Such as `US,CA`. */
  readonly TAX_SERVICE_COUNTRIES: string;
  /** A secret; there only where a service is used. */
  readonly TAX_SERVICE_KEY?: string;
};

// What it remembers is the same for everybody, and bounded by itself; one address per deployment, so one entry.
const services = new Map<string, TaxProvider>();

/** The tax service of this deployment, made once per isolate. */
export function taxServiceOf(env: TaxServiceEnv): TaxProvider | undefined {
  const { TAX_SERVICE_URL: baseUrl, TAX_SERVICE_COUNTRIES: list, TAX_SERVICE_KEY: apiKey = "" } = env;
  if (!baseUrl) return undefined;
  const known = services.get(baseUrl);
  if (known) return known;
  const made = createTaxService({
    baseUrl,
    apiKey,
    countries: list.split(",").map((country) => country.trim()),
    fetch: (url, init) => fetch(url, init),
    now: Date.now,
  });
  services.set(baseUrl, made);
  return made;
}
