/** Bounds of an import, with units and reasons. Lengths are in UTF-16 units, as the catalogue and the inventory count. */

/** Bytes of one upload, gzipped or not: it stands in memory once while it is hashed. 100,000 products gzip to half of it. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Bytes of a gzipped file when it is unpacked: a million rows of usual length. */
export const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
/** Data rows in one file, blank ones not counted. */
export const MAX_ROWS = 500_000;
/** Columns in the header. The widest real export seen has 57. */
export const MAX_COLUMNS = 200;
/** Characters in one cell: the longest HTML description that the catalogue takes. */
export const MAX_CELL_CHARACTERS = 64 * 1024;
/** Bytes of one record; also what an unclosed quotation mark may swallow before the parser gives up. */
export const MAX_RECORD_BYTES = 1024 * 1024;
/** Rows of one product: every row is a variant or a picture at least. */
export const MAX_ROWS_PER_PRODUCT = 2_500;
/** Rows that the report keeps; the totals go on counting. */
export const MAX_REPORT_ROWS = 10_000;
/** Characters of a cell's value and of a column's name in the report. */
export const MAX_REPORTED_CHARACTERS = 120;
/** Characters of a file name. */
export const MAX_FILE_NAME_CHARACTERS = 200;

/** Options of a product; the template has three pairs of columns. */
export const MAX_OPTIONS = 3;
/** Characters of a SKU code: the inventory takes no more. */
export const MAX_SKU_CHARACTERS = 64;
/** Characters of a bar code: GTINs have 14, in-house codes are longer. */
export const MAX_BARCODE_CHARACTERS = 64;
/** Characters of a title, a vendor, a type, an option's name or value, a search title. */
export const MAX_NAME_CHARACTERS = 255;
/** Characters of a search description. */
export const MAX_SEO_DESCRIPTION_CHARACTERS = 1_000;
/** Characters of a picture's alternative text. */
export const MAX_ALT_CHARACTERS = 1_000;
/** Variants of one product: the catalogue takes no more. */
export const MAX_VARIANTS = 250;
/** Facts of one product. */
export const MAX_ATTRIBUTES = 100;
/** Characters of a picture's address. */
export const MAX_URL_CHARACTERS = 2_048;
/** Pictures of one product. */
export const MAX_PICTURES = 250;
/** Tags of one product. */
export const MAX_TAGS = 250;
/** Units on one shelf: the inventory takes no more. */
export const MAX_QUANTITY = 1_000_000;
/** Grams of one piece: ten tonnes; more is a mistake of unit. */
export const MAX_WEIGHT_GRAMS = 10_000_000;
/** Minor units of one price: far above any piece, far below where sums leave the safe integers. */
export const MAX_PRICE_MINOR = 1_000_000_000;

/** Rows of a file that are shown before it is imported. */
export const PREVIEWED_ROWS = 20;
/** Mappings of one shop, and rules of one mapping. */
export const MAX_MAPPINGS = 100;
export const MAX_RULES = 60;
/** Rows that the reader hands over at once, so that the store writes them in one transaction. */
export const RUN_ROWS = 500;
/** Products checked in one slice: about a fifth of a second. */
export const CHECKED_PER_SLICE = 200;
/** Milliseconds after which a slice hands over to the next alarm, so that a long import never hogs one event. */
export const SLICE_MS = 5_000;
/** Tries of one slice before the job is given up as failed; waits double, so this is about eight minutes of trouble. */
export const MAX_SLICE_ATTEMPTS = 8;
/** Products saved together: one transaction of the catalogue. */
export const WRITTEN_AT_ONCE = 50;
/** SKUs counted between two marks: a few seconds at worst, which is what a crash repeats. One product may have more. */
export const STOCK_PER_RUN = 200;
/** Stock objects called at once, so that an import leaves them time for orders. */
export const STOCK_AT_ONCE = 6;
/** Levels that an import may have counted before lists show them; each keeps a stock object awake until then. */
export const LEVELS_AHEAD = 1_000;
/** Milliseconds between two looks at what lists show, and after which an import goes on whatever they show. */
export const SHOWN_POLL_MS = 200;
export const SHOWN_PATIENCE_MS = 10_000;
/** Milliseconds after its end that a job keeps its working rows, for a write that was under way when it was cancelled. */
export const PURGE_AFTER_MS = 60_000;
/** Kinds of findings that a summary names; more are in the report itself. */
export const MAX_FINDING_GROUPS = 50;
/** Findings in one page of a report. */
export const MAX_REPORT_PAGE = 100;

/** Units that may be sold beyond the shelf where the file says "continue selling" and gives no number. */
export const DEFAULT_BACKORDER_LIMIT = 100;
/** Pixels assumed for a picture whose size the file does not tell: a square, so that pages keep room for it. */
export const ASSUMED_PICTURE_PIXELS = 1_024;
