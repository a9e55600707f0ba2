import { ok, refuse } from "#kernel";
import type { StockRpc } from "#inventory";
import type { ObjectNamespace } from "#platform";
import type { StockPort } from "../app/ports.ts";

/** Reaches stock objects by SKU code. A fresh stub per call: a broken one stays broken. */
export function createStockPort(stock: ObjectNamespace<StockRpc>): StockPort {
  return {
    async hold({ sku, orderId, quantity, ttlSeconds }, call) {
      const answer = await stock.getByName(sku).hold({ orderId, quantity, ttlSeconds }, call);
      if (answer.ok) return { kind: "held" };
      switch (answer.refusal.code) {
        case "insufficient_stock":
          return { kind: "short", available: answer.refusal.available };
        case "hold_gone":
        case "hold_unknown":
        case "hold_mismatch":
        case "version_conflict":
        case "invalid_quantity":
          return { kind: "gone" };
      }
    },
    async commit(sku, orderId, call) {
      const answer = await stock.getByName(sku).commit(orderId, call);
      if (answer.ok) return ok(true);
      return refuse({ code: answer.refusal.code === "hold_gone" ? "hold_gone" : "hold_unknown" });
    },
    async release(sku, orderId, call) {
      await stock.getByName(sku).release(orderId, call);
    },
  };
}
