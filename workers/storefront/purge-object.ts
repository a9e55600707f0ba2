import { CATALOGUE_TAG } from "#catalog";
import type { PurgeTarget } from "#edge-cache";
import { catalogIndex } from "../../src/browse/adapters/index-client.ts";
import { listMarkets } from "../../src/pricing/adapters/market-rows.ts";
import { PurgeShell } from "../../durable-objects/purge/purge-object.ts";

/** The purge object with its surroundings: the catalogue's entrypoint, which alone can purge its own cache. */
export class PurgeObject extends PurgeShell<Pick<StorefrontEnv, "CATALOG_INDEX" | "DB">> {
  protected override reach(position: number): Promise<void> {
    return reachIndexes(this.env, position);
  }

  protected override everything(): string {
    return CATALOGUE_TAG;
  }

  protected override async purge(tags: readonly string[]): Promise<void> {
    // Named after the class in main.ts; the type of the exports does not know which Worker this is.
    await (this.ctx.exports as unknown as { readonly Catalogue: PurgeTarget }).Catalogue.purgeTags(tags);
  }
}

/** Lets the indexes of filtered lists, of every market, take over the changes up to a place in the feed. Throws when one cannot. */
export async function reachIndexes(
  { CATALOG_INDEX, DB }: Pick<StorefrontEnv, "CATALOG_INDEX" | "DB">,
  position: number,
): Promise<void> {
  const others = (await listMarkets(DB)).filter(({ isDefault }) => !isDefault);
  const indexes = [undefined, ...others.map(({ marketId }) => marketId)];
  const reached = await Promise.all(
    indexes.map((marketId) => catalogIndex(CATALOG_INDEX, marketId).reach(position)),
  );
  if (!reached.every(Boolean)) throw new Error("An index could not follow the changes.");
}
