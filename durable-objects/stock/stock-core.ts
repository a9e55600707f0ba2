import {
  after,
  epochMs,
  mapOk,
  ok,
  refuse,
  truncate,
  type EpochMs,
  type OrderId,
  type Result,
} from "#kernel";
import type {
  Hold,
  HoldClaim,
  HoldRequest,
  JournalEntry,
  StockAudit,
  StockClaim,
  StockLevel,
  StockRefusal,
} from "#inventory";
import { BaseObject, describeError, type CallContext, type OutboxAudit } from "#platform";
import { countDemand, demandPerSecond, type Demand } from "../../src/inventory/domain/demand.ts";
import {
  checkSale,
  decideCommit,
  decideHold,
  decideRelease,
  extendHold,
  type HoldDecision,
  type HoldRecord,
} from "../../src/inventory/domain/holds.ts";
import { levelOf, untouched, type Movement, type StockState } from "../../src/inventory/domain/level.ts";
import {
  COMPACTION_BATCH,
  INQUIRIES_AT_ONCE,
  MAX_JOURNAL_PAGE,
  MAX_REASON_CHARACTERS,
} from "../../src/inventory/domain/limits.ts";
import { inquire, type FateInquiry, type InquirySteps } from "./hold-inquiry.ts";
import { auditOf, readClaimsOf } from "./stock-audit.ts";
import { StockBook } from "./stock-book.ts";
import { holdOf } from "./stock-commands.ts";
import { STOCK_MIGRATIONS } from "./stock-store.ts";

/** Why a movement is made, and for whom. */
export type Note = { readonly reason: string; readonly reference: string; readonly call: CallContext };

/** Of inquiries, in one turn of the alarm; what is left waits for the next. */
const WAVES_PER_TURN = 50;

/**
 * What every object that sells units of a SKU shares: the level with its journal, and the holds on it. Every method
 * checks and writes in one synchronous transaction, so no two requests can both take the last unit (P1).
 */
