import { Hono } from "hono";

export type SandboxBindings = {
  readonly Bindings: SandboxEnv;
  /** Set by the fault `early_webhooks`. */
  readonly Variables: { isWebhookFirst?: boolean };
};
export type SandboxApp = Hono<SandboxBindings>;
/** A group of routes, to be mounted. */
export const newApp = (): SandboxApp => new Hono<SandboxBindings>();
