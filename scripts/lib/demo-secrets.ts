/**
 * The secrets of a shop on a developer's machine. They are public, so everything that protects something real refuses
 * them: `npm run deploy` does not deploy a Worker that carries one (see {@link isDemoSecret}).
 */
export const DEMO_SECRETS = {
  SESSION_SECRET: "demo-session-secret-for-development-only",
  PAYMENT_SANDBOX_KEY: "demo-payment-sandbox-key",
  // Standard Webhooks wants base64 after the prefix; this one says "demo-webhook-secret-for-development".
  PAYMENT_WEBHOOK_SECRET: "whsec_ZGVtby13ZWJob29rLXNlY3JldC1mb3ItZGV2ZWxvcG1lbnQ=",
  /** The word that opens the back office in development. */
  ADMIN_DEV_PASSWORD: "demo-kerbside",
  ADMIN_API_TOKEN: "demo-admin-api-token",
} as const;

/** Whether a value is one of ours, or made in their image. */
export const isDemoSecret = (value: string): boolean =>
  /^(demo-|whsec_ZGVtby)/.test(value) || Object.values<string>(DEMO_SECRETS).includes(value);
