export type { PaymentProvider, VerifiedWebhook, VerifyWebhook, WebhookRefusal } from "./app/ports.ts";
