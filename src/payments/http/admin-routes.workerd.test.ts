import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { epochMs, mintId } from "#kernel";
import { inboxShard, type WebhookInboxRpc } from "#payments";
import { newTraceparent, objectNamespace } from "#platform";
import type { WebEnv } from "#web";
import { createPaymentAdminApi } from "./admin-routes.ts";

const CALL = { traceparent: newTraceparent(), actor: "test" };
const inbox = objectNamespace<WebhookInboxRpc>(env.WEBHOOK_INBOX);
const app = new Hono<WebEnv>()
  .use("*", async (c, next) => {
    c.set("traceparent", newTraceparent());
    await next();
  })
  .route("/", createPaymentAdminApi({ inbox: () => inbox }));

async function receive(eventId: string): Promise<void> {
  const orderId = mintId("ord", epochMs(Date.now()));
  const message = { provider: "stripe", eventId, type: "payment_intent.succeeded", orderId };
  await inbox.getByName(inboxShard(orderId)).receive(message, CALL);
}

describe("payment webhooks in the admin API", () => {
  test("are listed newest first over all inbox objects, page by page", async () => {
    for (let number = 0; number < 6; number += 1) {
      await receive(`evt_page_${number}`);
      await scheduler.wait(2);
    }
    const first = await (
      await app.request("/payment-webhooks?limit=4")
    ).json<{
      items: { eventId: string }[];
      nextCursor: string;
    }>();
    expect(first.items.map(({ eventId }) => eventId)).toEqual([5, 4, 3, 2].map((n) => `evt_page_${n}`));
    const rest = await app.request(`/payment-webhooks?limit=4&cursor=${first.nextCursor}`);
    expect(await rest.json()).toMatchObject({
      items: [{ eventId: "evt_page_1" }, { eventId: "evt_page_0" }],
    });
  });

  test("are worked off once more on demand", async () => {
    await receive("evt_again");
    const answer = await app.request("/payment-webhooks/stripe/evt_again/replay", { method: "POST" });
    expect([answer.status, await answer.json()]).toMatchObject([200, { state: "processed", attempts: 2 }]);
    const unknown = await app.request("/payment-webhooks/stripe/evt_never/replay", { method: "POST" });
    expect(unknown.status).toBe(404);
  });

  test("refuse a page that is none", async () => {
    expect((await app.request("/payment-webhooks?limit=1000")).status).toBe(422);
    expect((await app.request("/payment-webhooks?cursor=yesterday")).status).toBe(422);
  });
});
