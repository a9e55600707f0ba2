import { isId, ok, refuse, SECOND_MS, type EpochMs, type Result } from "#kernel";
import * as z from "zod";
import type { VerifiedWebhook, WebhookRefusal } from "../app/ports.ts";
import { WEBHOOK_TOLERANCE_MS } from "../domain/limits.ts";
import { META } from "./stripe-wire.ts";

const eventSchema = z.object({
  id: z.string().regex(/^evt_\w{1,100}$/),
  type: z.string().regex(/^[a-z_.]{1,100}$/),
  data: z.object({ object: z.object({ metadata: z.record(z.string(), z.string()).nullish() }) }),
});

/** `secrets` are `whsec_…` of the endpoint: two while one is being changed. */
export type StripeWebhook = {
  readonly body: Uint8Array;
  readonly headers: Headers;
  readonly secrets: readonly string[];
  readonly now: EpochMs;
};

/**
 * Checks a webhook of Stripe on its raw bytes with the SDK's own check, before anything of it is believed: `Stripe-Signature`,
 * HMAC-SHA-256, not older than five minutes. Checks in this order: header, age and signature, shape. A replay within
 * five minutes passes: whoever calls must be idempotent.
 */
export async function verifyStripeWebhook(
  message: StripeWebhook,
): Promise<Result<VerifiedWebhook, WebhookRefusal>> {
  const header = message.headers.get("stripe-signature");
  if (!header) return refuse({ code: "signature_missing" });
  const signedAtMs = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1] ?? Number.NaN) * SECOND_MS;
  if (Number.isNaN(signedAtMs)) return refuse({ code: "signature_missing" });
  if (Math.abs(message.now - signedAtMs) > WEBHOOK_TOLERANCE_MS) return refuse({ code: "outside_tolerance" });
  for (const secret of message.secrets) {
    const event = await constructEvent(message, header, secret);
    if (event !== undefined) return readEvent(event);
  }
  return refuse({ code: "signature_wrong" });
}

/** The parsed event, or `undefined` when the signature does not fit; genuine bytes that are no JSON give `null`. */
async function constructEvent(
  { body, now }: StripeWebhook,
  header: string,
  secret: string,
): Promise<unknown> {
  const { default: Stripe } = await import("stripe");
  try {
    return await Stripe.webhooks.constructEventAsync(
      body,
      header,
      secret,
      WEBHOOK_TOLERANCE_MS / SECOND_MS,
      Stripe.createSubtleCryptoProvider(),
      now,
    );
  } catch (error) {
    return error instanceof SyntaxError ? null : undefined;
  }
}

function readEvent(event: unknown): Result<VerifiedWebhook, WebhookRefusal> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return refuse({ code: "body_wrong" });
  const { id, type, data } = parsed.data;
  const orderId = data.object.metadata?.[META.order] ?? "";
  if (!isId("ord", orderId)) return refuse({ code: "not_an_order" });
  return ok({ id, type, orderId, key: data.object.metadata?.[META.key] ?? "" });
}
