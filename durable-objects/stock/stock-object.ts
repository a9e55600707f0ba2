import { mapOk, ok, refuse, type EpochMs, type OrderId, type Page, type Result } from "#kernel";
import type {
  Adjustment,
  Arrangement,
  Hold,
  HoldClaim,
  HoldPage,
  HoldRequest,
  Incoming,
  OpenStock,
  SafetyStock,
  SellingPolicy,
  StockAudit,
  StockClaim,
  StockLevel,
  StockRefusal,
  StockRpc,
  StockShardRpc,
  Transfer,
  TransferCommand,
} from "#inventory";
import { describeError, type CallContext, type Destination, type OutboxAudit } from "#platform";
import { decideSafety } from "../../src/inventory/domain/adjustments.ts";
import { SPLIT_HOLDS_PER_SECOND } from "../../src/inventory/domain/escrow-limits.ts";
import type { Movement, StockState } from "../../src/inventory/domain/level.ts";
import { decideArrangement, decidePolicy } from "../../src/inventory/domain/settings.ts";
import type { FateInquiry } from "./hold-inquiry.ts";
import {
  applyAdjustment,
  applyAnnouncement,
  applyTransfer,
  openStock,
  pageOfHolds,
} from "./stock-commands.ts";
import { StockCore } from "./stock-core.ts";
import { auditShards, claimsAtShards } from "./stock-family.ts";
import { StockLender } from "./stock-lender.ts";
import { StockTeller } from "./stock-teller.ts";

export type { FateInquiry };

/** Holds per second from which something changes; what is absent is as in the limits. */
export type StockThresholds = {
  /** Buyers are served by turn. */
  readonly lineOpensAt?: number;
  /** Units are lent to shards. */
  readonly splitAt?: number;
};

/**
 * The truth about one SKU's units: levels by location, holds and an append-only journal. When demand is high it lends
 * free units to shards, and stays the truth about where each unit is. The Worker's composition root gives it its queues,
 * its shards and the way to ask an order.
 */
export abstract class StockShell<Env> extends StockCore<Env> implements StockRpc {
  readonly #teller: StockTeller;
  readonly #lender: StockLender;

