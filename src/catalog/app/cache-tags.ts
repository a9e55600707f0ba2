/**
 * Names of what public answers show, for purging the edge's cache: `product:prd_…`, `collection:col_…`, and these for
 * answers that show many. An answer carries the tags of everything whose change it must show at once.
 */

/** On every answer of the catalogue: purging it empties the cache. */
export const CATALOGUE_TAG = "catalogue";
/** Lists over the whole shop: search, all products, the home page, the sitemap. */
export const LISTS_TAG = "lists";

export const productTag = (productId: string): string => `product:${productId}`;
export const collectionTag = (collectionId: string): string => `collection:${collectionId}`;

/** Seconds the edge serves an answer without asking. An edit purges it long before; this bounds a purge that is late. */
export const EDGE_FRESH_SECONDS = 30;
