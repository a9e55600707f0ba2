/** Addresses that are measured at every size: they are of the smallest catalogue, which is the beginning of all others. */
export type SizeGoods = {
  readonly products: readonly string[];
  readonly collection: string;
  readonly faceted: readonly string[];
  readonly searches: readonly string[];
};

type Json = Readonly<Record<string, unknown>>;
type Facet = {
  readonly key: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
};

/** As many different addresses of each kind as make an average and not an exception. */
const VARIETY = 100;
const FACET_VALUES = 6;
const INDEX_TRIES = 600;
const INDEX_WAIT_MS = 500;

/** Reads what the cases need from the shop with the fewest products. */
export async function readSizeGoods(url: string): Promise<SizeGoods> {
  const { items } = await read(`${url}/api/products?limit=${VARIETY}&sort=newest`);
  const cards = items as readonly { readonly handle: string; readonly title: string }[];
  const { items: collections } = await read(`${url}/api/collections?limit=100`);
  const [largest] = [...(collections as readonly { handle: string; productCount: number }[])].sort(
    (a, b) => b.productCount - a.productCount,
  );
  if (!largest || cards.length === 0) throw new Error("The shop has no products or no collections.");
  return {
    products: cards.map(({ handle }) => `/products/${handle}`),
    collection: `/collections/${largest.handle}`,
    faceted: facetedAddresses(largest.handle, await facetsOf(url, largest.handle)),
    searches: wordsOf(cards.map(({ title }) => title)).map((word) => `/search?q=${encodeURIComponent(word)}`),
  };
}

/** Waits until the shop's index has read its catalogue; facets are shown from then on. */
export async function facetsOf(url: string, collection: string): Promise<readonly Facet[]> {
  for (let tries = 0; tries < INDEX_TRIES; tries += 1) {
    const listing = await read(`${url}/api/collections/${collection}/products?limit=1`);
    if (listing["hasFacets"] === true) return listing["facets"] as readonly Facet[];
    await new Promise((settle) => setTimeout(settle, INDEX_WAIT_MS));
  }
  throw new Error("The index of the shop does not get ready.");
}

/** Two facets at once, in every pair of their most frequent values. */
function facetedAddresses(collection: string, facets: readonly Facet[]): readonly string[] {
  const [first, second] = facets.filter(({ values }) => values.length > 1);
  if (!first || !second) throw new Error("The collection has no two facets.");
  const parts = ({ key, values }: Facet): readonly string[] =>
    values.slice(0, FACET_VALUES).map(({ value }) => `filter.${key}=${encodeURIComponent(value)}`);
  return parts(first).flatMap((one) =>
    parts(second).map((other) => `/api/collections/${collection}/products?limit=24&${one}&${other}`),
  );
}

const wordsOf = (titles: readonly string[]): readonly string[] => [
  ...new Set(
    titles.flatMap((title) => title.toLowerCase().split(/[^a-z]+/)).filter((word) => word.length > 3),
  ),
];

async function read(url: string): Promise<Json> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${(await response.text()).slice(0, 200)}`);
  return (await response.json()) as Json;
}
