import type { MiddlewareHandler } from "hono";
import { epochMs, mintId } from "#kernel";
import { changeHeaders } from "../answers/change-headers.ts";
import type { WebEnv } from "../web-env.ts";

export type RequestContextOptions = {
  /** Adopts a valid inbound trace or starts a new one; the platform room has it. */
  readonly continueTrace: (header: string | undefined) => string;
};

/**
 * Names the request: `requestId` (always our own, an inbound one is never believed) and `traceparent` for objects and
 * queues; the answer carries the id as `x-request-id`.
 */
export const requestContext = ({ continueTrace }: RequestContextOptions): MiddlewareHandler<WebEnv> =>
  async function nameRequest(c, next) {
    const requestId = mintId("req", epochMs(Date.now()));
    c.set("requestId", requestId);
    c.set("traceparent", continueTrace(c.req.header("traceparent")));
    await next();
    changeHeaders(c, (headers) => headers.set("x-request-id", requestId));
  };
