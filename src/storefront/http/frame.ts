import type { Context, Env } from "hono";
import type { CatalogReader, CollectionView } from "#catalog";
import type { ContentReader, TextPageLink } from "#content";
import { DEFAULT_CHROME, speechOf, type NavLink, type ShopChrome, type ShopPlace } from "#web";
import { MAX_FOOTER_TEXTS, NAVIGATION_COLLECTIONS, NAVIGATION_TTL_MS } from "../limits.ts";

export type FrameOptions<E extends Env> = {
  readonly reader: (c: Context<E>) => CatalogReader;
  readonly shopOrigin: (c: Context<E>) => string;
  /** ISO 3166-1 alpha-2: where the shop is at home. */
  readonly shopCountry?: string;
  /** What staff have written: the footer leads to its pages. */
  readonly content?: (c: Context<E>) => ContentReader;
};

/** Of the demo shop. */
const DEFAULT_COUNTRY = "DE";

/** What every catalogue page needs beside its own data. */
export type Frame = {
  readonly reader: CatalogReader;
  readonly origin: string;
  /** ISO 3166-1 alpha-2: where the shop is at home. */
  readonly country: string;
  readonly chrome: ShopChrome;
  readonly collections: readonly CollectionView[];
};

/** Header and footer for a shop with these collections. */
export const chromeFor = (collections: readonly CollectionView[]): ShopChrome =>
  collections.length === 0
    ? DEFAULT_CHROME
    : {
        ...DEFAULT_CHROME,
        navigation: collections.slice(0, NAVIGATION_COLLECTIONS).map((collection) => ({
          href: `/collections/${encodeURIComponent(collection.handle)}`,
          label: collection.title,
        })),
      };

type Known = {
  readonly collections: readonly CollectionView[];
  readonly texts: readonly TextPageLink[];
  readonly atMs: number;
};

/**
 * Loads the frame of a page. The collections are read once in a while per isolate, not once per page; when they cannot
 * be read, the last known ones stand in, so that a page about something else does not fail.
 */
export function createFrame<E extends Env>(options: FrameOptions<E>): (c: Context<E>) => Promise<Frame> {
  // By the place that a page is read in: there are as many as the merchant's markets have languages.
  const known = new Map<string, Known>();
  return async function loadFrame(c) {
    const reader = options.reader(c);
    const place = prefixOfPlace(c);
    const now = Date.now();
    const last = known.get(place);
    // What a form sends is mostly answered by a redirect, and an order that is placed waits for no footer.
    const isOld = isReading(c) && last !== undefined && now - last.atMs > NAVIGATION_TTL_MS;
    if (!last || isOld) {
      const [read, texts] = await Promise.all([readCollections(reader), readTexts(options, c)]);
      if (read) known.set(place, { collections: read, texts: texts ?? last?.texts ?? [], atMs: now });
    }
    const { collections = [], texts = [] } = known.get(place) ?? {};
    return {
      reader,
      origin: (options.shopOrigin(c) || new URL(c.req.url).origin) + place,
      country: options.shopCountry ?? DEFAULT_COUNTRY,
      chrome: { ...chromeFor(collections), texts: linksTo(texts) },
      collections,
    };
  };
}

const isReading = (c: Context): boolean => c.req.method === "GET" || c.req.method === "HEAD";

/** Addresses that a page says of itself lead to the market that it is read in. */
const prefixOfPlace = (c: Context): string => (c.get("place") as ShopPlace | undefined)?.prefix ?? "";

/** The shop's own pages stand in the footer anyway. */
const linksTo = (texts: readonly TextPageLink[]): readonly NavLink[] =>
  texts
    .filter(({ handle }) => handle !== "about" && handle !== "delivery-returns")
    .slice(0, MAX_FOOTER_TEXTS)
    .map(({ handle, title }) => ({ href: `/pages/${encodeURIComponent(handle)}`, label: title }));

async function readTexts<E extends Env>(
  { content }: FrameOptions<E>,
  c: Context<E>,
): Promise<readonly TextPageLink[] | undefined> {
  try {
    return await content?.(c).pages(speechOf(c).locale);
  } catch {
    // The last known ones stand in.
    return undefined;
  }
}

async function readCollections(reader: CatalogReader): Promise<readonly CollectionView[] | undefined> {
  try {
    const page = await reader.collections({ limit: NAVIGATION_COLLECTIONS + 3 });
    return page.ok ? page.value.items : undefined;
  } catch {
    return undefined;
  }
}
