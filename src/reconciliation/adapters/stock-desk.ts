import type { StockLevel, StockRpc } from "#inventory";
import type { ObjectNamespace } from "#platform";
import type { Done, StockDesk } from "../app/ports.ts";
import { imageOf } from "../domain/image.ts";
import { RECOMMIT_TTL_SECONDS } from "../domain/limits.ts";

/** The part of a stock object that reconciliation uses. */
export type AuditedStock = Pick<
  StockRpc,
  "level" | "audit" | "claimsOf" | "hold" | "commit" | "release" | "acknowledge"
>;

/** What D1 should have of a level, as plain rows. */
export type ExpectedLevel = (level: StockLevel) => Readonly<Record<string, unknown>>;

const done = (detail: string): Done => ({ isDone: true, detail });
const notDone = (detail: string): Done => ({ isDone: false, detail });

/** Reaches stock objects by SKU code. A fresh stub per call: a broken one stays broken. */
export function createStockDesk(stock: ObjectNamespace<AuditedStock>, expected: ExpectedLevel): StockDesk {
  const commit: StockDesk["commit"] = async ({ sku, orderId, part }, call) => {
    const answer = await stock.getByName(sku).commit({ orderId, part }, call);
    return answer.ok
      ? done(`Committed ${answer.value.quantity} units.`)
      : notDone(`The stock object refused: ${answer.refusal.code}.`);
  };
  return {
    async audit(sku, page) {
      const { level, ...audit } = await stock.getByName(sku).audit(page);
      return { ...audit, image: imageOf(level.version, expected(level)) };
    },
    claimsOf: (sku, orderId) => stock.getByName(sku).claimsOf(orderId),
    async recommit(claim, call) {
      const { sku, orderId, part, quantity } = claim;
      const demand = { orderId, part, quantity, ttlSeconds: RECOMMIT_TTL_SECONDS };
      const held = await stock.getByName(sku).hold(demand, call);
      if (!held.ok) return notDone(`The stock object refused: ${held.refusal.code}.`);
      return commit(claim, call);
    },
    commit,
    async release({ sku, orderId, part }, call) {
      const answer = await stock.getByName(sku).release({ orderId, part }, call);
      return answer.ok
        ? done(`Released ${answer.value.released} units.`)
        : notDone(`The stock object refused: ${answer.refusal.code}.`);
    },
    // Striking nothing still makes the object look at its outbox and its deadlines.
    nudge: (sku) => stock.getByName(sku).acknowledge("projection", []),
  };
}