  constructor(ctx: DurableObjectState, env: Env, { lineOpensAt, splitAt }: StockThresholds = {}) {
    super(ctx, env);
    this.#teller = new StockTeller(this.book, () => this.show(this.book.state), lineOpensAt);
    this.#lender = new StockLender(this.book, {
      log: this.log,
      now: () => this.now(),
      isStored: () => this.isStored,
      splitAt: splitAt ?? SPLIT_HOLDS_PER_SECOND,
      reach: (shard) => this.shard(shard),
      change: (work) => this.change(work),
      move: (movements, note) => this.move(movements, note),
    });
  }

  /** A shard of this SKU; `undefined` in a deployment that has none, where nothing is ever lent. */
  protected shard(_shard: number): StockShardRpc | undefined {
    return undefined;
  }

  protected override get sku(): string {
    return this.name;
  }

  async level(): Promise<StockLevel> {
    return this.show(this.state);
  }

  async setPolicy(
    policy: SellingPolicy,
    call: CallContext,
    when: "always" | "untouched" = "always",
  ): Promise<StockLevel> {
    return this.#set((state) => decidePolicy(state, policy, when), { reason: "selling policy", call });
  }

  async arrange(arrangement: Arrangement, call: CallContext): Promise<StockLevel> {
    return this.#set((state) => decideArrangement(state, arrangement), { reason: "locations", call });
  }

  async setSafety(safety: SafetyStock, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.change(() => {
      const decision = decideSafety(this.book.state, safety);
      return mapOk(decision, (movements) =>
        this.move(movements, { reason: "safety stock", reference: "", call }),
      );
    });
  }

  async adjust(adjustment: Adjustment, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.change(() => {
      const decision = applyAdjustment(this.book, adjustment);
      const { reason, reference = adjustment.adjustmentId } = adjustment;
      return mapOk(decision, (movements) => this.move(movements, { reason, reference, call }));
    });
  }

  async announce(incoming: Incoming, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.change(() => {
      const decision = applyAnnouncement(this.book, incoming);
      const { expectedAt, reference = incoming.announcementId } = incoming;
      const note = { reason: `expected ${expectedAt}`, reference, call };
      return mapOk(decision, (movements) => this.move(movements, note));
    });
  }

  async transfer(command: TransferCommand, call: CallContext): Promise<Result<Transfer, StockRefusal>> {
    return this.change(() => {
      const decision = applyTransfer(this.book, command);
      const note = { reason: command.reason, reference: command.transferId, call };
      return mapOk(decision, ({ transfer, movements }) => {
        this.move(movements, note);
        return transfer;
      });
    });
  }

  /** Waits only when it has too few units while shards may have some. */
  override async hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    this.countDemand();
    const rate = this.holdsPerSecond;
    this.#teller.asked(rate, this.now());
    const answer = this.takeHold(request, call);
    if (answer.ok) this.#lender.consider(rate);
    else if (answer.refusal.code === "insufficient_stock" && (await this.#lender.bringHome()))
      return this.takeHold(request, call);
    return answer;
  }

  override async release(
    claim: HoldClaim,
    call: CallContext,
  ): Promise<Result<{ released: number }, StockRefusal>> {
    const isKnown = !this.isStored || this.book.holds.find(claim)?.quantity;
    // Both are written in one turn, before anything is answered.
    const answer = super.release(claim, call);
    if (!isKnown) this.change(() => this.#lender.suspect());
    return answer;
  }

  async open(): Promise<OpenStock> {
    return this.isStored ? openStock(this.book) : { holds: [], incoming: [], transfers: [] };
  }

  async holds(page: HoldPage): Promise<Result<Page<Hold>, { readonly code: "invalid_cursor" }>> {
    const shown = this.isStored ? pageOfHolds(this.book, page) : { items: [] };
    return shown ? ok(shown) : refuse({ code: "invalid_cursor" });
  }

  /** The shards' own proofs stand in the first page; their claims are looked at by themselves, at their deadlines. */
  override async audit(page: { after?: string; limit: number }): Promise<StockAudit> {
    const audit = await super.audit(page);
    if (page.after !== undefined && page.after !== "") return audit;
    return { ...audit, violations: [...audit.violations, ...(await auditShards(this.#family()))] };
  }

  /** Wherever they are: a placement is held by one shard or here, with tombstones where it was turned away before. */
  override async claimsOf(orderId: OrderId): Promise<readonly StockClaim[]> {
    return claimsAtShards(await super.claimsOf(orderId), orderId, this.#family());
  }

  async retell(): Promise<void> {
    if (this.isStored) this.change(() => this.#teller.retell());
  }

  override async acknowledge(destination: Destination, sequences: readonly number[]): Promise<void> {
    if (this.isStored && destination === "projection")
      this.change(() => this.#teller.acknowledged(sequences));
  }

  protected override show(state: StockState): StockLevel {
    const { escrow, selling } = this.#lender.lending;
    const level = super.show(state);
    return escrow.generation === 0 ? level : { ...level, shards: selling };
  }

  /** Every shard that has ever had units. */
  #family(): readonly StockShardRpc[] {
    return this.#lender.shards.flatMap((shard) => this.shard(shard) ?? []);
  }

  protected override changed(now: EpochMs, traceparent: string): void {
    this.#teller.changed(now, traceparent);
  }

  protected override forget(): void {
    this.#teller.forget();
    this.#lender.forget();
  }

  protected override deadlines(now: EpochMs): readonly EpochMs[] {
    return [this.#teller.deadline(now), this.#lender.deadline(now)].filter((at) => at !== undefined);
  }

  protected override async meet(now: EpochMs): Promise<void> {
    await this.#tell(now);
    await this.#lender.meet(now, this.holdsPerSecond);
  }

  protected override outboxAudit(): OutboxAudit {
    return this.#teller.audit();
  }

  async #tell(now: EpochMs): Promise<void> {
    const message = this.#teller.take(now);
    if (!message) return;
    try {
      await this.queues()?.projection.sendBatch([{ body: message }]);
    } catch (error) {
      this.log.warn("outbox.send_failed", { destination: "projection", reason: describeError(error) });
    }
  }

  #set(
    decide: (state: StockState) => readonly Movement[],
    note: { reason: string; call: CallContext },
  ): StockLevel {
    return this.change(() => this.move(decide(this.book.state), { ...note, reference: "" }));
  }
}
