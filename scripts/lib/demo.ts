import type { D1Database } from "@cloudflare/workers-types";
import { epochMs } from "#kernel";

/** Told how many of the loading's requests are done, and of how many. */
export type DemoProgress = (done: number, total: number) => void;

export type DemoTarget = {
  readonly shopUrl: string;
  readonly adminToken: string;
  readonly onProgress?: DemoProgress;
};

/** Whether the shop sells anything yet. */
export async function hasProducts(db: D1Database): Promise<boolean> {
  const table = await db
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'products'")
    .first();
  return table !== null && (await db.prepare("SELECT 1 FROM products LIMIT 1").first()) !== null;
}

/** Fills the shop with the demo catalogue through its admin API; repeating changes nothing. */
export async function loadDemo(target: DemoTarget): Promise<void> {
  // Only when it is needed: the drawings of the goods are a lot of code.
  const { loadDemoShop } = await import("../demo/load.ts");
  await loadDemoShop({ ...target, now: epochMs(Date.now()) });
}
