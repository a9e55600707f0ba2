import type {
  Exchange,
  ExchangeReply,
  Hold,
  HoldRequest,
  StockLevel,
  StockRefusal,
  StockShardRpc,
} from "#inventory";
import { ok, refuse, type EpochMs, type Result } from "#kernel";
import type { CallContext, OutboxAudit, OutboxQueues } from "#platform";
import { isSelling } from "../../src/inventory/domain/escrow.ts";
import { decideRelease } from "../../src/inventory/domain/holds.ts";
import { skuOfShard } from "../../src/inventory/domain/routing.ts";
import {
  decideExchange,
  NOTHING_BORROWED,
  replyOf,
  type Borrowing,
} from "../../src/inventory/domain/borrowing.ts";
import { StockCore } from "./stock-core.ts";

/**
 * Sells units that its parent has lent, without asking anybody. It knows no queue, no promise beyond what it has, and no
 * adjustment; its parent comes for what it has to tell. Its name is made by `shardName`.
 */
export abstract class ShardShell<Env> extends StockCore<Env> implements StockShardRpc {
  // A cache of the table; forgotten when a transaction is rolled back.
  #borrowing: Borrowing | undefined;

  protected override get sku(): string {
    return skuOfShard(this.name);
  }

  /** Holds what is here; what cannot be served leaves a tombstone, so that a repeat goes on to the same next place. */
  override async hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    this.countDemand();
    if (this.isStored && (isSelling(this.#known.book) || this.book.holds.find(request))) {
      const answer = this.takeHold(request, call);
      if (answer.ok || answer.refusal.code !== "insufficient_stock") return answer;
    }
    return this.#turnAway(request, call);
  }

  async exchange(request: Exchange, call: CallContext): Promise<ExchangeReply> {
    return this.change(() => {
      const { borrowing, movements } = decideExchange(this.#known, this.book.state, {
        ...request,
        shard: Number.parseInt(this.name, 10),
      });
      const reference = `generation ${request.generation}`;
      if (movements.length > 0) this.move(movements, { reason: "parent", reference, call });
      if (JSON.stringify(borrowing) !== JSON.stringify(this.#known)) this.book.escrow.save(borrowing);
      this.#borrowing = borrowing;
      return replyOf(borrowing, this.book.state, this.holdsPerSecond);
    });
  }

  get #known(): Borrowing {
    this.#borrowing ??= this.book.escrow.read<Borrowing>() ?? NOTHING_BORROWED;
    return this.#borrowing;
  }

  #turnAway(request: HoldRequest, call: CallContext): Result<Hold, StockRefusal> {
    const { sku } = this;
    const { quantity } = request;
    return this.change(() => {
      const existing = this.book.holds.find(request);
      // Somebody has answered for this claim while nothing was awaited: a repeat of what was said.
      if (existing) return refuse({ code: "hold_gone", sku, orderId: request.orderId });
      const tombstone = decideRelease(undefined, { ...request, now: this.now() });
      this.settle(ok(tombstone), undefined, { reason: "not here", call });
      return refuse({ code: "insufficient_stock", sku, requested: quantity, available: 0 });
    });
  }

  protected override changed(): void {
    // The parent hears of it by the next exchange.
  }

  protected override forget(): void {
    this.#borrowing = undefined;
  }

  protected override deadlines(): readonly EpochMs[] {
    return [];
  }

  protected override async meet(): Promise<void> {
    // No deadline but those of the holds.
  }

  protected override outboxAudit(): OutboxAudit {
    return { waiting: 0 };
  }

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  /** What this shard has; for tests and staff, never for a sale. */
  async level(): Promise<StockLevel> {
    return this.show(this.state);
  }
}
