import { platformClock } from "#platform";
import {
  MAX_PLACEMENT_STEPS_PER_RUN,
  MAX_RULE_STEPS_PER_RUN,
  MAX_WORD_STEPS_PER_RUN,
  PLACEMENT_STEP_PRODUCTS,
  UPKEEP_BUDGET_MS,
} from "../domain/limits.ts";
import { changeListings } from "./listing-changes.ts";
import { placeDue } from "./membership.ts";
import { continueRule, expireNewest } from "./rule-steps.ts";
import { continueWordWork } from "./shared-words.ts";

/** What one run did, for the log. */
export type CatalogUpkeep = {
  readonly listingsChanged: number;
  readonly placed: number;
  readonly ruleSteps: number;
  readonly expired: number;
};

/**
 * Everything in the catalogue that follows from time or from other people's changes: products are shown and hidden on
 * their day, changed ones are placed into collections again, changed rules are applied further, and what grew too old
 * leaves. For a cron of every minute. Each part is bounded; what is left waits for the next run. Repeating is safe.
 */
export async function keepCatalog(db: D1Database, nowMs: number): Promise<CatalogUpkeep> {
  const listingsChanged = await changeListings(db, nowMs);
  const endMs = platformClock.now() + UPKEEP_BUDGET_MS;
  const hasTime = (): boolean => platformClock.now() < endMs;
  let placed = 0;
  for (let step = 0; step < MAX_PLACEMENT_STEPS_PER_RUN && hasTime(); step += 1) {
    const count = await placeDue(db, nowMs);
    placed += count;
    if (count < PLACEMENT_STEP_PRODUCTS) break;
  }
  let ruleSteps = 0;
  while (ruleSteps < MAX_RULE_STEPS_PER_RUN && hasTime() && (await continueRule(db, nowMs))) ruleSteps += 1;
  for (let step = 0; step < MAX_WORD_STEPS_PER_RUN && hasTime(); step += 1)
    if (!(await continueWordWork(db))) break;
  return { listingsChanged, placed, ruleSteps, expired: await expireNewest(db, nowMs) };
}
