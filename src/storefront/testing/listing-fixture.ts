import type { ProductView } from "#catalog";
import { CatalogIndex } from "../../browse/domain/catalog-index.ts";
import type { ListingSource } from "../http/routing.ts";

/** Filtered lists over products in memory, all of them in every collection named; or an index that cannot answer. */
export function fakeListing(
  products: readonly ProductView[],
  {
    isDown = false,
    collections = ["prints"],
  }: { readonly isDown?: boolean; readonly collections?: readonly string[] } = {},
): ListingSource {
  const index = new CatalogIndex();
  const active = products.filter(({ status }) => status === "active");
  index.load(
    active.map((product, at) => ({
      number: at + 1,
      titleKey: product.title.toLowerCase(),
      publishedAtMs: product.updatedAtMs,
      featuredPosition: at + 1,
      popularity: 0,
      priceMinMinor: product.priceMinMinor,
      priceMaxMinor: product.priceMaxMinor,
      isReduced: product.compareAtMinor !== undefined,
      availabilityRank: product.availability === "sold_out" ? 4 : 0,
      isSoldOut: product.availability === "sold_out",
      vendor: product.vendor,
      productType: product.productType,
      tags: product.tags,
      options: product.options,
      attributes: product.attributes,
      collections: collections.map((handle) => ({ handle })),
    })),
  );
  index.loaded();
  return {
    currency: "EUR",
    cards: async (numbers) => numbers.flatMap((number) => active[number - 1] ?? []),
    index: {
      list: async (query) => {
        if (isDown) throw new Error("the index is down");
        return index.list(query, 1);
      },
    },
  };
}
