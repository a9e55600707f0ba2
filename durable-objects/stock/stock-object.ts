import { invariant, mapOk, ok, refuse, toIso, truncate, type OrderId, type Result } from "#kernel";
import {
  STOCK_CHANGED,
  type Adjustment,
  type Hold,
  type HoldClaim,
  type HoldRequest,
  type JournalEntry,
  type OrderFate,
  type SellingPolicy,
  type StockAudit,
  type StockChanged,
  type StockClaim,
  type StockLevel,
  type StockRefusal,
  type StockRpc,
} from "#inventory";
import { BaseObject, newTraceparent, type CallContext, type EventEnvelope } from "#platform";
import {
  HOLD_EXTENSION_SECONDS,
  LEVEL_COALESCE_MS,
  MAX_JOURNAL_PAGE,
  MAX_REASON_CHARACTERS,
} from "../../src/inventory/domain/limits.ts";
import {
  available,
  decideAdjustment,
  decideCommit,
  decideHold,
  decideRelease,
  evolve,
  extendHold,
  type HoldDecision,
  type HoldRecord,
  type Movement,
} from "../../src/inventory/domain/stock.ts";
import { parsePolicy } from "../../src/inventory/domain/policy.ts";
import { findViolations, readClaims, readClaimsOf } from "./stock-audit.ts";
import {
  claimKey,
  claimOf,
  STOCK_MIGRATIONS,
  StockStore,
  untouchedLevel,
  type StoredLevel,
} from "./stock-store.ts";

/** Asks an order object what became of it; throws when it cannot be reached. */
export type FateInquiry = (claim: HoldClaim) => Promise<OrderFate>;

const HOLD_KEY = "hold:";

/**
 * The truth about one SKU's units: level, holds and an append-only journal. Every method checks and writes in one
 * synchronous transaction, so no two requests can both take the last unit (P1). The Worker's composition root gives it
 * its queues and the way to ask an order.
 */
