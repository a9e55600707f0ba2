/**
 * Popularity forgets: what happened one half-life ago counts half. Instead of lowering all scores as time goes by, a new
 * event counts the more the later it comes (forward decay), so a score is a plain sum: order and lateness of events do
 * not change it, and no row is touched when nothing happens.
 */

/** Two weeks: long enough for a small shop to learn from, short enough for a season to pass. */
export const HALF_LIFE_MS = 14 * 24 * 60 * 60_000;
/** 1 January 2026: an event at this instant has weight 1. A double holds the growth of some 38 years. */
export const LANDMARK_MS = 1_767_225_600_000;

/** What each kind of event says about a product, in views. */
export const EVENT_WEIGHTS = { view: 1, click: 1, cart: 4, purchase: 10 } as const;

/** How much an event at this instant adds, for each view that it is worth. */
export const growthAt = (atMs: number): number => 2 ** ((atMs - LANDMARK_MS) / HALF_LIFE_MS);

/**
 * The step of a score that lists sort by: half a doubling each, so that a product which is looked at as ever moves up one step
 * a week, all the others of its kind with it, and its pages are made anew as seldom.
 */
export const popularityStep = (score: number): number =>
  score > 0 ? Math.max(1, Math.floor(2 * Math.log2(1 + score))) : 0;

/** Turns a stored score into views that count now. */
export const decayNow = (nowMs: number): number => 1 / growthAt(nowMs);
