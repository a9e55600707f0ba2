import { keepFeeds } from "#channels";
import { followChanges } from "#edge-cache";
import { newTraceparent } from "#platform";
import { keepMeaning } from "#semantics";
import { keepCatalog } from "../../src/catalog/adapters/keep-catalog.ts";
import { reindexStatements } from "../../src/catalog/adapters/search-index.ts";
import { projectPopularity } from "../../src/catalog/adapters/popularity-projection.ts";
import { keepSearch } from "../../src/search/adapters/keep-search.ts";
import { startAndEndLists } from "../../src/pricing/adapters/price-desk-write.ts";
import { prunePriceHistory } from "../../src/pricing/adapters/price-history-prune.ts";
import { resolveQueued } from "../../src/pricing/adapters/price-resolver.ts";
import { SHOP_CURRENCY } from "../shared/shop-currency.ts";
import { compose } from "./compose.ts";
import { dispatch, sweep } from "./dispatch.ts";
import { changeFollower, consumePurges } from "./purge-consumer.ts";
import { PURGE_QUEUE_NAME } from "./queues.ts";
import { spreadLocations } from "./spread-locations.ts";
import { keepMeaningPorts } from "../shared/semantics.ts";
import { reconciliationPorts } from "../shared/reconciliation-ports.ts";
import { reconcile } from "./reconciliation.ts";
import { feedDesk } from "./feed-desk.ts";

export { ParcelObject } from "../../durable-objects/parcel/parcel-object.ts";
export { TrainingObject } from "./training-object.ts";

/** The run that only keeps prices and catalogue to their dates and rules; the other one, every five minutes, does it too. */
const EVERY_MINUTE = "* * * * *";

const NOT_FOUND = {
  type: "/problems/web/not-found",
  title: "Nothing here",
  status: 404,
  detail: "This Worker answers no requests; it reads queues.",
};

/** Starts and ends price lists by the clock, and works out what is queued; a run that is cut off goes on in the next. */
async function keepPrices(db: D1Database): Promise<void> {
  await startAndEndLists(db, Date.now());
  await resolveQueued({ db, shopCurrency: SHOP_CURRENCY, now: Date.now });
  await prunePriceHistory(db, Date.now());
}

export default {
  fetch: () =>
    Response.json(NOT_FOUND, { status: 404, headers: { "content-type": "application/problem+json" } }),
  queue: (batch, env) =>
    batch.queue === PURGE_QUEUE_NAME
      ? consumePurges(batch, changeFollower(env))
      : dispatch(batch, compose(env)),
  scheduled: async (controller, env) => {
    // What follows from the clock: prices first, because a sale that starts may put a product into a collection.
    const kept = keepPrices(env.DB)
      .finally(() => keepCatalog(env.DB, Date.now()))
      // What that has changed, and what a lost message was about, stands in the feed.
      .finally(() => followChanges(changeFollower(env), []));
    // Jobs that share nothing: one that fails does not hold back the others.
    const meant = keepMeaning(keepMeaningPorts(env));
    if (controller.cron === EVERY_MINUTE) {
      await Promise.allSettled([kept, meant]);
      return;
    }
    await Promise.allSettled([
      kept,
      meant,
      sweep(compose(env)),
      spreadLocations(env),
      keepFeeds(feedDesk(env), { traceparent: newTraceparent(), actor: "system:feeds" }),
      keepSearch(env.DB, {
        nowMs: Date.now(),
        reindex: (numbers) => reindexStatements(env.DB, numbers),
        project: (rows) => projectPopularity(env.DB, rows),
      }),
      reconcile(reconciliationPorts(env)),
    ]);
  },
} satisfies ExportedHandler<FulfilmentEnv>;
