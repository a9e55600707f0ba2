/** Every bound of the catalogue. Lengths are in UTF-16 units unless the name says otherwise. */

/** Variants of one product: three options of six values are 216. The page lists them all, so the bound keeps it small. */
export const MAX_VARIANTS = 250;
/** Options of one product (size, colour, frame): more cannot be chosen with comfort, and the CSV format has three. */
export const MAX_OPTIONS = 3;
/** Pictures of one product: as many as other shops' exports hold. */
export const MAX_PICTURES = 250;
/** A title fits a search result and a cart line. */
export const MAX_TITLE_CHARACTERS = 255;
/** A handle is part of a URL. */
export const MAX_HANDLE_CHARACTERS = 255;
/** A SKU names a stock object and is printed on labels. */
export const MAX_SKU_CHARACTERS = 64;
/** GTIN-14 with room for house codes. */
export const MAX_BARCODE_CHARACTERS = 64;
/** One value of an option, such as a colour's name. */
export const MAX_OPTION_CHARACTERS = 255;
/** Description before cleaning: the longest in real exports are under 60,000; D1 takes rows up to 2 MB. */
export const MAX_DESCRIPTION_CHARACTERS = 100_000;
export const MAX_VENDOR_CHARACTERS = 255;
export const MAX_PRODUCT_TYPE_CHARACTERS = 255;
/** Tags of one product; each may make it a member of a collection. */
export const MAX_TAGS = 250;
export const MAX_TAG_CHARACTERS = 255;
/** Facts shown as a list. */
export const MAX_ATTRIBUTES = 100;
export const MAX_ATTRIBUTE_CHARACTERS = 1_000;
/** Collections that a product names by hand. */
export const MAX_COLLECTIONS = 50;
export const MAX_SEO_TITLE_CHARACTERS = 255;
export const MAX_SEO_DESCRIPTION_CHARACTERS = 1_000;
export const MAX_URL_CHARACTERS = 2_048;
/** Alternative text: a screen reader reads it in one go. */
export const MAX_ALT_CHARACTERS = 1_000;
/** Width and height of a picture, in pixels. */
export const MAX_PICTURE_PIXELS = 20_000;
/** One unit costs at most a hundred million of a two-digit currency: times any quantity it stays a safe integer. */
export const MAX_PRICE_MINOR = 10_000_000_000;
/** Ten tonnes, in grams. */
export const MAX_WEIGHT_GRAMS = 10_000_000;
/** The last instant that RFC 3339 can write with four digits of year. */
export const MAX_INSTANT_MS = 253_402_300_799_999;
/** Days that a rule may call new. */
export const MAX_NEWEST_DAYS = 3_650;
/** Conditions of one rule: more cannot be understood by reading. */
export const MAX_RULE_CONDITIONS = 20;
/** Products that one collection picks, or leaves out, by hand: an editor shows them on one page. */
export const MAX_PICKS = 1_000;
/** Picked products come before all others in the featured order: their stored places begin here, below zero. */
export const FIRST_PICK_POSITION = -1_000_000;
/** Channels of one product. */
export const MAX_CHANNELS = 20;
export const MAX_CHANNEL_CHARACTERS = 32;
/** Related products of one product, of all kinds together: the page shows a few of each. */
export const MAX_RELATIONS = 60;
/** Attributes of one product type, and choices of one attribute: they are read as one form. */
export const MAX_TYPE_ATTRIBUTES = 60;
export const MAX_CHOICES = 200;
export const MAX_KEY_CHARACTERS = 64;
export const MAX_LABEL_CHARACTERS = 120;
export const MAX_UNIT_CHARACTERS = 16;
/** Texts of one thing in one language: options with all their values, and a page's texts. */
export const MAX_TRANSLATED_FIELDS = 1_000;
export const MAX_LOCALE_CHARACTERS = 16;
/** Languages of one shop. */
export const MAX_LOCALES = 100;
/** Products that a preview of a rule looks at; beyond, it says "at least". */
export const MAX_PREVIEW_PRODUCTS = 200_000;
/** Product types of a shop. */
export const MAX_PRODUCT_TYPES = 500;
/** Place of a collection among the others. */
export const MAX_POSITION = 1_000_000;

/** "Fewer than 6 left". */
export const LOW_STOCK_BELOW_UNITS = 6;

/** Items of one page of any list. */
export const MAX_PAGE_SIZE = 100;
/** Items of a page when nothing is said. */
export const DEFAULT_PAGE_SIZE = 24;
/** Variants that one call of `sellable` reads: a cart holds at most as many lines. */
export const MAX_SELLABLE = 100;
/** Characters of a description that are searched: keeps the index small. */
export const MAX_SEARCHED_DESCRIPTION_CHARACTERS = 20_000;
/** Different words of one product that mistyped ones are compared with. */
export const MAX_KNOWN_WORDS = 500;
/** Letters of a word that is kept for that; longer ones are codes. */
export const MAX_KNOWN_WORD_LETTERS = 40;

/** Stock facts of one call: a queue batch holds at most 100 messages. */
export const MAX_STOCK_FACTS = 100;
/** Products of one bulk save: one transaction, a few megabytes at most, well under a thousand statements. */
export const MAX_BULK_PRODUCTS = 100;
/** Body of a bulk save, in bytes: a hundred usual products are a tenth of it. */
export const MAX_BULK_BODY_BYTES = 8 * 1024 * 1024;
/** Tries of a save that somebody else overtakes. */
export const MAX_SAVE_TRIES = 3;
/** Products that leave a "newest" collection in one run. */
export const MAX_EXPIRED_PER_RUN = 1_000;
/** Product numbers that one step of applying a changed rule goes through: about a tenth of a second of D1. */
export const RULE_STEP_PRODUCTS = 5_000;
/** Steps of one run of the cron: 200,000 products, in well under the minute to the next run. */
export const MAX_RULE_STEPS_PER_RUN = 40;
/** Changed products that one step places into their collections again, against every rule of the shop. */
export const PLACEMENT_STEP_PRODUCTS = 200;
/** Steps of one run of the cron: a sale over 100,000 products, when time allows. */
export const MAX_PLACEMENT_STEPS_PER_RUN = 500;
/** Milliseconds after which a run of the cron begins no further step: it has ended before the next one starts. */
export const UPKEEP_BUDGET_MS = 20_000;
/** Products whose dates have come that one run shows or hides; each takes seven statements of the thousand that D1 gives a run. */
export const MAX_LISTING_CHANGES_PER_RUN = 100;

/** One file for the shop's pictures, in bytes. */
export const MAX_MEDIA_BYTES = 10 * 1024 * 1024;
/** A product as JSON, in bytes: 250 variants and 250 pictures with long texts stay below. */
export const MAX_PRODUCT_BODY_BYTES = 1024 * 1024;
/** Addresses of one file of the sitemap: the protocol takes 50,000; this many are read and sent in a moment. */
export const SITEMAP_SLICE = 10_000;

/** Shared words of one language: what the options, values and kinds of a large shop need. */
export const MAX_SHARED_WORDS = 2_000;
export const MAX_SHARED_WORD_CHARACTERS = 120;
/** Words without a translation that staff are offered, and the products, changed last, that they are taken from. */
export const MAX_SUGGESTED_WORDS = 40;
export const SUGGESTED_FROM_PRODUCTS = 500;
/** Steps of naming variants anew that one run of the cron takes. */
export const MAX_WORD_STEPS_PER_RUN = 8;
