import type { Context, MiddlewareHandler } from "hono";
import { answerProblem, isApiPath, placeOfTrouble, tooManyRequestsPage, tooManyRequestsProblem } from "#web";
import { envOf } from "./compose.ts";

/** Seconds after which a limited client may try again: the length of the platform's counting period. */
const RETRY_AFTER_SECONDS = 60;
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** This machine itself: the operator, tests and benchmarks. At the edge no client has such an address. */
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** The client's address as the edge saw it; `undefined` where no edge stands in front. */
function limitedAddress(c: Context): string | undefined {
  const address = c.req.header("cf-connecting-ip");
  return address === undefined || LOOPBACK.test(address) ? undefined : address;
}

/** Limits writes per client, and placing orders more tightly. The counts are per data centre: against abuse, not exact. */
export const limitWrites = (): MiddlewareHandler =>
  async function refuseTooManyWrites(c, next) {
    // A provider sends all its webhooks from few addresses; each is guarded by its signature instead.
    const isExempt = SAFE_METHODS.has(c.req.method) || c.req.path.startsWith("/webhooks/");
    const address = isExempt ? undefined : limitedAddress(c);
    if (address !== undefined) {
      const env = envOf(c);
      const { success } = await limitOf(env, c.req.path).limit({ key: address });
      if (!success)
        return isApiPath(c.req.path)
          ? answerProblem(c, tooManyRequestsProblem(RETRY_AFTER_SECONDS))
          : tooManyRequestsPage(placeOfTrouble(c), RETRY_AFTER_SECONDS);
    }
    return next();
  };

/** Entering codes and order numbers is limited most tightly, right and wrong ones alike: an answer must not tell a guesser to go on. */
function limitOf(env: StorefrontEnv, path: string): RateLimit {
  if (path.endsWith("/codes") || path === "/find-order") return env.LIMIT_CODES;
  return path.endsWith("/place") ? env.LIMIT_PLACE : env.LIMIT_WRITES;
}

/** Headers that only our own parts may set: an outsider's are dropped before anything reads them. */
const INTERNAL_HEADERS = ["x-order-key"];

/** The request as the back office gets it. */
export function forwarded(c: Context): Request {
  const headers = new Headers(c.req.raw.headers);
  for (const name of INTERNAL_HEADERS) headers.delete(name);
  const traceparent: unknown = c.get("traceparent");
  if (typeof traceparent === "string") headers.set("traceparent", traceparent);
  return new Request(c.req.raw, { headers });
}
