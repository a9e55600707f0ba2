import { Hono, type Context } from "hono";
import { epochMs } from "#kernel";
import type { OrderRpc } from "#orders";
import { createLogger, describeError, within, type CallContext, type ObjectNamespace } from "#platform";
import { answerProblem, readBytes, type WebEnv } from "#web";
import type { VerifyWebhook } from "../app/ports.ts";
import { inboxShard, type InboxMessage, type WebhookInboxRpc } from "../contract.ts";
import { INBOX_PATIENCE_MS, MAX_WEBHOOK_BYTES } from "../domain/limits.ts";
import { WEBHOOK_NOT_TAKEN, WEBHOOK_REFUSED } from "./problems.ts";

export type PaymentWebhookOptions = {
  /**
   * Checks a message with the secret of the provider that the address names; `undefined` for one that this deployment
   * does not use. Reached per request because bindings belong to it.
   */
  readonly verifierOf: (c: Context, provider: string) => VerifyWebhook | undefined;
  readonly inbox: (c: Context) => ObjectNamespace<Pick<WebhookInboxRpc, "receive">>;
  readonly orders: (c: Context) => ObjectNamespace<Pick<OrderRpc, "settle">>;
};

/**
 * `POST /webhooks/payments/{provider}`. A forged, old or torn message is refused with 400 and has no effect. A genuine one
 * is only a hint: the order asks the provider itself. It is written into the inbox before the answer leaves, so that a
 * crash afterwards loses nothing, and the inbox sends the order to ask; duplicates, messages that come too early or out of order, and messages about unknown
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
  const call: CallContext = { traceparent: c.get("traceparent"), actor: "system:payment-webhook" };
  const inbox = options.inbox(c).getByName(inboxShard(message.orderId));
  return (await isStored(inbox, message, call)) || settle(options.orders(c), message, call);
}

/** Whether the inbox said in time that it has the message. */
async function isStored(
  inbox: Pick<WebhookInboxRpc, "receive">,
  message: InboxMessage,
  call: CallContext,
): Promise<boolean> {
  try {
    return await within(inbox.receive(message, call), INBOX_PATIENCE_MS);
  } catch {
    return false;
  }
}

/** Makes the order ask its provider; tells whether it could be reached. */
async function settle(
  orders: ObjectNamespace<Pick<OrderRpc, "settle">>,
  { eventId: webhookId, type, orderId }: InboxMessage,
  call: CallContext,
): Promise<boolean> {
  const log = createLogger("payments", call.traceparent);
  try {
    const result = await orders.getByName(orderId).settle(call);
    const refusal = result.ok ? undefined : result.refusal.code;
    log.info("payment.webhook_applied", { webhookId, type, orderId, refusal });
    return true;
  } catch (error) {
    log.warn("payment.webhook_not_applied", { webhookId, type, orderId, reason: describeError(error) });
    return false;
  }
}
