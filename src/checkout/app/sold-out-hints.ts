import type { EpochMs, Result } from "#kernel";
import type { OrderDraft, PlacementRefusal, PlacedReply, Shortage } from "#orders";

/** Milliseconds that a SKU counts as sold out after a stock object said so: a released hold shows again at once. */
const HINT_MS = 1_500;
/** SKUs remembered; the oldest goes first. A sale day has a handful of hot ones. */
const MAX_HINTS = 1_000;

/**
 * What this isolate has just heard from stock objects: SKUs with not one unit left. It only ever says no, and only for
 * a moment; that a unit is there is never believed. Spares the crowd after the last unit an order object each.
 */
export class SoldOutHints {
  readonly #until = new Map<string, EpochMs>();

  /** The draft's SKUs that were sold out a moment ago, as the stock objects would have answered. */
  shortagesOf(draft: OrderDraft, now: EpochMs): readonly Shortage[] {
    const short = draft.lines.filter((line) => (this.#until.get(line.sku) ?? 0) > now);
    return [...new Set(short.map((line) => line.sku))].map((sku) => {
      const lines = short.filter((line) => line.sku === sku);
      return {
        sku,
        requested: lines.reduce((sum, line) => sum + line.quantity, 0),
        available: 0,
        lineIds: lines.map((line) => line.lineId),
      };
    });
  }

  /** Learns from an order's reply. */
  learn(reply: Result<PlacedReply, PlacementRefusal>, now: EpochMs): void {
    if (reply.ok || reply.refusal.code !== "out_of_stock") return;
    for (const { sku, available } of reply.refusal.shortages) {
      if (available > 0) continue;
      this.#until.delete(sku);
      this.#until.set(sku, (now + HINT_MS) as EpochMs);
      const oldest = this.#until.keys().next();
      if (this.#until.size > MAX_HINTS && !oldest.done) this.#until.delete(oldest.value);
    }
  }
}
