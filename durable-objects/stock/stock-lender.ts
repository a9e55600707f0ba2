import type { ExchangeReply, StockShardRpc } from "#inventory";
import { after, epochMs, type EpochMs } from "#kernel";
import { describeError, failpoint, inTime, newTraceparent, type CallContext, type Logger } from "#platform";
import {
  EXCHANGE_LIMIT_MS,
  EXCHANGE_MS,
  EXCHANGE_QUIET_MS,
  LOOK_AFTER_MS,
  MERGE_AFTER_MS,
  MERGE_HOLDS_PER_SECOND,
} from "../../src/inventory/domain/escrow-limits.ts";
import {
  applyReply,
  checkLending,
  decideRecall,
  decideSplit,
  exchangeFor,
  freeAtShards,
  isLending,
  noteLook,
  NOTHING_LENT,
  wantLook,
  type Lending,
  type LendingDecision,
} from "../../src/inventory/domain/lending.ts";
import { orderable } from "../../src/inventory/domain/level.ts";
import type { StockBook } from "./stock-book.ts";
import type { Note } from "./stock-core.ts";

/** What the lender needs of its object. */
export type LenderSteps = {
  readonly log: Logger;
  readonly now: () => EpochMs;
  readonly isStored: () => boolean;
  /** Holds per second from which the SKU is split. */
  readonly splitAt: number;
  /** A shard of this SKU; `undefined` in a deployment without shards, where nothing is ever split. */
  readonly reach: (shard: number) => StockShardRpc | undefined;
  readonly change: <T>(work: () => T) => T;
  readonly move: (movements: LendingDecision["movements"], note: Note) => unknown;
};

type Round = { readonly isRecall: boolean; readonly done: Promise<void> };

/**
 * The parent's side of escrow: lends units to shards when a SKU is hot, hears from them by exchanges, and calls
 * everything home when demand is low or the pool is short. The object asks the shards and never the other way round,
 * so a shard needs no deadline of its own, and a lost answer is asked for again.
 */
export class StockLender {
  readonly #book: StockBook;
  readonly #steps: LenderSteps;
  #lending: Lending | undefined;
  #nextAt: EpochMs | undefined;
  #waitMs = EXCHANGE_MS;
  #round: Round | undefined;
  // Demand is known from memory only, like that of the object itself.
  readonly #rates = new Map<number, number>();
  #quietSince: EpochMs | undefined;

  constructor(book: StockBook, steps: LenderSteps) {
    this.#book = book;
    this.#steps = steps;
  }

  /** Forgets what is known from memory; the table knows. */
  forget(): void {
    this.#lending = undefined;
  }

