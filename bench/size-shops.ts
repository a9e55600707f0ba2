import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Miniflare } from "miniflare";
import { ROOT } from "../scripts/lib/workers.ts";
import { startShop, type RunningShop, type ShopOptions } from "../scripts/lib/shop.ts";
import { benchWorkers, doorsOf, type Doors } from "./bench-workers.ts";
import { loadCatalogue } from "./catalogue/load.ts";
import { generateCatalogue } from "./catalogue/products.ts";
import { readArticles } from "./catalogue/rows.ts";

/** Filled shops stay here between runs; delete the folder to fill them anew. Git ignores it. */
const FOLDER = ".bench";
const LOADED = "loaded.json";
const SEED = 1;
const PROGRESS_EVERY = 5_000;
const MAX_REFUSED_SHARE = 0.001;
const MAX_CRON_RUNS = 500;
const TRAINING_WAIT_MS = 1_000;

/** A running shop with a catalogue of one size. */
export type SizeShop = {
  readonly size: number;
  readonly doors: Doors;
  readonly pid: number;
  readonly shop: RunningShop;
};

/** Starts one shop for each size, all at once, filling those that an earlier run has not filled. The caller stops them. */
export async function openSizeShops(sizes: readonly number[]): Promise<readonly SizeShop[]> {
  for (const size of sizes) await fill(size);
  const shops: SizeShop[] = [];
  for (const size of sizes) shops.push(await open(size, shops.length > 0));
  return shops;
}

const folderOf = (size: number): string => resolve(ROOT, FOLDER, String(size));

const QUIET: ShopOptions = { cronSeconds: 0, onLog: () => undefined };

/** A state is whole or not there: it gets its name when everything is in it. */
async function fill(size: number): Promise<void> {
  const folder = folderOf(size);
  if (existsSync(resolve(folder, LOADED))) return;
  const unfinished = `${folder}-unfinished`;
  for (const each of [folder, unfinished]) rmSync(each, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const shop = await startShop({ ...QUIET, stateFolder: unfinished });
  try {
    const db = await databaseOf(shop.shop);
    const catalogue = generateCatalogue(readArticles(), { seed: SEED, size });
    const onProgress = (products: number): void => {
      if (products % PROGRESS_EVERY === 0) process.stderr.write(`\rfilling ${size}: ${products}`);
    };
    const target = { shopUrl: shop.url, adminToken: shop.adminToken, db, onProgress };
    const loaded = await loadCatalogue(catalogue, target);
    if (loaded.refused > size * MAX_REFUSED_SHARE)
      throw new Error(`${loaded.refused} of ${size} products were refused.`);
    await settle(shop, db);
    writeFileSync(
      resolve(unfinished, LOADED),
      `${JSON.stringify({ source: catalogue.source, ...loaded })}\n`,
    );
  } finally {
    await shop.stop();
  }
  renameSync(unfinished, folder);
}

const UNSETTLED = `SELECT (SELECT count(*) FROM price_work) AS prices,
  coalesce((SELECT stage FROM semantic_state WHERE id = 1 AND version > 0), 'training') AS meaning`;

/**
 * Lets the clock do its work until every price is worked out, because a page that finds one that is not would do it itself, and
 * until it is known what products mean, because a search asks for it.
 */
export async function settle(shop: RunningShop, db: D1Database): Promise<void> {
  for (let runs = 0; runs < MAX_CRON_RUNS; runs += 1) {
    await shop.runCron();
    const left = await db.prepare(UNSETTLED).first<{ prices: number; meaning: string }>();
    if (left?.prices === 0 && left.meaning === "following") return;
    process.stderr.write(`\rprices to work out: ${left?.prices}, meaning: ${left?.meaning}   `);
    // A training works by its own clock.
    if (left?.meaning === "training") await new Promise((resolve) => setTimeout(resolve, TRAINING_WAIT_MS));
  }
  throw new Error("The catalogue is not settled.");
}

const databaseOf = (shop: Miniflare): Promise<D1Database> => shop.getD1Database("DB", "kerbside-storefront");

async function open(size: number, isBuilt: boolean): Promise<SizeShop> {
  const extraWorkers = await benchWorkers();
  const shop = await startShop({ ...QUIET, stateFolder: folderOf(size), isBuilt, extraWorkers });
  const [pid] = shop.workerdPids;
  if (pid === undefined) throw new Error("The shop's workerd cannot be found among the processes.");
  return { size, shop, pid, doors: await doorsOf(shop.shop) };
}