export abstract class StockShell<Env> extends BaseObject<Env> implements StockRpc {
  readonly #store: StockStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "stock", migrations: STOCK_MIGRATIONS, isLazy: true });
    this.#store = new StockStore(this.sql);
  }

  protected abstract fateOf(): FateInquiry;

  async level(): Promise<StockLevel> {
    return this.#view(this.isStored ? this.#store.level(this.name) : untouchedLevel(this.name));
  }

  async setPolicy(policy: SellingPolicy, call: CallContext): Promise<StockLevel> {
    const parsed = parsePolicy(policy);
    return this.transact(() => {
      const level = this.#store.level(this.name);
      invariant(parsed, "a selling policy is parsed before it is sent");
      if (JSON.stringify(parsed) === JSON.stringify(level.policy)) return this.#view(level);
      const next: StoredLevel = { ...level, policy: parsed, version: level.version + 1 };
      this.#store.saveLevel(next);
      this.#announce(next, call);
      return this.#view(next);
    });
  }

  async adjust(adjustment: Adjustment, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.transact(() => {
      const level = this.#store.level(this.name);
      if (this.#store.wasAdjusted(adjustment.adjustmentId)) return ok(this.#view(level));
      const decision = decideAdjustment(level, adjustment);
      if (!decision.ok) return decision;
      this.#store.rememberAdjustment(adjustment.adjustmentId, this.now());
      const next = this.#move(level, decision.value, {
        reason: adjustment.reason,
        reference: adjustment.reference ?? adjustment.adjustmentId,
        call,
      });
      return ok(this.#view(next));
    });
  }

  async hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    return this.transact(() => {
      const level = this.#store.level(this.name);
      const decision = decideHold(level, this.#store.hold(request), { ...request, now: this.now() });
      return this.#settle(level, decision, { reason: "checkout", call });
    });
  }

  async commit(claim: HoldClaim, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    return this.transact(() => {
      const level = this.#store.level(this.name);
      const decision = decideCommit(this.name, this.#store.hold(claim), claim);
      return this.#settle(level, decision, { reason: "sold", call });
    });
  }

  async release(claim: HoldClaim, call: CallContext): Promise<Result<{ released: number }, StockRefusal>> {
    return this.#release(claim, "order ended", call);
  }

  async journal(page: { before?: number; limit: number }): Promise<readonly JournalEntry[]> {
    if (!this.isStored) return [];
    const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_JOURNAL_PAGE);
    return this.#store.journal(page.before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  async audit(page: { after?: string; limit: number }): Promise<StockAudit> {
    const level = await this.level();
    if (!this.isStored) return { level, violations: [], claims: [], outbox: { waiting: 0 } };
    return {
      level,
      violations: findViolations(this.sql),
      ...readClaims(this.sql, page),
      outbox: this.outbox.audit(),
    };
  }

  async claimsOf(orderId: OrderId): Promise<readonly StockClaim[]> {
    return this.isStored ? readClaimsOf(this.sql, orderId) : [];
  }

  /** A hold has passed its deadline: ask before a unit is freed, because its payment may just have succeeded. */
  protected override async onDue(key: string): Promise<void> {
    const claim = claimOf(key.slice(HOLD_KEY.length));
    if (!key.startsWith(HOLD_KEY) || this.#store.hold(claim)?.status !== "held") return;
    const call: CallContext = { traceparent: newTraceparent(), actor: "system:hold-inquiry" };
    const fate = await this.fateOf()(claim);
    if (fate === "committing") await this.commit(claim, call);
    else if (fate === "live") this.#extend(claim);
    else {
      if (fate === "unknown") this.log.error("stock.hold_without_order", { sku: this.name, ...claim });
      this.#release(claim, fate === "cancelled" ? "order cancelled" : "no such order", call);
    }
  }

  #release(claim: HoldClaim, reason: string, call: CallContext): Result<{ released: number }, StockRefusal> {
    return this.transact(() => {
      const level = this.#store.level(this.name);
      const existing = this.#store.hold(claim);
      const decision = decideRelease(existing, { ...claim, now: this.now() });
      const settled = this.#settle(level, ok(decision), { reason, call });
      return mapOk(settled, (hold) => ({ released: decision.movement ? hold.quantity : 0 }));
    });
  }

  #extend(claim: HoldClaim): void {
    this.transact(() => {
      const hold = this.#store.hold(claim);
      if (hold?.status !== "held") return;
      this.#saveHold(extendHold(hold, this.now(), HOLD_EXTENSION_SECONDS));
    });
  }

  #settle(
    level: StoredLevel,
    decision: Result<HoldDecision, StockRefusal>,
    note: { reason: string; call: CallContext },
  ): Result<Hold, StockRefusal> {
    if (!decision.ok) return refuse(decision.refusal);
    const { hold, movement } = decision.value;
    if (movement || hold.quantity === 0) this.#saveHold(hold);
    if (movement) this.#move(level, movement, { ...note, reference: hold.orderId });
    return ok({
      orderId: hold.orderId,
      part: hold.part,
      quantity: hold.quantity,
      status: hold.status,
      expiresAt: hold.expiresAt,
      backordered: hold.backordered,
    });
  }

  #saveHold(hold: HoldRecord): void {
    this.#store.saveHold(hold);
    if (hold.status === "held") this.due.set(HOLD_KEY + claimKey(hold), hold.expiresAt);
    else this.due.clear(HOLD_KEY + claimKey(hold));
  }

  #move(
    level: StoredLevel,
    movement: Movement,
    note: { reason: string; reference: string; call: CallContext },
  ): StoredLevel {
    const next: StoredLevel = { ...evolve(level, movement), journalSequence: level.journalSequence + 1 };
    this.#store.saveLevel(next);
    this.#store.append(next, movement, {
      reason: truncate(note.reason, MAX_REASON_CHARACTERS),
      reference: truncate(note.reference, MAX_REASON_CHARACTERS),
      actor: note.call.actor,
      occurredAt: this.now(),
    });
    this.#announce(next, note.call);
    return next;
  }

  /** The newest level replaces one that still waits: consumers want the state, not its history. */
  #announce(level: StoredLevel, call: CallContext): void {
    const event: EventEnvelope<typeof STOCK_CHANGED, StockChanged> = {
      id: `stock:${level.sku}:${level.version}`,
      type: STOCK_CHANGED,
      aggregate: { kind: "stock", id: level.sku },
      sequence: level.version,
      occurredAt: toIso(this.now()),
      version: 1,
      data: {
        sku: level.sku,
        onHand: level.onHand,
        held: level.held,
        available: available(level),
        policy: level.policy,
      },
      traceparent: call.traceparent,
    };
    this.emitLatest(["projection"], event, LEVEL_COALESCE_MS);
  }

  #view(level: StoredLevel): StockLevel {
    return {
      sku: level.sku,
      onHand: level.onHand,
      held: level.held,
      available: available(level),
      policy: level.policy,
      version: level.version,
    };
  }
}