  get lending(): Lending {
    if (!this.#steps.isStored()) return NOTHING_LENT;
    if (!this.#lending) {
      const read = this.#read();
      if (read !== NOTHING_LENT) checkLending(read, this.#book.state);
      this.#lending = read;
    }
    return this.#lending;
  }

  #read(): Lending {
    return this.#book.escrow.read<Lending>() ?? NOTHING_LENT;
  }

  /** Every shard that has ever had units, also when the book is not sound. */
  get shards(): readonly number[] {
    if (!this.#steps.isStored()) return [];
    return (this.#lending ?? this.#read()).escrow.shards.map(({ shard }) => shard);
  }

  /** Lends units when holds come at this rate. */
  consider(holdsPerSecond: number): void {
    const { splitAt, reach, change } = this.#steps;
    if (holdsPerSecond < splitAt || this.lending.escrow.phase !== "whole" || !reach(1)) return;
    const decision = decideSplit(this.lending, this.#book.state, holdsPerSecond);
    if (!decision) return;
    this.#quietSince = undefined;
    this.#rates.clear();
    change(() => this.#apply(decision, "demand is high"));
    this.#soon(0);
  }

  /**
   * The pool is short: calls free units home and waits for them, a few seconds at most. Whether anything may have come,
   * so that a decision is worth another try.
   */
  async bringHome(): Promise<boolean> {
    const { looks } = this.lending;
    const isWorthIt = freeAtShards(this.#book.state) > 0 || looks.wanted > looks.done;
    if (!isLending(this.lending) || !isWorthIt) return false;
    this.#steps.change(() => this.#apply(decideRecall(this.lending, this.#book.state), "the pool is short"));
    await this.#recallRound();
    return true;
  }

  /** An order has ended that is not known here: it may have left units at a shard. Call it inside a transaction. */
  suspect(): void {
    if (this.shards.length === 0) return;
    this.#save(wantLook(this.lending));
    this.#soon(LOOK_AFTER_MS);
  }

  /** When the shards want to be asked, if any. */
  deadline(now: EpochMs): EpochMs | undefined {
    if (!isLending(this.lending)) return undefined;
    this.#nextAt ??= now;
    return this.#nextAt;
  }

  /** Asks all shards when it is time, and decides whether the SKU stays split at this rate of its own. */
  async meet(now: EpochMs, ownHoldsPerSecond: number): Promise<void> {
    const deadline = this.deadline(now);
    if (deadline === undefined || deadline > now) return;
    await this.#newRound();
    if (this.#isOver(ownHoldsPerSecond))
      this.#steps.change(() =>
        this.#apply(decideRecall(this.lending, this.#book.state), "demand is low again"),
      );
  }

  #isOver(ownHoldsPerSecond: number): boolean {
    if (this.lending.escrow.phase !== "split") return false;
    const { state } = this.#book;
    // Promises beyond the shelf begin only when the shelf is empty, and a count may have found less than was lent.
    if (state.policy.kind !== "deny" || orderable(state) < 0) return true;
    const now = this.#steps.now();
    const rate = [...this.#rates.values()].reduce((sum, each) => sum + each, ownHoldsPerSecond);
    if (rate >= Math.min(MERGE_HOLDS_PER_SECOND, this.#steps.splitAt)) this.#quietSince = undefined;
    else this.#quietSince ??= now;
    return this.#quietSince !== undefined && now - this.#quietSince >= MERGE_AFTER_MS;
  }

  /** A round that all shards hear of the recall in; one that is under way serves everybody. */
  async #recallRound(): Promise<void> {
    while (this.#round && !this.#round.isRecall) await this.#round.done;
    await this.#newRound();
  }

  #newRound(): Promise<void> {
    if (this.#round) return this.#round.done;
    const isRecall = this.lending.escrow.phase !== "split";
    const done = this.#exchangeAll().finally(() => {
      this.#round = undefined;
    });
    this.#round = { isRecall, done };
    return done;
  }

  async #exchangeAll(): Promise<void> {
    const { version } = this.#book.state;
    const { looks, escrow } = this.lending;
    const answers = await Promise.all(escrow.shards.map(({ shard }) => this.#exchange(shard)));
    if (looks.wanted > looks.done && answers.every((isHeard) => isHeard))
      this.#steps.change(() => this.#save(noteLook(this.lending, looks.wanted)));
    const hasMoved = this.#book.state.version !== version || this.lending.escrow.phase === "split";
    this.#waitMs = hasMoved ? EXCHANGE_MS : Math.min(this.#waitMs * 2, EXCHANGE_QUIET_MS);
    this.#nextAt = after(this.#steps.now(), this.#waitMs);
  }

  /** Whether the shard was heard and its answer booked. */
  async #exchange(shard: number): Promise<boolean> {
    const { reach, log, change } = this.#steps;
    const stub = reach(shard);
    const book = this.lending.escrow.shards[shard - 1];
    if (!stub || !book) return false;
    let reply: ExchangeReply;
    try {
      await failpoint("stock.before-exchange");
      const request = exchangeFor(this.lending, this.#book.state, book);
      reply = await inTime(stub.exchange(request, this.#call()), EXCHANGE_LIMIT_MS);
      await failpoint("stock.after-exchange");
    } catch (error) {
      log.warn("stock.shard_unreachable", { sku: this.#book.state.sku, shard, reason: describeError(error) });
      return false;
    }
    this.#rates.set(shard, reply.holdsPerSecond);
    try {
      change(() => this.#apply(applyReply(this.lending, shard, reply), `shard ${shard}`));
      return true;
    } catch (error) {
      log.error("stock.exchange_unsound", { sku: this.#book.state.sku, shard, reason: describeError(error) });
      return false;
    }
  }

  #apply({ lending, movements }: LendingDecision, reason: string): void {
    const reference = `generation ${lending.escrow.generation}`;
    if (movements.length > 0) this.#steps.move(movements, { reason, reference, call: this.#call() });
    this.#save(lending);
    checkLending(lending, this.#book.state);
  }

  #save(lending: Lending): void {
    if (JSON.stringify(lending) !== JSON.stringify(this.lending)) this.#book.escrow.save(lending);
    this.#lending = lending;
  }

  #soon(waitMs: number): void {
    const at = after(this.#steps.now(), waitMs);
    this.#waitMs = EXCHANGE_MS;
    this.#nextAt = this.#nextAt === undefined ? at : epochMs(Math.min(this.#nextAt, at));
  }

  #call(): CallContext {
    return { traceparent: newTraceparent(), actor: "system:escrow" };
  }
}
