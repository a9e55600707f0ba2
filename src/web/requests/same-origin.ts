import type { Context, MiddlewareHandler } from "hono";
import { answerProblem, crossOriginProblem } from "../problems/problem-response.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses changes that a browser sends from another site. `Sec-Fetch-Site` decides where it is present, `Origin` where
 * it is not; a request with neither does not come from a browser and carries no stolen cookie.
 */
export const requireSameOrigin = (): MiddlewareHandler =>
  async function refuseForeignWrites(c, next) {
    if (!SAFE_METHODS.has(c.req.method) && !isOwnWrite(c)) return answerProblem(c, crossOriginProblem());
    return next();
  };

function isOwnWrite(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  return origin === undefined || origin === new URL(c.req.url).origin;
}
