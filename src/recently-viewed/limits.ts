/** Products that are remembered of one visitor: two rows of the widest strip. */
export const MAX_SEEN = 12;
/** Cards that a strip shows. */
export const MAX_SHOWN = 6;
/** Days after the last visit until the list is forgotten, by the object and by the cookie alike. */
export const KEPT_DAYS = 30;
/** Longest that a page waits for the object; after that the strip is left out. */
export const PATIENCE_MS = 1_500;
