import { Hono } from "hono";
import { epochMs, fromIso, toIso } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { WebhookListPage, type WebhookListModel } from "../pages/webhook-pages.tsx";
import { callOf, listHref, PAGE_SIZE, type PortsOf } from "./support.ts";

const NOTICES: Readonly<Record<string, WebhookListModel["notice"]>> = {
  replayed: { tone: "good", text: "Its order has asked the provider again." },
  unknown: { tone: "error", text: "There is no such message any more; messages are kept for 30 days." },
};

/** The payment webhooks that came, and working one off again. */
export function createWebhookPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/webhooks", async (c) => {
    const { webhooks, timeZone } = ports(c);
    const from = fromIso(c.req.query("before") ?? "");
    const before = from ?? epochMs(Date.now() + 1);
    const entries = await webhooks.list({ before, limit: PAGE_SIZE + 1 });
    const rows = entries.slice(0, PAGE_SIZE);
    const last = entries.length > PAGE_SIZE ? rows.at(-1) : undefined;
    const model = {
      rows,
      timeZone,
      notice: NOTICES[c.req.query("done") ?? ""],
      nextHref: last && listHref(c, { before: toIso(last.receivedAt), done: undefined }),
      firstHref: from === undefined ? undefined : listHref(c, { before: undefined, done: undefined }),
    };
    return htmlPage(c, <WebhookListPage {...model} />);
  });
  app.post("/webhooks/replay", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const { provider = "", eventId = "" } = form.value;
    const replayed = await ports(c).webhooks.replay({ provider, eventId }, callOf(c));
    return c.redirect(`/admin/webhooks?done=${replayed ? "replayed" : "unknown"}`, 303);
  });
  return app;
}
