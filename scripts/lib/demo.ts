import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { D1Database } from "@cloudflare/workers-types";
import { ROOT } from "./workers.ts";

export type DemoTarget = { readonly shopUrl: string; readonly adminToken: string };

/** Whether the shop sells anything yet. */
export async function hasProducts(db: D1Database): Promise<boolean> {
  const table = await db
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'products'")
    .first();
  return table !== null && (await db.prepare("SELECT 1 FROM products LIMIT 1").first()) !== null;
}

/** Fills the shop with the demo catalogue through its admin API; repeating changes nothing. */
export async function loadDemo(target: DemoTarget): Promise<void> {
  const file = resolve(ROOT, "scripts/demo/load.ts");
  if (!existsSync(file)) return;
  const { loadDemoShop } = (await import(pathToFileURL(file).href)) as {
    loadDemoShop: (target: DemoTarget) => Promise<unknown>;
  };
  await loadDemoShop(target);
}
