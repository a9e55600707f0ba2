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
  Adjustment,
  Arrangement,
  Hold,
  HoldClaim,
  HoldRequest,
  Incoming,
  JournalEntry,
  OpenStock,
  SafetyStock,
  SellingPolicy,
  StockAudit,
  StockClaim,
  StockLevel,
  StockRefusal,
  StockRpc,
  Transfer,
  TransferCommand,
} from "#inventory";
import { BaseObject, describeError, type CallContext, type Destination } from "#platform";
import { decideSafety } from "../../src/inventory/domain/adjustments.ts";
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
  HOLD_EXTENSION_SECONDS,
  INQUIRIES_AT_ONCE,
  MAX_JOURNAL_PAGE,
  MAX_REASON_CHARACTERS,
} from "../../src/inventory/domain/limits.ts";
import { decideArrangement, decidePolicy } from "../../src/inventory/domain/settings.ts";
import { inquire, type FateInquiry, type InquirySteps } from "./hold-inquiry.ts";
import { auditOf, readClaimsOf } from "./stock-audit.ts";
import { StockBook } from "./stock-book.ts";
import { applyAdjustment, applyAnnouncement, applyTransfer, holdOf, openStock } from "./stock-commands.ts";
import { STOCK_MIGRATIONS } from "./stock-store.ts";
import { StockTeller } from "./stock-teller.ts";

type Note = { readonly reason: string; readonly reference: string; readonly call: CallContext };

export type { FateInquiry };

/** Of inquiries, in one turn of the alarm; what is left waits for the next. */
const WAVES_PER_TURN = 50;

/**
 * The truth about one SKU's units: levels by location, holds and an append-only journal. Every method checks and writes
 * in one synchronous transaction, so no two requests can both take the last unit (P1). The Worker's composition root
 * gives it its queues and the way to ask an order.
 */
export abstract class StockShell<Env> extends BaseObject<Env> implements StockRpc {
  readonly #book: StockBook;
  readonly #teller: StockTeller;

  constructor(ctx: DurableObjectState, env: Env, lineOpensAt?: number) {
    super(ctx, env, { component: "stock", migrations: STOCK_MIGRATIONS, isLazy: true });
    this.#book = new StockBook(this.sql, () => this.name);
    this.#teller = new StockTeller(this.#book, lineOpensAt);
  }

  protected abstract fateOf(): FateInquiry;

  async level(): Promise<StockLevel> {
    return levelOf(this.isStored ? this.#book.state : untouched(this.name));
  }

  async setPolicy(policy: SellingPolicy, call: CallContext): Promise<StockLevel> {
    return this.#set((state) => decidePolicy(state, policy), { reason: "selling policy", call });
  }

  async arrange(arrangement: Arrangement, call: CallContext): Promise<StockLevel> {
    return this.#set((state) => decideArrangement(state, arrangement), { reason: "locations", call });
  }

  async setSafety(safety: SafetyStock, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.#change(() => {
      const decision = decideSafety(this.#book.state, safety);
      return mapOk(decision, (movements) =>
        this.#move(movements, { reason: "safety stock", reference: "", call }),
      );
    });
  }

  async adjust(adjustment: Adjustment, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.#change(() => {
      const decision = applyAdjustment(this.#book, adjustment);
      const { reason, reference = adjustment.adjustmentId } = adjustment;
      return mapOk(decision, (movements) => this.#move(movements, { reason, reference, call }));
    });
  }

  async announce(incoming: Incoming, call: CallContext): Promise<Result<StockLevel, StockRefusal>> {
    return this.#change(() => {
      const decision = applyAnnouncement(this.#book, incoming);
      const { expectedAt, reference = incoming.announcementId } = incoming;
      const note = { reason: `expected ${expectedAt}`, reference, call };
      return mapOk(decision, (movements) => this.#move(movements, note));
    });
  }

