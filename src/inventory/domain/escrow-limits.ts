import { SECOND_MS } from "#kernel";

/** Bounds of measured demand and of the split of a hot SKU, with units and reasons. */

/** Length of the window in which demand is measured. */
export const DEMAND_WINDOW_MS = 2 * SECOND_MS;
/** Holds per second from which a SKU is split: an object takes about 200 writes a second in production. */
export const SPLIT_HOLDS_PER_SECOND = 120;
/** Holds per second below which a split SKU is made whole again; far from the other limit, so that it does not flap. */
export const MERGE_HOLDS_PER_SECOND = 20;
/** Holds per second that one shard should see. */
export const SHARD_HOLDS_PER_SECOND = 100;
/** 16 shards of 100 holds a second each; beyond that the line in front of the SKU opens. */
export const MAX_SHARDS = 16;
/** Fewer units than this for each shard are not worth a split. */
export const MIN_UNITS_PER_SHARD = 10;
/** Holds per second from which buyers are served by turn: what one object can take, with room for commits. */
export const LINE_HOLDS_PER_SECOND = 150;
/** Holds per second below which nobody needs to wait; the line itself lets in more, so it stays open until it is empty. */
export const LINE_CLOSES_BELOW_PER_SECOND = 20;
/** How long a line stays open after it was last needed, and how early that is renewed. */
export const LINE_OPEN_MS = 60 * SECOND_MS;
export const LINE_RENEW_MS = 45 * SECOND_MS;
/**
 * By how much demand may still grow while a SKU is split, whose number of shards is fixed until it is whole again: the
 * measure is taken at the foot of a rush.
 */
export const SPLIT_HEADROOM = 4;
/**
 * How long the part that stays with the parent has to last at the measured rate: orders that were priced before the
 * split, or before its projection, know of no shard and all come to the parent.
 */
export const POOL_LASTS_MS = 2 * SECOND_MS;
/** How long demand has to stay low before a SKU is made whole. */
export const MERGE_AFTER_MS = 10 * SECOND_MS;
/** How often the parent exchanges with its shards, and how seldom when it only waits for the last held units. */
export const EXCHANGE_MS = SECOND_MS / 2;
export const EXCHANGE_QUIET_MS = 5 * SECOND_MS;
/** How long one exchange may take, and with it a hold that waits for units to come home. */
export const EXCHANGE_LIMIT_MS = 2 * SECOND_MS;
/** How soon the parent looks after an order has ended that may have left units at a shard. */
export const LOOK_AFTER_MS = SECOND_MS / 4;
/** The part of the free units that stays with the parent for orders that their shard cannot serve, in ppm. */
export const POOL_SHARE_PPM = 100_000;
