import { epochMs, isId, ok, refuse, SECOND_MS, type EpochMs, type Result } from "#kernel";
import { equalConstantTime } from "#platform";
import { Webhook } from "standardwebhooks";
import * as z from "zod";
import type { VerifiedWebhook, WebhookRefusal } from "../app/ports.ts";
import { WEBHOOK_TOLERANCE_MS } from "../domain/limits.ts";

const bodySchema = z.object({
  type: z.string().regex(/^payment\.[a-z_]{1,50}$/),
  data: z.object({ payment: z.object({ key: z.string().min(1).max(255), reference: z.string().max(200) }) }),
});

/** `secret` as Standard Webhooks writes it: `whsec_` and base64. */
export type SandboxWebhook = {
  readonly body: Uint8Array;
  readonly headers: Headers;
  readonly secret: string;
  readonly now: EpochMs;
};

/**
 * Checks a webhook of the sandbox on its raw bytes, before anything is parsed (Standard Webhooks: HMAC-SHA-256 over
 * `id.timestamp.body`, several signatures allowed while a secret is changed). Checks in this order: headers, signature,
 * age (five minutes either way), shape. A replay within five minutes passes: whoever calls must be idempotent.
 */
export function verifySandboxWebhook(message: SandboxWebhook): Result<VerifiedWebhook, WebhookRefusal> {
  const { body, headers, secret, now } = message;
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp") ?? "";
  const signatures = headers.get("webhook-signature");
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp)) return refuse({ code: "signature_missing" });
  const signedAt = epochMs(Number(timestamp) * SECOND_MS);
  const text = decodeUtf8(body);
  if (text === undefined) return refuse({ code: "signature_wrong" });
  const right = new Webhook(secret).sign(id, new Date(signedAt), text);
  if (!signatures.split(" ").some((signature) => equalConstantTime(signature, right))) {
    return refuse({ code: "signature_wrong" });
  }
  if (Math.abs(now - signedAt) > WEBHOOK_TOLERANCE_MS) return refuse({ code: "outside_tolerance" });
  return readBody(id, text);
}

/** Only valid UTF-8 has one text, so only that can be what was signed; a byte order mark is kept for the same reason. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readBody(id: string, text: string): Result<VerifiedWebhook, WebhookRefusal> {
  const parsed = bodySchema.safeParse(parseJson(text));
  if (!parsed.success) return refuse({ code: "body_wrong" });
  const { key, reference } = parsed.data.data.payment;
  if (!isId("ord", reference)) return refuse({ code: "not_an_order" });
  return ok({ id, type: parsed.data.type, orderId: reference, key });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
