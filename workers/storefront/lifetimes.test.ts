import { expect, it } from "vitest";
import { REFRESH_AFTER_MS } from "../../src/browse/domain/limits.ts";
import {
  MARKETS_TTL_MS,
  NAVIGATION_TTL_MS,
  PAGE_FRESH_MS,
  PAGE_STALE_MS,
} from "../../src/storefront/limits.ts";

/** What the shop promises: milliseconds until an edit shows where no cache stands in front of the Worker. */
const EDIT_SHOWS_WITHIN_MS = 5_000;

it("a page and what it was made from are together no older than the promise about an edit", () => {
  const oldestPart = Math.max(REFRESH_AFTER_MS, NAVIGATION_TTL_MS, MARKETS_TTL_MS);
  expect(PAGE_STALE_MS + oldestPart).toBeLessThanOrEqual(EDIT_SHOWS_WITHIN_MS);
  expect(PAGE_FRESH_MS).toBeLessThan(PAGE_STALE_MS);
});
