/** Bounds of exports and feeds. */

/** Bytes after which a piece of a file is stored: small enough for a Worker's memory, large enough that a file has few. */
export const CHUNK_BYTES = 4 * 1024 * 1024;
/** Pieces of one file: 4 GB, far above a catalogue of 100,000 products. */
export const MAX_CHUNKS = 1_000;
/** Milliseconds after which a slice stores what it has and hands over to the next alarm. */
export const SLICE_MS = 5_000;
/** Tries of one slice before the job is given up as failed; waits double, so this is about eight minutes of trouble. */
export const MAX_SLICE_ATTEMPTS = 8;
/** Milliseconds that the file of an export is kept: a week. */
export const EXPORT_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;
/** Exports in one page of the list. */
export const MAX_EXPORT_PAGE = 100;

/** Milliseconds between two builds of a feed, however often the catalogue changes. */
export const FEED_PAUSE_MS = 4 * 60 * 1_000;
/** Milliseconds after which a feed is made anew though no change was noticed: units of a variant change without a trace in the feed of changes. */
export const FEED_MAX_AGE_MS = 6 * 60 * 60 * 1_000;
/** Feeds of one shop: markets times their languages. */
export const MAX_FEEDS = 500;

/** Characters and numbers of Google's product data specification. */
export const GOOGLE = {
  id: 50,
  title: 150,
  description: 5_000,
  brand: 70,
  mpn: 70,
  groupId: 50,
  color: 100,
  size: 100,
  material: 200,
  productType: 750,
  link: 2_000,
  /** Further pictures of an item. */
  morePictures: 10,
  /** Countries whose delivery is told. */
  shippings: 100,
} as const;
