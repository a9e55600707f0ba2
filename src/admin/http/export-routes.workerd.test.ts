import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import { newTraceparent } from "#platform";
import type { WebEnv } from "#web";
import { createExportDesk } from "../../channels/adapters/export-desk.ts";
import { listMarkets } from "../../pricing/adapters/market-rows.ts";
import { fillCatalogue } from "../../../test/support/every-route.ts";
import type { AdminPorts } from "../app/ports.ts";
import { createExportPages } from "./export-routes.tsx";

const desk = createExportDesk({
  db: env.DB,
  files: env.FILES,
  exports: env.EXPORTS,
  origin: "https://shop.example",
  markets: () => listMarkets(env.DB),
  nowMs: Date.now,
});
const app = new Hono<WebEnv>();
app.use(async (c, next) => {
  c.set("traceparent", newTraceparent());
  await next();
});
app.route(
  "/",
  createExportPages(() => ({ exports: desk, timeZone: "Europe/Berlin" }) as AdminPorts),
);
const post = (path: string, fields: Readonly<Record<string, string>> = {}) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields) });
const text = async (path: string): Promise<string> => (await app.request(path)).text();

beforeAll(fillCatalogue);

describe("exports for staff", () => {
  it("are started once by one form, followed, and fetched when they are ready", async () => {
    const key = /name="key" value="(exp_[^"]+)"/.exec(await text("/exports"))?.[1] ?? "";
    const form = { format: "shopify-csv", market: "default", key };
    const started = await post("/exports", form);
    const path = (started.headers.get("location") ?? "").replace(/^\/admin/, "");
    expect([started.status, path.startsWith("/exports/exp_")]).toEqual([303, true]);
    expect((await post("/exports", form)).headers.get("location")).toBe(`/admin${path}`);
    expect(await text(path)).toContain("per cent written");
    await runDurableObjectAlarm(env.EXPORTS.getByName(path.split("/").at(-1) ?? ""));
    expect(await text(path)).toContain(`/admin/api${path}/file`);
    expect(await text("/exports")).toContain(`href="/admin${path}"`);
  });

  it("can be cancelled while they are written", async () => {
    const started = await post("/exports", { format: "jsonl" });
    const path = (started.headers.get("location") ?? "").replace(/^\/admin/, "");
    expect((await post(`${path}/cancel`)).status).toBe(303);
    expect(await text(path)).toContain("Cancelled");
  });

  it("say what is wrong with a choice, and know no strangers", async () => {
    expect((await post("/exports", { format: "xml" })).status).toBe(422);
    expect(await (await post("/exports", { format: "google", market: "zz-zz" })).text()).toContain(
      'id="market-error"',
    );
    expect((await app.request("/exports/exp_00000000000000000000000000")).status).toBe(404);
    expect((await post("/exports/feeds/zz-zz")).status).toBe(404);
  });

  it("show every market's feed with its address, and make one anew", async () => {
    expect(await text("/exports")).toContain("/ch-de/feeds/google.tsv");
    const built = await post("/exports/feeds/ch-de");
    expect([built.status, built.headers.get("location")]).toEqual([303, "/admin/exports?done=building"]);
    const job = await env.EXPORTS.getByName("feed:ch-de").view();
    expect(job.ok && job.value.isFeed).toBe(true);
  });
});
