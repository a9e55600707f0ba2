import { ok, refuse, type ProductId, type CollectionId, type VariantId, type MediaId } from "#kernel";
import type { Availability, CatalogReader, CollectionView, ProductView, VariantView } from "#catalog";
import type { SearchReader } from "#search";

const BODY = "0".repeat(26);

/** A variant for tests; its stock is the word given. */
export const variantFixture = (
  number: number,
  optionValues: readonly string[],
  availability: Availability,
): VariantView => ({
  variantId: `var_${BODY.slice(2)}${String(number).padStart(2, "0")}` satisfies VariantId,
  sku: `HERON-${number}`,
  optionValues,
  title: optionValues.join(", "),
  priceMinor: 2200 + number * 400,
  weightGrams: 300,
  taxClass: "standard",
  requiresShipping: true,
  availability,
});

/** A print in two sizes and three frames; A3 without a frame is sold out. */
export function productFixture(change: Partial<ProductView> = {}): ProductView {
  const sizes = ["A4", "A3"];
  const frames = ["None", "Oak", "Black"];
  const variants = sizes.flatMap((size, row) =>
    frames.map((frame, column) =>
      variantFixture(
        row * 3 + column + 1,
        [size, frame],
        size === "A3" && frame === "None" ? "sold_out" : "in_stock",
      ),
    ),
  );
  return {
    productId: `prd_${BODY}` satisfies ProductId,
    handle: "heron",
    title: "Heron, print on cotton paper",
    vendor: "Kerbside Editions",
    currency: "EUR",
    priceMinMinor: 2600,
    priceMaxMinor: 4600,
    availability: "in_stock",
    picture: {
      mediaId: `med_${BODY}` satisfies MediaId,
      url: "/media/heron.svg",
      alt: "A heron in quarter circles",
      width: 800,
      height: 1000,
    },
    variantCount: variants.length,
    status: "active",
    isListed: true,
    publication: { channels: ["web"] },
    typedAttributes: [],
    ownAttributes: [],
    relations: [],
    bundles: [],
    descriptionHtml: "<p>Quarter circles &amp; two inks.</p>",
    productType: "Print",
    tags: [],
    options: [
      { name: "Size", values: sizes },
      { name: "Frame", values: frames },
    ],
    variants,
    pictures: [
      {
        mediaId: `med_${BODY}` satisfies MediaId,
        url: "/media/heron.svg",
        alt: "A heron in quarter circles",
        width: 800,
        height: 1000,
      },
    ],
    attributes: [{ name: "Rule", value: "12" }],
    collections: [{ handle: "prints", title: "Prints" }],
    version: 1,
    updatedAtMs: 1_790_000_000_000,
    ...change,
  };
}

/** A collection for tests. */
export const collectionFixture = (handle: string, productCount: number): CollectionView => ({
  collectionId: `col_${BODY}` satisfies CollectionId,
  handle,
  title: handle.charAt(0).toUpperCase() + handle.slice(1),
  descriptionHtml: "<p>All of them.</p>",
  productCount,
  updatedAtMs: 1_790_000_000_000,
});

type Slice = { readonly items: readonly ProductView[]; readonly nextCursor?: string };
const invalidCursor = refuse({ code: "invalid_cursor" } as const);

/** Cursors of the fake are the position to go on from; anything else is not one of its own. */
function slice(items: readonly ProductView[], limit: number, cursor?: string): Slice | undefined {
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(start)) return undefined;
  return {
    items: items.slice(start, start + limit),
    ...(start + limit < items.length ? { nextCursor: String(start + limit) } : {}),
  };
}

/** A search in memory over titles and SKUs; what it does not find it takes for a mistyped heron. */
export function fakeSearch(products: readonly ProductView[]): SearchReader {
  const active = products.filter((product) => product.status === "active");
  const find = (query: string): readonly ProductView[] =>
    active.filter(({ title, variants }) =>
      [title, ...variants.map(({ sku }) => sku)].join(" ").toLowerCase().includes(query.toLowerCase()),
    );
  return {
    popular: async () => ({ phrases: ["blue print"], products: active.slice(0, 4) }),
    suggestions: async (query) => ({ query, phrases: [], products: find(query).slice(0, 3) }),
    search: async ({ query, limit, cursor, hasNumbers }) => {
      const found = find(query);
      const isCorrected = found.length === 0 && query !== "nothing";
      const hits = isCorrected ? find("heron") : found;
      const page = slice(hits, limit, cursor);
      if (!page) return refuse({ code: "invalid_cursor" });
      const exact = active.find(({ variants }) => variants.some(({ sku }) => sku === query.toUpperCase()));
      return ok({
        ...page,
        query,
        count: hits.length,
        isCountExact: true,
        // As the index of the fixture numbers them.
        ...(hasNumbers ? { numbers: hits.map((hit) => active.indexOf(hit) + 1) } : {}),
        ...(isCorrected ? { correction: "heron" } : {}),
        ...(exact ? { exactHandle: exact.handle } : {}),
      });
    },
  };
}

/** A catalogue in memory that obeys the reader's contract as far as pages need it. `old-heron` has moved to `heron`. */
export function fakeReader(
  products: readonly ProductView[],
  collections: readonly CollectionView[],
): CatalogReader {
  const collectionOf = (handle: string) => collections.find((collection) => collection.handle === handle);
  const active = products.filter((product) => product.status === "active");
  return {
    product: async (handle) => {
      if (handle === "old-heron") return refuse({ code: "product_moved", handle, movedTo: "heron" });
      const product = products.find((one) => one.handle === handle);
      return product ? ok(product) : refuse({ code: "product_unknown", handle });
    },
    products: async ({ collection, cursor, limit }) => {
      if (collection !== undefined && !collectionOf(collection))
        return refuse({ code: "collection_unknown", handle: collection });
      const page = slice(active, limit, cursor);
      return page ? ok(page) : invalidCursor;
    },
    collection: async (handle) => {
      const collection = collectionOf(handle);
      return collection ? ok(collection) : refuse({ code: "collection_unknown", handle });
    },
    collectionPage: async ({ collection: handle, cursor, limit }) => {
      const collection = collectionOf(handle);
      if (!collection) return refuse({ code: "collection_unknown", handle });
      const page = slice(collection.productCount === 0 ? [] : active, limit, cursor);
      return page ? ok({ collection, page }) : invalidCursor;
    },
    collections: async () => ok({ items: collections }),
    sellable: async () => [],
    sitemapSlices: async () => 1,
    sitemap: async (part) =>
      part === "collections"
        ? collections.map(({ handle, updatedAtMs }) => ({ kind: "collection" as const, handle, updatedAtMs }))
        : active.map(({ handle, updatedAtMs }) => ({ kind: "product" as const, handle, updatedAtMs })),
  };
}
