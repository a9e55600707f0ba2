import { Hono, type Context } from "hono";
import { epochMs } from "#kernel";
import type { OrderRpc } from "#orders";
import { createLogger, describeError, type CallContext, type ObjectNamespace } from "#platform";
import { answerProblem, readBytes, type WebEnv } from "#web";
import type { VerifiedWebhook, VerifyWebhook } from "../app/ports.ts";
import { MAX_WEBHOOK_BYTES } from "../domain/limits.ts";
import { WEBHOOK_REFUSED } from "./problems.ts";

export type PaymentWebhookOptions = {
  /**
   * Checks a message with the secret of the provider that the address names; `undefined` for one that this deployment
   * does not use. Reached per request because bindings belong to it.
   */
  readonly verifierOf: (c: Context, provider: string) => VerifyWebhook | undefined;
  readonly orders: (c: Context) => ObjectNamespace<Pick<OrderRpc, "settle">>;
};

/**
 * `POST /webhooks/payments/{provider}`. A forged, old or torn message is refused with 400 and has no effect. A genuine one
 * is only a hint: the order asks the provider itself, after the answer has left. Duplicates, messages that come too
 * early or out of order, and messages about unknown orders are therefore harmless and answered 200.
 */
export function createPaymentWebhooks({ verifierOf, orders }: PaymentWebhookOptions): Hono<WebEnv> {
  return new Hono<WebEnv>().post("/webhooks/payments/:provider", async (c) => {
    const verify = verifierOf(c, c.req.param("provider"));
    if (!verify) return c.notFound();
    const body = await readBytes(c, MAX_WEBHOOK_BYTES);
    if (!body.ok) return answerProblem(c, body.refusal.problem);
    const message = await verify(body.value, c.req.raw.headers, epochMs(Date.now()));
    if (message.ok) {
      c.executionCtx.waitUntil(settle(orders(c), message.value, c.get("traceparent")));
    } else if (message.refusal.code !== "not_an_order") {
      createLogger("payments", c.get("traceparent")).warn("payment.webhook_refused", {
        reason: message.refusal.code,
      });
      return answerProblem(c, WEBHOOK_REFUSED);
    }
    return c.json({ received: true });
  });
}

/** Losing a hint costs seconds: an order that waits for its payment also polls. So a failure here is only noted. */
async function settle(
  orders: ObjectNamespace<Pick<OrderRpc, "settle">>,
  message: VerifiedWebhook,
  traceparent: string,
): Promise<void> {
  const log = createLogger("payments", traceparent);
  const fields = { webhookId: message.id, type: message.type, orderId: message.orderId };
  const call: CallContext = { traceparent, actor: "system:payment-webhook" };
  try {
    const result = await orders.getByName(message.orderId).settle(call);
    log.info("payment.webhook_applied", { ...fields, refusal: result.ok ? undefined : result.refusal.code });
  } catch (error) {
    log.warn("payment.webhook_not_applied", { ...fields, reason: describeError(error) });
  }
}