export abstract class StockCore<Env> extends BaseObject<Env> {
  protected readonly book: StockBook;
  // Measured demand, in memory only: a restart measures anew.
  #demand: Demand | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "stock", migrations: STOCK_MIGRATIONS, isLazy: true });
    this.book = new StockBook(this.sql, () => this.sku);
  }

  /** The SKU code whose units these are. */
  protected abstract get sku(): string;

  protected abstract fateOf(): FateInquiry;

  /** The level has changed, in the transaction that is open. */
  protected abstract changed(now: EpochMs, traceparent: string): void;

  /** A transaction was rolled back: what is known from memory is read again. */
  protected abstract forget(): void;

  /** Deadlines beside those of the holds. */
  protected abstract deadlines(now: EpochMs): readonly EpochMs[];

  /** The work of those deadlines, as far as they have passed. */
  protected abstract meet(now: EpochMs): Promise<void>;

  protected abstract outboxAudit(): OutboxAudit;

  async hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    return this.takeHold(request, call);
  }

  async commit(claim: HoldClaim, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    return this.change(() => {
      const existing = this.book.holds.find(claim);
      return this.settle(decideCommit(this.sku, existing, claim), existing, { reason: "sold", call });
    });
  }

  async release(claim: HoldClaim, call: CallContext): Promise<Result<{ released: number }, StockRefusal>> {
    return this.#release(claim, "order ended", call);
  }

  async journal(page: { before?: number; limit: number }): Promise<readonly JournalEntry[]> {
    if (!this.isStored) return [];
    const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_JOURNAL_PAGE);
    return this.book.store.journal(page.before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  async audit(page: { after?: string; limit: number }): Promise<StockAudit> {
    if (!this.isStored)
      return { level: this.show(this.state), violations: [], claims: [], outbox: { waiting: 0 } };
    return auditOf(this.sql, page, {
      state: () => this.state,
      show: (state) => this.show(state),
      outbox: () => this.outboxAudit(),
      sku: this.sku,
    });
  }

  async claimsOf(orderId: OrderId): Promise<readonly StockClaim[]> {
    return this.isStored ? readClaimsOf(this.sql, orderId) : [];
  }

  /** The level as others see it. */
  protected show(state: StockState): StockLevel {
    return levelOf(state);
  }

  /** The level as it is counted; nothing for a SKU that nobody has touched, and nothing is stored by asking. */
  protected get state(): StockState {
    return this.isStored ? this.book.state : untouched(this.sku);
  }

  /** Holds that were asked for lately, per second. */
  protected get holdsPerSecond(): number {
    return demandPerSecond(this.#demand, this.now());
  }

  /** Counts a hold that is asked for. */
  protected countDemand(): void {
    this.#demand = countDemand(this.#demand, this.now());
  }

  protected takeHold(request: HoldRequest, call: CallContext): Result<Hold, StockRefusal> {
    return this.change(() => {
      const { decision, existing } = this.judge(request);
      return this.settle(decision, existing, { reason: "checkout", call });
    });
  }

  /** Decides a hold by what is stored now; true only until somebody else writes. */
  protected judge(request: HoldRequest): {
    readonly decision: Result<HoldDecision, StockRefusal>;
    readonly existing: HoldRecord | undefined;
  } {
    const existing = this.book.holds.find(request);
    const decision = decideHold(this.book.state, existing, { ...request, now: this.now() });
    if (decision.ok) checkSale(this.book.state, decision.value);
    return { decision, existing };
  }

  /** Deadlines are the object's own: no row of the shared table is ever written. */
  protected override async onDue(key: string): Promise<void> {
    this.log.warn("stock.unknown_deadline", { key });
  }

  protected override ownDeadline(): EpochMs | undefined {
    if (!this.isStored) return undefined;
    try {
      const known = [this.book.dueAt, ...this.deadlines(this.now())].filter((at) => at !== undefined);
      return known.length === 0 ? undefined : epochMs(Math.min(...known));
    } catch (error) {
      // A violation found on waking: every command fails, and nothing is done by itself until a person has looked.
      this.log.error("stock.stopped", { sku: this.name, reason: describeError(error) });
      return undefined;
    }
  }

  protected override async onOwnDeadline(): Promise<void> {
    await this.meet(this.now());
    for (let wave = 0; wave < WAVES_PER_TURN; wave += 1) {
      const due = this.book.holds.overdue(this.now(), INQUIRIES_AT_ONCE);
      if (due.length === 0) break;
      await Promise.all(due.map((hold) => inquire(hold, this.#inquiry())));
    }
    this.change(() => {
      this.book.holds.summarise(this.now(), COMPACTION_BATCH);
      this.book.refreshDue();
    });
  }

  #inquiry(): InquirySteps {
    return {
      sku: this.name,
      log: this.log,
      ask: this.fateOf(),
      commit: (claim, call) => this.commit(claim, call),
      release: (claim, reason, call) => this.#release(claim, reason, call),
      extend: (claim, waitMs) => this.#extend(claim, waitMs),
      postpone: (claim, waitMs) =>
        this.change(() => this.book.holds.postpone(claim, after(this.now(), waitMs))),
    };
  }

  #release(claim: HoldClaim, reason: string, call: CallContext): Result<{ released: number }, StockRefusal> {
    return this.change(() => {
      const existing = this.book.holds.find(claim);
      const decision = decideRelease(existing, { ...claim, now: this.now() });
      const settled = this.settle(ok(decision), existing, { reason, call });
      return mapOk(settled, (hold) => ({ released: decision.isRepeat ? 0 : hold.quantity }));
    });
  }

  #extend(claim: HoldClaim, waitMs: number): void {
    this.change(() => {
      const hold = this.book.holds.find(claim);
      if (hold?.status !== "held") return;
      this.book.holds.update(extendHold(hold, this.now(), waitMs), this.now());
    });
  }

  /** One transaction; when it fails, what is known from memory is read again. */
  protected change<T>(work: () => T): T {
    try {
      return this.transact(work);
    } catch (error) {
      this.book.forget();
      this.forget();
      throw error;
    }
  }

  /** Stores a decided claim. Call it inside {@link change}. */
  protected settle(
    decision: Result<HoldDecision, StockRefusal>,
    existing: HoldRecord | undefined,
    { reason, call }: { reason: string; call: CallContext },
  ): Result<Hold, StockRefusal> {
    if (!decision.ok) return refuse(decision.refusal);
    const { hold, movements } = decision.value;
    const note = { reason, reference: hold.orderId, actor: call.actor, occurredAt: this.now() };
    this.book.settle(decision.value, existing, note);
    if (movements.length > 0) this.changed(note.occurredAt, call.traceparent);
    return ok(holdOf(hold));
  }

  /** Writes movements and answers with the level. Call it inside {@link change}. */
  protected move(movements: readonly Movement[], { reason, reference, call }: Note): StockLevel {
    if (movements.length > 0) {
      const now = this.now();
      this.book.move(movements, {
        reason: truncate(reason, MAX_REASON_CHARACTERS),
        reference: truncate(reference, MAX_REASON_CHARACTERS),
        actor: call.actor,
        occurredAt: now,
      });
      this.changed(now, call.traceparent);
    }
    return this.show(this.book.state);
  }
}
