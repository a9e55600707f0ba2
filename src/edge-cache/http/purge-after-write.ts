import type { MiddlewareHandler } from "hono";
import { createLogger, describeError } from "#platform";
import type { PurgeMessage } from "../contract.ts";

/** Writes that no public page shows, or that come to the catalogue by the projection of stock. */
const UNSEEN =
  /^(?:sign-in|sign-out|orders|payments|payment-webhooks|webhooks|vouchers|draft-orders|drafts|mail|dead-letters|reconciliation|stock|transfers|customers)(?:\/|$)/;
/** Writes that the change feed tells of. */
const IN_THE_FEED = /^(?:products|imports)(?:\/|$)/;

/** Writes of what stands on the home page and on pages of text, and nowhere else. */
const TEXTS = /^content(?:\/|$)/;

export type WriteTags = {
  /** On every public answer. */
  readonly everything: string;
  /** On answers that show what staff have written. */
  readonly content: string;
};

/**
 * What a write of the back office makes stale: `undefined` for nothing, no tag for what the change feed knows, the whole
 * catalogue for everything else. Collections stand in every page's navigation, ways of delivery on every product page, and
 * a kind of write that nobody has thought of here costs a purge rather than a stale page.
 */
export function tagsOfWrite(path: string, { everything, content }: WriteTags): readonly string[] | undefined {
  const place = path.replace(/^\/admin\/(?:api\/)?/, "");
  if (UNSEEN.test(place)) return undefined;
  if (IN_THE_FEED.test(place)) return [];
  return [TEXTS.test(place) ? content : everything];
}

export type PurgeAfterWriteOptions = WriteTags & {
  readonly queue: (c: Parameters<MiddlewareHandler>[0]) => { send(message: PurgeMessage): Promise<unknown> };
};

/**
 * Tells the purge queue after each write that has gone through. A message that is lost costs seconds of staleness, no
 * write: the feed keeps what it was about, the cron reads it, and each answer's lifetime bounds the rest.
 */
export const purgeAfterWrite = ({ queue, ...written }: PurgeAfterWriteOptions): MiddlewareHandler =>
  async function tellPurgeQueue(c, next) {
    await next();
    if (["GET", "HEAD", "OPTIONS"].includes(c.req.method) || c.res.status >= 400) return;
    const tags = tagsOfWrite(c.req.path, written);
    if (!tags) return;
    const sent = queue(c)
      .send({ tags: [...tags] })
      .catch((error: unknown) =>
        createLogger("admin").warn("purge.not_asked", { reason: describeError(error) }),
      );
    c.executionCtx.waitUntil(sent);
  };
