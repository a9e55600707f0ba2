import type { Context, MiddlewareHandler } from "hono";
import { SLOW_FAULT_MS } from "../limits.ts";
import type { CallOptions, FaultMode } from "../objects/contract.ts";
import { answerJson, answerRefusal, lostAnswer } from "./answers.ts";
import { ledgerObject } from "./payment-client.ts";
import { readJson } from "./read-request.ts";
import { newApp, type SandboxApp, type SandboxBindings } from "./sandbox-app.ts";
import { faultSchema } from "./schemas.ts";

const REQUEST_FAULTS: readonly FaultMode[] = ["down", "slow", "error_after_action"];

const isDevelopment = (env: SandboxEnv): boolean => env.ENVIRONMENT === "development";

/** Spoils requests as a test has ordered, in development only. `early_webhooks` concerns writes alone. */
export const spoilRequests: MiddlewareHandler<SandboxBindings> = async function spoilRequests(c, next) {
  if (!isDevelopment(c.env)) return next();
  const modes: readonly FaultMode[] =
    c.req.method === "POST" ? [...REQUEST_FAULTS, "early_webhooks"] : REQUEST_FAULTS;
  const faults = await ledgerObject(c.env).takeFaults(modes);
  if (faults.includes("down")) return answerRefusal({ code: "down" });
  if (faults.includes("slow")) await scheduler.wait(SLOW_FAULT_MS);
  c.set("isWebhookFirst", faults.includes("early_webhooks"));
  await next();
  if (faults.includes("error_after_action")) c.res = lostAnswer();
  return undefined;
};

/** Whether this request's webhooks must arrive before its reply. */
export const callOptions = (c: Context<SandboxBindings>): CallOptions => ({
  isWebhookFirst: c.get("isWebhookFirst") ?? false,
});

/** The control API of tests: order a fault (`count: 0` ends it), end them all. */
export function faultRoutes(): SandboxApp {
  return newApp()
    .use(async (c, next) => (isDevelopment(c.env) ? next() : answerRefusal({ code: "faults_off" })))
    .post("/", async (c) => {
      const body = await readJson(c.req.raw, faultSchema);
      if (!body.ok) return answerRefusal(body.refusal);
      await ledgerObject(c.env).setFault(body.value.mode, body.value.count);
      return answerJson(body.value);
    })
    .delete("/", async (c) => {
      await ledgerObject(c.env).clearFaults();
      return answerJson({});
    });
}
