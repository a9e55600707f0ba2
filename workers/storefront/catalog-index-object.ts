import type { IndexSource } from "#browse";
import type { IndexedProduct } from "#catalog";
import {
  prepareIndexChanges,
  prepareIndexPage,
  readIndexChanges,
  readIndexPage,
} from "../../src/catalog/adapters/index-rows.ts";
import { CHANGE_FEED_SQL } from "../../src/catalog/adapters/change-feed.ts";
import { FACETS_SQL, readFacets } from "../../src/browse/adapters/facet-table.ts";
import { marketOfIndex } from "../../src/browse/adapters/index-client.ts";
import { AUDIT_PAGE_ROWS } from "../../src/browse/domain/limits.ts";
import { indexPricesRead, pricedInMarket } from "../../src/pricing/adapters/index-prices.ts";
import { marketRead } from "../../src/pricing/adapters/market-rows.ts";
import { CatalogIndexShell } from "../../durable-objects/catalog-index/catalog-index-object.ts";
import { SHOP_CURRENCY } from "../shared/shop-currency.ts";

type Env = Pick<StorefrontEnv, "DB">;

/** An index object over the shop's database, at the prices of the market in its name. */
export class CatalogIndexObject extends CatalogIndexShell<Env> {
  protected override source(): IndexSource {
    return indexSource(this.env.DB, marketOfIndex(this.ctx.id.name));
  }
}

/** Reads of the catalogue, of a market's prices and of the facets, together where they must be of one moment. */
export function indexSource(db: D1Database, marketId?: string): IndexSource {
  const { width, pageOf, changesOf, inMarket } = productReads(db, marketId);
  const readPage = (answers: readonly D1Result[], limit: number) => {
    const page = readIndexPage(answers[0]?.results ?? [], limit);
    return { ...page, products: page.products.map(inMarket(answers)) };
  };
  return {
    page: async (after, limit) => readPage(await db.batch([...pageOf(after, limit)]), limit),
    follow: async ({ after, limit, compareAfter }) => {
      const answers = await db.batch([
        ...changesOf(after, limit),
        db.prepare(CHANGE_FEED_SQL.latest),
        db.prepare(FACETS_SQL),
        ...(compareAfter === undefined ? [] : pageOf(compareAfter, AUDIT_PAGE_ROWS)),
      ]);
      const changes = answers.slice(0, width);
      const [latest, facets, ...page] = answers.slice(width);
      const priced = inMarket(changes);
      const [row] = (latest?.results ?? []) as { readonly sequence: number }[];
      return {
        changes: readIndexChanges(changes[0]?.results ?? []).map((change) => ({
          ...change,
          product: change.product && priced(change.product),
        })),
        latest: row?.sequence ?? 0,
        definitions: readFacets(facets?.results ?? []),
        ...(page.length === 0 ? {} : { page: readPage(page, AUDIT_PAGE_ROWS) }),
      };
    },
  };
}

/** Statements that read products, followed by the market and its prices of them where that is not the default one. */
function productReads(db: D1Database, marketId: string | undefined) {
  const market = marketId === undefined ? undefined : marketRead(db, marketId);
  const prices = (of: "page" | "changes", after: number, limit: number) =>
    market && marketId !== undefined
      ? [market.statement, indexPricesRead(db, of, { after, limit, marketId })]
      : [];
  return {
    width: market ? 3 : 1,
    pageOf: (after: number, limit: number) => [
      prepareIndexPage(db, after, limit),
      ...prices("page", after, limit),
    ],
    changesOf: (after: number, limit: number) => [
      prepareIndexChanges(db, after, limit),
      ...prices("changes", after, limit),
    ],
    inMarket: ([, found, amounts]: readonly D1Result[]): ((product: IndexedProduct) => IndexedProduct) =>
      market && found
        ? pricedInMarket(amounts?.results ?? [], market.parse(found.results), SHOP_CURRENCY)
        : (product) => product,
  };
}
