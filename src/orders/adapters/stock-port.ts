import { ok, refuse, type Result } from "#kernel";
import {
  shardName,
  shardsOf,
  type Hold,
  type StockRefusal,
  type StockRpc,
  type StockShardRpc,
} from "#inventory";
import type { ObjectNamespace } from "#platform";
import type { ClaimName, StockHoldAnswer, StockPort, StockTarget } from "../app/ports.ts";

type Seller = Pick<StockRpc, "hold" | "commit" | "release">;

/**
 * Reaches stock objects by SKU code. A fresh stub per call: a broken one stays broken. A placement of a SKU that was
 * split asks two shards before the SKU's own object, always the same ones in the same order: a shard that turned it away
 * has left a tombstone and does so again. Without `shards` every order asks the SKU's own object.
 */
export function createStockPort(
  stock: ObjectNamespace<StockRpc>,
  shards?: ObjectNamespace<StockShardRpc>,
): StockPort {
  const shardsOn = ({ sku, shards: count = 0 }: StockTarget, { orderId, part }: ClaimName): Seller[] =>
    shards && part === 0
      ? shardsOf(orderId, count).map((shard) => shards.getByName(shardName(sku, shard)))
      : [];
  return {
    async hold({ sku, shards: count = 0, ...request }, call) {
      for (const shard of shardsOn({ sku, shards: count }, request)) {
        const answer = await shard.hold(request, call);
        if (!isTurnedAway(answer)) return toHoldAnswer(answer);
      }
      return toHoldAnswer(await stock.getByName(sku).hold(request, call));
    },
    async commit(target, claim, call) {
      for (const shard of shardsOn(target, claim)) {
        const answer = await shard.commit(claim, call);
        if (answer.ok) return ok(true);
      }
      const answer = await stock.getByName(target.sku).commit(claim, call);
      if (answer.ok) return ok(true);
      return refuse({ code: answer.refusal.code === "hold_gone" ? "hold_gone" : "hold_unknown" });
    },
    async release(target, claim, call) {
      // The SKU's own object comes last: it looks after the shards then.
      for (const shard of shardsOn(target, claim)) await shard.release(claim, call);
      await stock.getByName(target.sku).release(claim, call);
    },
    async takeBack({ sku, orderId, returnId, quantity, condition }, call) {
      const note = { reason: "returned by the buyer", reference: orderId };
      const returned = { adjustmentId: returnId, kind: "returned", quantity, condition, ...note } as const;
      await stock.getByName(sku).adjust(returned, call);
    },
  };
}

/** Whether a shard leaves an order to the next object: now, or as it did before. A released order meets its tombstone there. */
const isTurnedAway = (answer: Result<Hold, StockRefusal>): boolean =>
  !answer.ok && (answer.refusal.code === "insufficient_stock" || answer.refusal.code === "hold_gone");

function toHoldAnswer(answer: Result<Hold, StockRefusal>): StockHoldAnswer {
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
}
