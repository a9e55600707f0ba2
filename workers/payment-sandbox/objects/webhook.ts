import { toIso, type EpochMs } from "#kernel";
import { Webhook } from "standardwebhooks";
import { paymentReply } from "../api/payment-reply.ts";
import type { Payment, PaymentEvent } from "../domain/payment.ts";
import { WEBHOOK_TIMEOUT_MS } from "../limits.ts";

export type WebhookMessage = { readonly id: string; readonly body: string };

/** Carries one signed message to the merchant; tells whether the merchant took it. Never throws. */
export type WebhookTransport = (message: WebhookMessage, to: WebhookTarget) => Promise<boolean>;
export type WebhookTarget = { readonly url: string; readonly secret: string; readonly now: EpochMs };

/** The message of an event; `undefined` for events that concern the buyer and the bank only. */
export function webhookOf(
  payment: Payment,
  event: PaymentEvent,
  at: { number: number; now: EpochMs },
): string | undefined {
  if (event.type === "payment.challenge_started") return undefined;
  return JSON.stringify({
    id: webhookId(payment.request.id, at.number),
    type: event.type,
    version: 1,
    occurredAt: toIso(at.now),
    data: { payment: paymentReply(payment), ...("isFinal" in event ? { isFinal: event.isFinal } : {}) },
  });
}

/** The same for every try of one message: the merchant's key against duplicates. */
export const webhookId = (paymentId: string, number: number): string => `msg_${paymentId}_${number}`;

/** Signs and posts a message as Standard Webhooks says; only a 2xx within the time limit counts as taken. */
export async function postWebhook(message: WebhookMessage, to: WebhookTarget): Promise<boolean> {
  // Ended with the call: a pending timer would keep the object in memory.
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), WEBHOOK_TIMEOUT_MS);
  try {
    const signedAt = new Date(to.now);
    const response = await fetch(to.url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": String(Math.floor(to.now / 1000)),
        "webhook-signature": new Webhook(to.secret).sign(message.id, signedAt, message.body),
      },
      body: message.body,
      signal: abort.signal,
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Refused, too slow, unreachable: all the same to us, the next try is booked.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
