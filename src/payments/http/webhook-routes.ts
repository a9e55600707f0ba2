import { Hono, type Context } from "hono";
import { epochMs } from "#kernel";
import type { OrderRpc } from "#orders";
import { createLogger, describeError, within, type CallContext, type ObjectNamespace } from "#platform";
import { answerProblem, readBytes, type WebEnv } from "#web";
import type { VerifyWebhook } from "../app/ports.ts";
import { inboxShard, type InboxClaim, type InboxMessage, type WebhookInboxRpc } from "../contract.ts";
import { INBOX_PATIENCE_MS, MAX_WEBHOOK_BYTES } from "../domain/limits.ts";
import { WEBHOOK_NOT_TAKEN, WEBHOOK_REFUSED } from "./problems.ts";

export type PaymentWebhookOptions = {
  /**
   * Checks a message with the secret of the provider that the address names; `undefined` for one that this deployment
   * does not use. Reached per request because bindings belong to it.
   */
  readonly verifierOf: (c: Context, provider: string) => VerifyWebhook | undefined;
  readonly inbox: (c: Context) => ObjectNamespace<Pick<WebhookInboxRpc, "receive" | "markProcessed">>;
  readonly orders: (c: Context) => ObjectNamespace<Pick<OrderRpc, "settle">>;
};

/**
 * `POST /webhooks/payments/{provider}`. A forged, old or torn message is refused with 400 and has no effect. A genuine one
 * is only a hint: the order asks the provider itself. It is written into the inbox before the answer leaves, so that a
 * crash afterwards loses nothing; duplicates, messages that come too early or out of order, and messages about unknown
 * orders are harmless and answered 200. Without the inbox the order is settled first, and 503 asks for another delivery
 * when that fails too. No database is involved.
 */
export function createPaymentWebhooks(options: PaymentWebhookOptions): Hono<WebEnv> {
  return new Hono<WebEnv>().post("/webhooks/payments/:provider", async (c) => {
    const provider = c.req.param("provider");
    const verify = options.verifierOf(c, provider);
    if (!verify) return c.notFound();
    const body = await readBytes(c, MAX_WEBHOOK_BYTES);
    if (!body.ok) return answerProblem(c, body.refusal.problem);
    const checked = await verify(body.value, c.req.raw.headers, epochMs(Date.now()));
    if (!checked.ok && checked.refusal.code !== "not_an_order") {
      const log = createLogger("payments", c.get("traceparent"));
      log.warn("payment.webhook_refused", { provider, reason: checked.refusal.code });
      return answerProblem(c, WEBHOOK_REFUSED);
    }
    if (checked.ok) {
      const { id: eventId, type, orderId } = checked.value;
      const isTaken = await take(c, options, { provider, eventId, type, orderId });
      if (!isTaken) return answerProblem(c, WEBHOOK_NOT_TAKEN);
    }
    return c.json({ received: true });
  });
}

/** Whether the message is safe: written down, or worked off already. */
async function take(c: Context, options: PaymentWebhookOptions, message: InboxMessage): Promise<boolean> {
  const { provider, eventId } = message;
  const inbox = options.inbox(c).getByName(inboxShard(provider, eventId));
  const claim = await claimOf(inbox, message);
  if (claim === "processed" || claim === "busy") return true;
  const work = settle(c, options, message);
  if (claim === undefined) return work;
  const noted = async (): Promise<void> => {
    // A failure leaves the lease to run out: the inbox tries again.
    if (await work) await inbox.markProcessed(provider, eventId).catch(() => undefined);
  };
  c.executionCtx.waitUntil(noted());
  return true;
}

/** `undefined` when the inbox did not answer in time. */
async function claimOf(inbox: Pick<WebhookInboxRpc, "receive">, message: InboxMessage) {
  try {
    let claim: InboxClaim | undefined;
    const asked = inbox.receive(message).then((answer) => {
      claim = answer;
    });
    await within(asked, INBOX_PATIENCE_MS);
    return claim;
  } catch {
    return undefined;
  }
}

/** Makes the order ask its provider; tells whether it could be reached. */
async function settle(c: Context, options: PaymentWebhookOptions, message: InboxMessage): Promise<boolean> {
  const traceparent: string = c.get("traceparent");
  const log = createLogger("payments", traceparent);
  const { eventId: webhookId, type, orderId } = message;
  const call: CallContext = { traceparent, actor: "system:payment-webhook" };
  try {
    const result = await options.orders(c).getByName(orderId).settle(call);
    log.info("payment.webhook_applied", {
      ...{ webhookId, type, orderId },
      refusal: result.ok ? undefined : result.refusal.code,
    });
    return true;
  } catch (error) {
    log.warn("payment.webhook_not_applied", { webhookId, type, orderId, reason: describeError(error) });
    return false;
  }
}
