import type { ExportDesk } from "#channels";
import { createExportDesk } from "../../src/channels/adapters/export-desk.ts";
import { listMarkets } from "../../src/pricing/adapters/market-rows.ts";

/** Starts builds of feeds; it hands out no files. */
export const feedDesk = (env: Pick<FulfilmentEnv, "DB" | "EXPORTS" | "SHOP_ORIGIN">): ExportDesk =>
  createExportDesk({
    db: env.DB,
    exports: env.EXPORTS,
    origin: env.SHOP_ORIGIN.replace(/\/+$/, ""),
    markets: () => listMarkets(env.DB),
    nowMs: Date.now,
  });
