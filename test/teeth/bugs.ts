import type { Bug } from "./bug.ts";
import { AFTER_SALE_BUGS } from "./bugs-after-sale.ts";
import { ORDER_BUGS } from "./bugs-orders.ts";
import { PATH_BUGS } from "./bugs-paths.ts";
import { STOCK_BUGS } from "./bugs-stock.ts";

/** Every planted bug. The simulation's seeds are chosen so that the bug shows within a few seconds. */
export const BUGS: readonly Bug[] = [...STOCK_BUGS, ...ORDER_BUGS, ...AFTER_SALE_BUGS, ...PATH_BUGS];
