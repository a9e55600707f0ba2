import { DEMO_SECRETS } from "./demo-secrets.ts";
import type { WorkerKey } from "./workers.ts";

/** Variables and secrets of each Worker. */
export type WorkerValues = Readonly<Partial<Record<WorkerKey, Readonly<Record<string, string>>>>>;

/** The path at which the shop takes the sandbox's webhooks. */
export const SANDBOX_WEBHOOK_PATH = "/webhooks/payments/sandbox";

/** What a shop on this machine is told: where its parts are, and the demo secrets. `overrides` win. */
export function valuesPerWorker(
  urls: { url: string; paymentUrl: string },
  overrides: WorkerValues,
): WorkerValues {
  const { SESSION_SECRET, PAYMENT_SANDBOX_KEY, PAYMENT_WEBHOOK_SECRET, ADMIN_DEV_PASSWORD, ADMIN_API_TOKEN } =
    DEMO_SECRETS;
  // Reconciliation compares the provider's own book with the orders' ledgers.
  const book = { PAYMENT_SANDBOX_URL: urls.paymentUrl, PAYMENT_SANDBOX_KEY };
  return {
    storefront: {
      PAYMENT_SANDBOX_URL: urls.paymentUrl,
      SESSION_SECRET,
      PAYMENT_SANDBOX_KEY,
      PAYMENT_WEBHOOK_SECRET,
      ...overrides.storefront,
    },
    admin: {
      SHOP_ORIGIN: urls.url,
      SESSION_SECRET,
      ADMIN_DEV_PASSWORD,
      ADMIN_API_TOKEN,
      ...book,
      ...overrides.admin,
    },
    fulfilment: { SHOP_ORIGIN: urls.url, ...book, ...overrides.fulfilment },
    "payment-sandbox": {
      WEBHOOK_URL: `${urls.url}${SANDBOX_WEBHOOK_PATH}`,
      PAYMENT_SANDBOX_KEY,
      PAYMENT_WEBHOOK_SECRET,
      ...overrides["payment-sandbox"],
    },
  };
}