  async transfer(command: TransferCommand, call: CallContext): Promise<Result<Transfer, StockRefusal>> {
    return this.#change(() => {
      const decision = applyTransfer(this.#book, command);
      const note = { reason: command.reason, reference: command.transferId, call };
      return mapOk(decision, ({ transfer, movements }) => {
        this.#move(movements, note);
        return transfer;
      });
    });
  }

  async hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    this.#teller.asked(this.now());
    return this.#change(() => {
      const existing = this.#book.holds.find(request);
      const decision = decideHold(this.#book.state, existing, { ...request, now: this.now() });
      if (decision.ok) checkSale(this.#book.state, decision.value);
      return this.#settle(decision, existing, { reason: "checkout", call });
    });
  }

  async commit(claim: HoldClaim, call: CallContext): Promise<Result<Hold, StockRefusal>> {
    return this.#change(() => {
      const existing = this.#book.holds.find(claim);
      return this.#settle(decideCommit(this.name, existing, claim), existing, { reason: "sold", call });
    });
  }

  async release(claim: HoldClaim, call: CallContext): Promise<Result<{ released: number }, StockRefusal>> {
    return this.#release(claim, "order ended", call);
  }

  async journal(page: { before?: number; limit: number }): Promise<readonly JournalEntry[]> {
    if (!this.isStored) return [];
    const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_JOURNAL_PAGE);
    return this.#book.store.journal(page.before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  async open(): Promise<OpenStock> {
    return this.isStored ? openStock(this.#book) : { holds: [], incoming: [], transfers: [] };
  }

  async audit(page: { after?: string; limit: number }): Promise<StockAudit> {
    if (!this.isStored)
      return { level: levelOf(untouched(this.name)), violations: [], claims: [], outbox: { waiting: 0 } };
    return auditOf(this.sql, page, {
      state: () => this.#book.state,
      outbox: () => this.#teller.audit(),
      sku: this.name,
    });
  }

  async claimsOf(orderId: OrderId): Promise<readonly StockClaim[]> {
    return this.isStored ? readClaimsOf(this.sql, orderId) : [];
  }

  async retell(): Promise<void> {
    if (this.isStored) this.#change(() => this.#teller.retell());
  }

  override async acknowledge(destination: Destination, sequences: readonly number[]): Promise<void> {
    if (this.isStored && destination === "projection")
      this.#change(() => this.#teller.acknowledged(sequences));
  }

  /** Deadlines are the object's own: no row of the shared table is ever written. */
  protected override async onDue(key: string): Promise<void> {
    this.log.warn("stock.unknown_deadline", { key });
  }

  protected override ownDeadline(): EpochMs | undefined {
    if (!this.isStored) return undefined;
    try {
      const known = [this.#book.dueAt, this.#teller.deadline(this.now())].filter((at) => at !== undefined);
      return known.length === 0 ? undefined : epochMs(Math.min(...known));
    } catch (error) {
      // A violation found on waking: every command fails, and nothing is done by itself until a person has looked.
      this.log.error("stock.stopped", { sku: this.name, reason: describeError(error) });
      return undefined;
    }
  }

  protected override async onOwnDeadline(): Promise<void> {
    await this.#tell();
    for (let wave = 0; wave < WAVES_PER_TURN; wave += 1) {
      const due = this.#book.holds.overdue(this.now(), INQUIRIES_AT_ONCE);
      if (due.length === 0) break;
      await Promise.all(due.map((hold) => inquire(hold, this.#inquiry())));
    }
    this.#change(() => {
      this.#book.holds.summarise(this.now(), COMPACTION_BATCH);
      this.#book.refreshDue();
    });
  }

  #inquiry(): InquirySteps {
    return {
      sku: this.name,
      log: this.log,
      ask: this.fateOf(),
      commit: (claim, call) => this.commit(claim, call),
      release: (claim, reason, call) => this.#release(claim, reason, call),
      extend: (claim) => this.#extend(claim),
      postpone: (claim, waitMs) =>
        this.#change(() => this.#book.holds.postpone(claim, after(this.now(), waitMs))),
    };
  }

  async #tell(): Promise<void> {
    const message = this.#teller.take(this.now());
    if (!message) return;
    try {
      await this.queues()?.projection.sendBatch([{ body: message }]);
    } catch (error) {
      this.log.warn("outbox.send_failed", { destination: "projection", reason: describeError(error) });
    }
  }

  #release(claim: HoldClaim, reason: string, call: CallContext): Result<{ released: number }, StockRefusal> {
    return this.#change(() => {
      const existing = this.#book.holds.find(claim);
      const decision = decideRelease(existing, { ...claim, now: this.now() });
      const settled = this.#settle(ok(decision), existing, { reason, call });
      return mapOk(settled, (hold) => ({ released: decision.isRepeat ? 0 : hold.quantity }));
    });
  }

  #extend(claim: HoldClaim): void {
    this.#change(() => {
      const hold = this.#book.holds.find(claim);
      if (hold?.status !== "held") return;
      this.#book.holds.update(extendHold(hold, this.now(), HOLD_EXTENSION_SECONDS), this.now());
    });
  }

  /** One transaction; when it fails, what is known from memory is read again. */
  #change<T>(work: () => T): T {
    try {
      return this.transact(work);
    } catch (error) {
      this.#book.forget();
      this.#teller.forget();
      throw error;
    }
  }

  #set(
    decide: (state: StockState) => readonly Movement[],
    note: { reason: string; call: CallContext },
  ): StockLevel {
    return this.#change(() => this.#move(decide(this.#book.state), { ...note, reference: "" }));
  }

  #settle(
    decision: Result<HoldDecision, StockRefusal>,
    existing: HoldRecord | undefined,
    { reason, call }: { reason: string; call: CallContext },
  ): Result<Hold, StockRefusal> {
    if (!decision.ok) return refuse(decision.refusal);
    const { hold, movements } = decision.value;
    const note = { reason, reference: hold.orderId, actor: call.actor, occurredAt: this.now() };
    this.#book.settle(decision.value, existing, note);
    if (movements.length > 0) this.#teller.changed(note.occurredAt, call.traceparent);
    return ok(holdOf(hold));
  }

  #move(movements: readonly Movement[], { reason, reference, call }: Note): StockLevel {
    if (movements.length > 0) {
      const now = this.now();
      this.#book.move(movements, {
        reason: truncate(reason, MAX_REASON_CHARACTERS),
        reference: truncate(reference, MAX_REASON_CHARACTERS),
        actor: call.actor,
        occurredAt: now,
      });
      this.#teller.changed(now, call.traceparent);
    }
    return levelOf(this.#book.state);
  }
}
