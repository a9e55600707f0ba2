/** Bounds of pricing, with units and reasons. */

/** Highest tax rate in parts per million: 100 %, above every rate in force. */
export const MAX_TAX_RATE_PPM = 1_000_000;
/** Highest price of one unit in minor units, so that the largest basket stays a safe integer. */
export const MAX_UNIT_PRICE_MINOR = 100_000_000_000;
/** Countries × classes that one read of the tax table returns. */
export const MAX_TAX_RATES = 50;
