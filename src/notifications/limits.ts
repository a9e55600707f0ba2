/** Lines of an order that a mail shows; the rest is on the order page. 20 of the longest names stay under 40 KB. */
export const MAX_MAIL_LINES = 20;
/** A mail over about 100 KB is cut off by large providers; ours stay far below. */
export const MAX_MAIL_HTML_BYTES = 40_960;
/** Characters of a product's title and of its option values in a mail; a title may have 255. */
export const MAX_MAIL_TITLE_CHARACTERS = 120;
/** Rows on one page of the outbox list. */
export const MAX_MAIL_PAGE = 100;
