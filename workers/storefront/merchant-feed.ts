import { findFeed } from "../../src/channels/adapters/feed-table.ts";
import { streamPieces } from "../../src/channels/adapters/stored-stream.ts";
import { chunkKeys } from "../../src/channels/app/stored-files.ts";
import type { FeedOptions } from "../../src/channels/http/feed-routes.ts";
import { prefixOf } from "#pricing";
import type { MarketVariables } from "#storefront";
import { envOf, publicDb } from "./compose.ts";
import type { StorefrontHono } from "./storefront-env.ts";

/** The feed of the market and language that the path names, as its last whole build left it. */
export const merchantFeed: FeedOptions<StorefrontHono> = {
  async find(c) {
    // The market door puts it on every request of these rooms.
    const view = (c as unknown as { get(name: "marketView"): MarketVariables["marketView"] }).get(
      "marketView",
    );
    return findFeed(publicDb(c), view ? prefixOf(view) : "");
  },
  read: (c, { prefix, generation, chunks }) =>
    streamPieces(envOf(c).MEDIA, chunkKeys({ jobId: "", isFeed: true, prefix, generation }, chunks)),
};
