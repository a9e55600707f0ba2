import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildAll } from "../../scripts/lib/build.ts";
import { startShop, type RunningShop } from "../../scripts/lib/shop.ts";
import { WORKERS } from "../../scripts/lib/workers.ts";
import { BREAKABLE_MAINS } from "../faults/breakable-mains.ts";
import type { ProvidedContext } from "./provided-context.ts";

// Runs once before the whole-system tests, whichever of their projects comes first.

/** Names the folder to the other project of the same run. */
const PREPARED = "KERBSIDE_PREPARED_STATE";
const SETTLED_AFTER_MS = 500;
const MAX_LOOKS = 60;

/**
 * Builds everything that the tests serve, and fills one shop by the admin API as `npm start` does. Each test file starts
 * from a copy of it, so that it waits for neither.
 */
export async function setup(project: TestProject): Promise<void> {
  const before = process.env[PREPARED];
  const folder = before ?? (await mkdtemp(join(tmpdir(), "kerbside-prepared-")));
  project.provide("preparedState" satisfies keyof ProvidedContext, folder);
  if (before !== undefined) return;
  process.env[PREPARED] = folder;
  await buildAll({ isTestBuild: false, mains: BREAKABLE_MAINS });
  await buildAll({ isTestBuild: false });
  await fill(folder);
}

/** Runs after all projects of the run. Repeating is safe. */
export async function teardown(): Promise<void> {
  const folder = process.env[PREPARED];
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

async function fill(stateFolder: string): Promise<void> {
  const shop = await startShop({ stateFolder, isBuilt: true, isDemoLoaded: true, cronSeconds: 0 });
  try {
    await untilSettled(shop);
  } finally {
    await shop.stop();
  }
}

/** Lets the shop work off what loading has left behind: prices, and the levels that lists show. */
async function untilSettled({ shop, runCron }: RunningShop): Promise<void> {
  const db = await shop.getD1Database("DB", WORKERS.storefront.name);
  let last = "";
  for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
    await runCron();
    const left = await db
      .prepare(
        "SELECT (SELECT count(*) FROM price_work) AS prices, (SELECT coalesce(sum(version), 0) FROM stock_levels) AS levels",
      )
      .first<{ prices: number; levels: number }>();
    const now = JSON.stringify(left);
    if (left?.prices === 0 && left.levels > 0 && now === last) return;
    last = now;
    await new Promise((settle) => setTimeout(settle, SETTLED_AFTER_MS));
  }
  throw new Error(`The demo shop does not come to rest: ${last}`);
}
