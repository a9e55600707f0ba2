import { invariant, ok, refuse } from "#kernel";
import type { StockRpc } from "#inventory";
import type { ObjectNamespace } from "#platform";
import type { StockPort } from "../app/ports.ts";

/** Reaches stock objects by SKU code. A fresh stub per call: a broken one stays broken. */
export function createStockPort(stock: ObjectNamespace<StockRpc>): StockPort {
  return {
    async hold({ sku, ...request }, call) {
      const answer = await stock.getByName(sku).hold(request, call);
      if (answer.ok) return { kind: "held" };
      switch (answer.refusal.code) {
        case "insufficient_stock":
          return { kind: "short", available: answer.refusal.available };
        case "hold_gone":
        case "hold_unknown":
        case "hold_mismatch":
        case "version_conflict":
        case "invalid_quantity":
        case "invalid_location":
        case "transfer_unknown":
        case "transfer_closed":
          return { kind: "gone" };
      }
    },
    async commit(sku, claim, call) {
      const answer = await stock.getByName(sku).commit(claim, call);
      if (answer.ok) return ok(true);
      return refuse({ code: answer.refusal.code === "hold_gone" ? "hold_gone" : "hold_unknown" });
    },
    async release(sku, claim, call) {
      await stock.getByName(sku).release(claim, call);
    },
    async takeBack({ sku, orderId, returnId, quantity, condition }, call) {
      const note = { reason: "returned by the buyer", reference: orderId };
      const returned = { adjustmentId: returnId, kind: "returned", quantity, condition, ...note } as const;
      const answer = await stock.getByName(sku).adjust(returned, call);
      // Thrown, so that the order keeps the step and its log says why: units that nobody counted are not done.
      invariant(answer.ok, `the stock of ${sku} takes ${quantity} units back`);
    },
  };
}
