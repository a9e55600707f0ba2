import type { Context, Env, Hono } from "hono";
import { FILTER_PREFIX, PRICE_FROM, PRICE_TO, type Listing, type ListingPorts } from "#browse";
import type { ContentReader } from "#content";
import { CATALOGUE_TAG, EDGE_FRESH_SECONDS, type ProductView, type VariantView } from "#catalog";
import { publicCache, type DeliveryCountry, type DeliveryEstimate } from "#web";
import type { Recommender, SearchReader } from "#search";
import { KNOWN_PARAMETERS_HEADER } from "../kept-page.ts";
import type { Frame, FrameOptions } from "./frame.ts";

/** Where a product is to go. */
export type DeliveryPlace = {
  readonly product: ProductView;
  readonly variant: VariantView | undefined;
  /** ISO 3166-1 alpha-2, and as typed. */
  readonly country: string;
  readonly postcode: string;
};

/** What the shop can do about it. */
export type DeliveryWays = {
  readonly countries: readonly DeliveryCountry[];
  /** `undefined` for a country that there is not. */
  readonly countryName: string | undefined;
  /** False when it is not the country's kind of postcode. */
  readonly isPostcode: boolean;
  /** Empty when nothing goes there. */
  readonly ways: readonly (DeliveryEstimate & { readonly name: string })[];
};

export type CatalogPagesOptions<E extends Env> = FrameOptions<E> & {
  readonly listing: (c: Context<E>) => ListingSource;
  readonly search: (c: Context<E>) => SearchReader;
  /** The product page shows its collection instead when this fails. */
  readonly recommender?: (c: Context<E>) => Recommender;
  /** What delivery costs and when it arrives, for the market of the page; the page does without it when it fails. */
  readonly deliveryEstimate?: (c: Context<E>, product: ProductView) => Promise<DeliveryEstimate | undefined>;
  /** What staff have written; without it, and where they have written nothing, the shop's own words stand. */
  readonly content?: (c: Context<E>) => ContentReader;
  /** The ways that bring a product to a place; without it there is no form for it. */
  readonly deliveryWays?: (c: Context<E>, request: DeliveryPlace) => Promise<DeliveryWays>;
};

/** Where filtered lists come from; without an index they are the catalogue's own, without facets. */
export type ListingSource = Omit<ListingPorts, "catalog"> & {
  /** ISO 4217, of the prices that lists show. */
  readonly currency: string;
};

/** What the routes of the catalogue pages share. */
export type Routing<E extends Env> = {
  readonly app: Hono<E>;
  readonly options: CatalogPagesOptions<E>;
  readonly frame: (c: Context<E>) => Promise<Frame>;
  readonly notFound: (c: Context<E>) => Promise<Response>;
};

/** Marks the page as public and tells the page cache which parameters of its address mean anything. */
export function markPublic(c: Context, tags: readonly string[], parameters: readonly string[] = []): void {
  publicCache(c, { sharedSeconds: EDGE_FRESH_SECONDS, tags: [...tags, CATALOGUE_TAG] });
  c.header(KNOWN_PARAMETERS_HEADER, parameters.join(" "));
  c.header("speculation-rules", '"/speculation-rules.json"');
}

/** The parameters that filter a list, for {@link markPublic}; a facet may be named several times. */
export const filterNames = ({
  hasFacets,
  filterKeys,
}: Pick<Listing, "hasFacets" | "filterKeys">): readonly string[] => [
  PRICE_FROM,
  PRICE_TO,
  // Without the index nobody knows which filters there are: then every one makes an address of its own.
  ...(hasFacets ? filterKeys.map((key) => `${FILTER_PREFIX}${key}[]`) : [`${FILTER_PREFIX}*`]),
];
