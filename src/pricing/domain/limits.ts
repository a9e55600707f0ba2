/** Bounds of pricing, with units and reasons. */

/** Highest tax rate in parts per million: 100 %, above every rate in force. */
export const MAX_TAX_RATE_PPM = 1_000_000;
/** Highest price of one unit in minor units, so that the largest basket stays a safe integer. */
export const MAX_UNIT_PRICE_MINOR = 100_000_000_000;
/** Markets of a shop: read whole with every page that is made. */
export const MAX_MARKETS = 50;
/** Price lists that are active at once: each is looked at for every variant that is worked out. */
export const MAX_ACTIVE_LISTS = 200;
/** Resolved rows that one read returns: 100 variants with ten steps for everybody and for one group. */
export const MAX_RESOLVED_ROWS = 2_000;
/** Steps of quantity of one variant in one list. */
export const MAX_STEPS_PER_VARIANT = 10;
/** Highest quantity that a step may begin at. */
export const MAX_STEP_QUANTITY = 100_000;
/** Entries that one call adds to a list: one statement, well under the size of a D1 parameter. */
export const MAX_ENTRIES_PER_CALL = 1_000;
/** Products whose prices are worked out in one transaction, and the variants after which no further one joins. */
export const MAX_PRODUCTS_PER_ROUND = 40;
export const MAX_VARIANTS_PER_ROUND = 800;
/** Rounds of one run of the cron: 100,000 products are through in a few runs, and no run comes near a minute. */
export const MAX_ROUNDS_PER_RUN = 400;
/** Milliseconds after which a run begins no further round. */
export const MAX_RUN_MS = 20_000;
/** Points of price history that one round reads. */
export const MAX_HISTORY_ROWS = 50_000;
/** Tries when lists or markets change while prices are worked out. */
export const MAX_RESOLVE_TRIES = 4;
/** Lengths in UTF-16 units. */
export const MAX_LIST_TITLE_CHARACTERS = 120;
export const MAX_MARKET_NAME_CHARACTERS = 60;
/** Highest exchange rate in parts per million: one unit is a million of another. */
export const MAX_EXCHANGE_RATE_PPM = 1_000_000_000_000;
/** Languages of one market. */
export const MAX_MARKET_LOCALES = 10;
/** Rules of one country that one read looks at: a base and a rule over it per class for country, origin and region. */
export const MAX_TAX_RULES = 100;
/** Rules of one country that staff may write: every state with three classes, and changes ahead. */
export const MAX_TAX_RULES_PER_COUNTRY = 400;
/** 150 EUR: below it goods are free of duty, and the Import One Stop Shop may collect the tax when they are sold. */
export const IMPORT_LIMIT_MINOR = 15_000;
/** The longest that a cart or the till waits for a tax service; then the shop's own table holds. */
export const MAX_TAX_WAIT_MS = 800;
/** How long rates of a place are remembered per isolate: they change on first days of months, not within minutes. */
export const TAX_MEMORY_MS = 10 * 60 * 1000;
/** How long a service that failed is not asked again, so that not every cart waits for it. */
export const TAX_PAUSE_MS = 10 * 1000;
/** Places that an isolate remembers. */
export const MAX_TAX_PLACES = 500;
/** Variants whose history of prices one run of the cron looks at: 100,000 products are through in some hours. */
export const MAX_PRUNED_VARIANTS = 500;
/** Milliseconds between two walks over the history: what lies 30 days back grows by a day in a day. */
export const PRUNE_PAUSE_MS = 24 * 60 * 60 * 1000;
