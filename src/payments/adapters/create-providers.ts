import { invariant } from "#kernel";
import type { PaymentProvider, PaymentProviders } from "../app/ports.ts";
import { parseProviders, type ManualPolicy, type ProviderName } from "../domain/methods.ts";
import { createManualProvider } from "./manual-provider.ts";
import type { Fetch } from "./sandbox-http.ts";
import { createSandboxProvider } from "./sandbox-provider.ts";
import { createStripeProvider } from "./stripe-provider.ts";

/** What the providers need of a Worker's environment. Stripe's secrets are there only where it is used. */
export type PaymentEnv = {
  /** Such as `stripe,bank_transfer,cash_on_delivery`; buyers see them in this order. */
  readonly PAYMENT_PROVIDERS: string;
  readonly PAYMENT_SANDBOX_URL: string;
  readonly PAYMENT_SANDBOX_KEY?: string;
  readonly STRIPE_SECRET_KEY?: string;
  /** The way out to the providers where it is another than `fetch`: a client certificate, a private network. */
  readonly PAYMENT_EGRESS?: Pick<Fetcher, "fetch">;
  /** Where a transfer goes, in one line. */
  readonly BANK_TRANSFER_DETAILS: string;
};

/**
 * The providers of this deployment. `names` are those that new orders may use; `get` also gives one that was taken from
 * the list but still has its secrets, because its old orders have refunds to come.
 */
export function createProviders(env: PaymentEnv): PaymentProviders {
  const known = made.get(env) ?? makeProviders(env);
  made.set(env, known);
  return known;
}

// An isolate has one environment, and every request and every order object asks for its providers.
const made = new WeakMap<PaymentEnv, PaymentProviders>();

function makeProviders(env: PaymentEnv): PaymentProviders {
  const names = parseProviders(env.PAYMENT_PROVIDERS);
  invariant(names.ok, names.ok ? "" : names.refusal.detail);
  const providers = new Map<string, PaymentProvider | undefined>();
  const get = (name: string): PaymentProvider | undefined => {
    if (!providers.has(name)) providers.set(name, makeProvider(name, env));
    return providers.get(name);
  };
  // One without its secret is not offered; refusing to start would take the orders of all others along.
  const usable = names.value.filter((name) => get(name) !== undefined);
  return { names: usable, get };
}

function makeProvider(name: string, env: PaymentEnv): PaymentProvider | undefined {
  const way = wayOut(env);
  const known: Readonly<Record<ProviderName, () => PaymentProvider | undefined>> = {
    sandbox: () =>
      env.PAYMENT_SANDBOX_KEY
        ? createSandboxProvider({
            baseUrl: env.PAYMENT_SANDBOX_URL,
            apiKey: env.PAYMENT_SANDBOX_KEY,
            ...way,
          })
        : undefined,
    stripe: () =>
      env.STRIPE_SECRET_KEY ? createStripeProvider({ secretKey: env.STRIPE_SECRET_KEY, ...way }) : undefined,
    bank_transfer: () =>
      createManualProvider("bank_transfer", { instructions: env.BANK_TRANSFER_DETAILS.trim() }),
    cash_on_delivery: () => createManualProvider("cash_on_delivery"),
  };
  return new Map<string, () => PaymentProvider | undefined>(Object.entries(known)).get(name)?.();
}

function wayOut({ PAYMENT_EGRESS: egress }: PaymentEnv): { readonly fetch?: Fetch } {
  return egress ? { fetch: (url, init) => egress.fetch(url, init) } : {};
}

/** What a Worker's environment says about payment without a provider. */
export type ManualEnv = {
  readonly BANK_TRANSFER_DETAILS: string;
  /** Such as `DE,AT`. */
  readonly CASH_ON_DELIVERY_COUNTRIES: string;
  readonly CASH_ON_DELIVERY_LIMIT_MINOR: string;
};

/** Reads the merchant's rules; a limit that is no whole number allows no cash at all. */
export function manualPolicy(env: ManualEnv, currency: string): ManualPolicy {
  const limit = Number(env.CASH_ON_DELIVERY_LIMIT_MINOR);
  return {
    bankDetails: env.BANK_TRANSFER_DETAILS.trim(),
    cashCountries: env.CASH_ON_DELIVERY_COUNTRIES.split(",").map((code) => code.trim()),
    cashLimitMinor: Number.isSafeInteger(limit) && limit > 0 ? limit : -1,
    cashCurrency: currency,
  };
}

/** Where a buyer may be sent to pay: the page's policy has to allow the redirect. */
export function paymentOrigins(env: PaymentEnv): readonly string[] {
  const names = parseProviders(env.PAYMENT_PROVIDERS);
  const uses = (name: ProviderName): boolean => names.ok && names.value.includes(name);
  return [
    ...(uses("sandbox") ? [new URL(env.PAYMENT_SANDBOX_URL).origin] : []),
    ...(uses("stripe") ? ["https://checkout.stripe.com"] : []),
  ];
}
