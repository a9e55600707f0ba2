import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { refuse } from "#kernel";
import type { OrderRpc } from "#orders";
import type { CallContext } from "#platform";
import { verifySandboxWebhook } from "../adapters/sandbox-webhook.ts";
import type { InboxMessage } from "../contract.ts";
import { createPaymentWebhooks } from "./webhook-routes.ts";

const secret = "whsec_dGVzdC13ZWJob29rLXNlY3JldC0wMTIzNDU2Nzg5";
const orderId = "ord_01hv0000000000000000000000";
const bodyFor = (reference: string) =>
  JSON.stringify({
    type: "payment.authorised",
    data: { payment: { key: `${reference}:authorise:1`, reference } },
  });

/** An inbox that takes everything as new, unless told that it cannot be reached. */
const inbox = {
  isReachable: true,
  received: [] as string[],
  getByName: () => ({
    receive(message: InboxMessage, call: CallContext) {
      if (!inbox.isReachable) return Promise.reject(new Error("unreachable"));
      inbox.received.push(`${message.orderId} ${message.type} ${call.actor}`);
      return Promise.resolve("claimed" as const);
    },
  }),
};

function shop(settle: OrderRpc["settle"] = () => Promise.resolve(refuse({ code: "order_unknown" }))) {
  const settled: string[] = [];
  const app = createPaymentWebhooks({
    verifierOf: (_, provider) =>
      provider !== "sandbox"
        ? undefined
        : (body, headers, now) => verifySandboxWebhook({ body, headers, secret, now }),
    inbox: () => inbox,
    orders: () => ({
      getByName: (name) => ({
        settle(call: CallContext) {
          settled.push(`${name} ${call.actor}`);
          return settle(call);
        },
      }),
    }),
  });
  async function receive(
    body: string,
    headers: Record<string, string> = {},
    provider = "sandbox",
  ): Promise<Response> {
    const at = new Date();
    const request = new Request(`http://shop.test/webhooks/payments/${provider}`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign("msg_1", at, body),
        ...headers,
      },
    });
    const context = createExecutionContext();
    const response = await app.fetch(request, {}, context);
    void waitOnExecutionContext(context);
    return response;
  }
  return { receive, settled };
}

describe("POST /webhooks/payments/sandbox", () => {
  test("writes the message down, and leaves the order to the inbox", async () => {
    inbox.received = [];
    const { receive, settled } = shop();
    expect((await receive(bodyFor(orderId))).status).toBe(200);
    expect(inbox.received).toEqual([`${orderId} payment.authorised system:payment-webhook`]);
    expect(settled).toEqual([]);
  });

  test("answers 200 and does nothing about something that is no order", async () => {
    const { receive, settled } = shop();
    expect([(await receive(bodyFor("subscription-7"))).status, settled]).toEqual([200, []]);
  });

  test.each<[string, string, Record<string, string>, number]>([
    ["a forged signature", bodyFor(orderId), { "webhook-signature": "v1,AAAA" }, 400],
    ["no signature", bodyFor(orderId), { "webhook-signature": "" }, 400],
    ["an old message", bodyFor(orderId), { "webhook-timestamp": "1000000000" }, 400],
    ["a body of 21 KB", `"${"x".repeat(21 * 1024)}"`, {}, 413],
  ])("refuses %s with a problem document and no effect", async (_, body, headers, status) => {
    inbox.received = [];
    const { receive, settled } = shop();
    const response = await receive(body, headers);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json",
    ]);
    expect([...settled, ...inbox.received]).toEqual([]);
  });

  test("without the inbox settles the order first, and asks for another delivery when that fails too", async () => {
    inbox.isReachable = false;
    try {
      const { receive, settled } = shop();
      expect((await receive(bodyFor(orderId))).status).toBe(200);
      expect(settled).toEqual([`${orderId} system:payment-webhook`]);
      const broken = shop(() => Promise.reject(new Error("unreachable")));
      const answer = await broken.receive(bodyFor(orderId));
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
    } finally {
      inbox.isReachable = true;
    }
  });

  test("knows no provider that this shop does not use", async () => {
    const answer = await shop().receive(bodyFor(orderId), {}, "stripe");
    expect(answer.status).toBe(404);
  });
});
