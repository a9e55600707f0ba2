import type { VerifyWebhook } from "../app/ports.ts";
import { verifySandboxWebhook } from "./sandbox-webhook.ts";
import { verifyStripeWebhook } from "./stripe-webhook.ts";

/** The secrets that providers sign their webhooks with; each is there only where its provider is used. */
export type WebhookEnv = {
  readonly PAYMENT_WEBHOOK_SECRET?: string;
  /** Two, divided by a comma, while the endpoint's secret is being changed. */
  readonly STRIPE_WEBHOOK_SECRET?: string;
};

/** The check for one provider's webhooks; `undefined` when this deployment has no secret for it. */
export function webhookVerifier(provider: string, env: WebhookEnv): VerifyWebhook | undefined {
  const { PAYMENT_WEBHOOK_SECRET: secret, STRIPE_WEBHOOK_SECRET: stripe } = env;
  if (provider === "sandbox" && secret) {
    return (body, headers, now) => verifySandboxWebhook({ body, headers, secret, now });
  }
  if (provider === "stripe" && stripe) {
    const secrets = stripe.split(",").map((one) => one.trim());
    return (body, headers, now) => verifyStripeWebhook({ body, headers, secrets, now });
  }
  return undefined;
}
