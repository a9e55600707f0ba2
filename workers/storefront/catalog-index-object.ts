import type { IndexSource } from "#browse";
import {
  prepareIndexChanges,
  prepareIndexPage,
  readIndexChanges,
  readIndexPage,
} from "../../src/catalog/adapters/index-rows.ts";
import { CHANGE_FEED_SQL } from "../../src/catalog/adapters/change-feed.ts";
import { FACETS_SQL, readFacets } from "../../src/browse/adapters/facet-table.ts";
import { AUDIT_PAGE_ROWS } from "../../src/browse/domain/limits.ts";
import { CatalogIndexShell } from "../../durable-objects/catalog-index/catalog-index-object.ts";

type Env = Pick<StorefrontEnv, "DB">;

/** An index object over the shop's database. */
export class CatalogIndexObject extends CatalogIndexShell<Env> {
  protected override source(): IndexSource {
    return indexSource(this.env.DB);
  }
}

/** Reads of the catalogue and of the facets, together where they must be of one moment. */
export const indexSource = (db: D1Database): IndexSource => ({
  page: async (after, limit) => {
    const { results } = await prepareIndexPage(db, after, limit).all();
    return readIndexPage(results, limit);
  },
  follow: async ({ after, limit, compareAfter }) => {
    const [changes, latest, facets, page] = await db.batch([
      prepareIndexChanges(db, after, limit),
      db.prepare(CHANGE_FEED_SQL.latest),
      db.prepare(FACETS_SQL),
      ...(compareAfter === undefined ? [] : [prepareIndexPage(db, compareAfter, AUDIT_PAGE_ROWS)]),
    ]);
    const [row] = (latest?.results ?? []) as { readonly sequence: number }[];
    return {
      changes: readIndexChanges(changes?.results ?? []),
      latest: row?.sequence ?? 0,
      definitions: readFacets(facets?.results ?? []),
      ...(page ? { page: readIndexPage(page.results, AUDIT_PAGE_ROWS) } : {}),
    };
  },
});
