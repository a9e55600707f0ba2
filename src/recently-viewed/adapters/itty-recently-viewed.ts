import { proxyDurable } from "itty-durable/proxy-durable.js";
import { isId } from "#kernel";
import { createLogger, describeError, inTime, sha256Hex } from "#platform";
import type { RecentlyViewed, RecentlyViewedCalls } from "../contract.ts";
import { PATIENCE_MS } from "../limits.ts";

/** The object's class, handed in by the Worker that hosts it: the client reads from it which methods there are. */
type ObjectClass = new () => RecentlyViewedCalls;

/** Characters of the digest in a name; 64 would be taken for an object's own id. */
const NAME_DIGITS = 40;

/**
 * The memory in objects of itty-durable, one per visitor. Whatever goes wrong there ends here: the list is empty then.
 * Of the visitor's request nothing travels on, no header and no cookie; the object's name is a digest of the visitor's id.
 */
export function createRecentlyViewed(
  namespace: DurableObjectNamespace,
  objectClass: ObjectClass,
): RecentlyViewed {
  const objects = proxyDurable(namespace, { parse: true, class: objectClass });
  const log = createLogger("recently-viewed");
  const ask = async <T>(visitor: string, call: (object: RecentlyViewedCalls) => Promise<T>) => {
    try {
      const name = `visitor-${(await sha256Hex(visitor)).slice(0, NAME_DIGITS)}`;
      // Never awaited itself: awaiting the client's stub would look for a `then` in the object.
      return await inTime(call(objects.get(name) as RecentlyViewedCalls), PATIENCE_MS);
    } catch (error) {
      log.warn("memory.silent", { reason: describeError(error) });
      return undefined;
    }
  };
  return {
    async list(visitor) {
      const ids: unknown = await ask(visitor, (object) => object.seen());
      return Array.isArray(ids) ? ids.filter((id) => isId("prd", id)) : [];
    },
    async note(visitor, productId) {
      await ask(visitor, (object) => object.note(productId));
    },
    async forget(visitor) {
      await ask(visitor, (object) => object.forget());
    },
  };
}
