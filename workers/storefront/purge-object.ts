import { CATALOGUE_TAG } from "#catalog";
import type { PurgeTarget } from "#edge-cache";
import { PurgeShell } from "../../durable-objects/purge/purge-object.ts";

/** The purge object with its surroundings: the catalogue's entrypoint, which alone can purge its own cache. */
export class PurgeObject extends PurgeShell<object> {
  protected override everything(): string {
    return CATALOGUE_TAG;
  }

  protected override async purge(tags: readonly string[]): Promise<void> {
    // Named after the class in main.ts; the type of the exports does not know which Worker this is.
    await (this.ctx.exports as unknown as { readonly Catalogue: PurgeTarget }).Catalogue.purgeTags(tags);
  }
}
