import type { IndexSource } from "#browse";
import { CatalogIndexObject as ShopIndexObject } from "../../workers/storefront/catalog-index-object.ts";

/** The index object over the test's database, which a test can take away. */
export class CatalogIndexObject extends ShopIndexObject {
  isDatabaseDown = false;
  /** Round trips to the database. */
  reads = 0;

  protected override source(): IndexSource {
    const source = super.source();
    const guarded =
      <Args extends unknown[], T>(read: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        if (this.isDatabaseDown) throw new Error("D1_ERROR: down");
        this.reads += 1;
        return read(...args);
      };
    return { page: guarded(source.page), follow: guarded(source.follow) };
  }
}
