import { invariant, ok, refuse, toIso, truncate, type OrderId, type Result } from "#kernel";
import { BaseObject, inquiryWaitMs, newTraceparent, type CallContext, type EventEnvelope } from "#platform";
import {
  VOUCHER_CHANGED,
  type VoucherAdjustment,
  type VoucherAudit,
  type VoucherClaim,
  type VoucherFateAnswer,
  type VoucherHold,
  type VoucherHoldRequest,
  type VoucherJournalEntry,
  type VoucherRefusal,
  type VoucherRpc,
  type VoucherTerms,
  type VoucherView,
} from "#vouchers";
import { cleanCustomer } from "../../src/vouchers/domain/codes.ts";
import {
  MAX_JOURNAL_PAGE,
  MAX_NOTE_CHARACTERS,
  STATE_COALESCE_MS,
} from "../../src/vouchers/domain/limits.ts";
import { editedTerms, fitsVoucherId, mistakesOfTerms } from "../../src/vouchers/domain/terms.ts";
import {
  decideAdjustment,
  decideCommit,
  decideGiveBack,
  decideHold,
  decideRelease,
  editMovement,
  evolveVoucher,
  extendClaim,
  issueMovement,
  type ClaimDecision,
  type ClaimRecord,
  type VoucherMovement,
} from "../../src/vouchers/domain/voucher.ts";
import { findViolations, readClaimPage } from "./voucher-audit.ts";
import { claimKey, claimOf, VOUCHER_MIGRATIONS, VoucherStore, type StoredVoucher } from "./voucher-store.ts";

/** Asks an order object what became of it; throws when it cannot be reached. */
export type FateInquiry = (claim: VoucherClaim) => Promise<VoucherFateAnswer>;

type Note = { readonly reason: string; readonly reference: string; readonly call: CallContext };

const HOLD_KEY = "hold:";

/**
 * The truth about one coupon, gift card or credit: terms, uses, money, claims and an append-only journal. Every method
 * checks and writes in one synchronous transaction, so no two orders can both take the last use. The Worker's
 * composition root gives it its queues and the way to ask an order.
 */
export abstract class VoucherShell<Env> extends BaseObject<Env> implements VoucherRpc {
  readonly #store: VoucherStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "voucher", migrations: VOUCHER_MIGRATIONS, isLazy: true });
    this.#store = new VoucherStore(this.sql);
  }

  protected abstract fateOf(): FateInquiry;

  async view(): Promise<VoucherView | undefined> {
    const voucher = this.#read();
    return voucher && viewOf(voucher);
  }

  async issue(
    input: { terms: VoucherTerms; opening?: VoucherAdjustment; reason: string },
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>> {
    const { terms, opening, reason } = input;
    invariant(mistakesOfTerms(terms).length === 0, "the terms of a voucher are checked before they are sent");
    invariant(fitsVoucherId(terms, this.name), "the terms belong to the voucher that is issued");
    return this.transact(() => {
      const existing = this.#store.load(this.name);
      if (existing) {
        const isRepeat = JSON.stringify(existing.terms) === JSON.stringify(terms);
        return isRepeat ? ok(viewOf(existing)) : refuse({ code: "voucher_exists" as const });
      }
      const blank = this.#blank(terms);
      const decision = opening ? decideAdjustment(blank, opening, "issued") : ok(issueMovement);
      if (!decision.ok) return decision;
      if (opening) this.#store.rememberAdjustment(opening.adjustmentId, this.now());
      const reference = opening?.adjustmentId ?? this.name;
      return ok(viewOf(this.#move(blank, decision.value, { reason, reference, call })));
    });
  }

  async edit(
    input: { terms: VoucherTerms; expectedVersion?: number; reason: string },
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>> {
    invariant(
      mistakesOfTerms(input.terms).length === 0,
      "the terms of a voucher are checked before they are sent",
    );
    return this.#change((voucher) => {
      const terms = editedTerms(voucher.terms, input.terms);
      invariant(terms, "an edit keeps what names the voucher and what its money is counted in");
      if (JSON.stringify(terms) === JSON.stringify(voucher.terms)) return ok(viewOf(voucher));
      if (input.expectedVersion !== undefined && input.expectedVersion !== voucher.version)
        return refuse({ code: "version_conflict" as const, version: voucher.version });
      const note = { reason: input.reason, reference: this.name, call };
      return ok(viewOf(this.#move({ ...voucher, terms }, editMovement, note)));
    });
  }

  async adjust(
    adjustment: VoucherAdjustment,
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>> {
    return this.#change((voucher) => {
      if (this.#store.wasAdjusted(adjustment.adjustmentId)) return ok(viewOf(voucher));
      const decision = decideAdjustment(voucher, adjustment);
      if (!decision.ok) return decision;
      this.#store.rememberAdjustment(adjustment.adjustmentId, this.now());
      const note = { reason: adjustment.reason, reference: adjustment.adjustmentId, call };
      return ok(viewOf(this.#move(voucher, decision.value, note)));
    });
  }

  async hold(request: VoucherHoldRequest, call: CallContext): Promise<Result<VoucherHold, VoucherRefusal>> {
    // A guess at a code must not leave tables behind: an object that nobody has issued stores nothing.
    if (!this.isStored) return refuse({ code: "voucher_unknown" });
    return this.transact(() => {
      const voucher = this.#store.load(this.name);
      const facts = {
        existing: this.#store.claim(request),
        customerClaims: this.#store.customerClaims(cleanCustomer(request.customer)),
        now: this.now(),
      };
      return this.#settle(voucher, decideHold(voucher, facts, request), { reason: "checkout", call });
    });
  }

  async commit(claim: VoucherClaim, call: CallContext): Promise<Result<VoucherHold, VoucherRefusal>> {
    if (!this.isStored) return refuse({ code: "hold_unknown", orderId: claim.orderId });
    return this.transact(() => {
      const voucher = this.#store.load(this.name);
      const decision = decideCommit(voucher, this.#store.claim(claim), claim);
      return this.#settle(voucher, decision, { reason: "order paid", call });
    });
  }

  async release(claim: VoucherClaim, call: CallContext): Promise<void> {
    this.#release(claim, "order ended", call);
  }

  async giveBack(
    refund: { orderId: OrderId; refundId: string; amountMinor: number },
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>> {
    return this.#change((voucher) => {
      // A use that was spent stays spent: a refund gives money back, not a new reduction.
      if (voucher.terms.kind === "coupon" || this.#store.wasGivenBack(refund)) return ok(viewOf(voucher));
      const money = this.#store.orderMoney(refund.orderId);
      const decision = decideGiveBack(voucher, money, refund.amountMinor);
      if (!decision.ok) return decision;
      this.#store.rememberGiveBack(refund, this.now());
      const note = { reason: `refund ${refund.refundId}`, reference: refund.orderId, call };
      return ok(viewOf(this.#move(voucher, decision.value, note)));
    });
  }

  async journal(page: { before?: number; limit: number }): Promise<readonly VoucherJournalEntry[]> {
    if (!this.isStored) return [];
    const limit = Math.min(Math.max(1, Math.trunc(page.limit)), MAX_JOURNAL_PAGE);
    return this.#store.journal(page.before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  async audit(page: { after?: string; limit: number }): Promise<VoucherAudit | undefined> {
    const voucher = this.#read();
    if (!voucher) return undefined;
    return {
      view: viewOf(voucher),
      violations: findViolations(this.sql, voucher.terms.kind),
      ...readClaimPage(this.sql, page),
      outbox: this.outbox.audit(),
    };
  }

  /** A hold has passed its deadline: ask before anything is freed, because its payment may just have succeeded. */
  protected override async onDue(key: string): Promise<void> {
    const claim = claimOf(key.slice(HOLD_KEY.length));
    if (!key.startsWith(HOLD_KEY) || this.#store.claim(claim)?.status !== "held") return;
    const call: CallContext = { traceparent: newTraceparent(), actor: "system:hold-inquiry" };
    const { fate, quietForMs } = await this.fateOf()(claim);
    if (fate === "committing") await this.commit(claim, call);
    else if (fate === "live") this.#extend(claim, inquiryWaitMs(quietForMs));
    else {
      if (fate === "unknown") this.log.error("voucher.hold_without_order", { orderId: claim.orderId });
      this.#release(claim, fate === "cancelled" ? "order cancelled" : "no such order", call);
    }
  }

  #read(): StoredVoucher | undefined {
    return this.isStored ? this.#store.load(this.name) : undefined;
  }

  #blank(terms: VoucherTerms): StoredVoucher {
    const numbers = { usedCount: 0, held: 0, balanceMinor: 0, version: 0, journalSequence: 0 };
    return { voucherId: this.name, terms, ...numbers, updatedAt: this.now() };
  }

  /** Changes a voucher that was issued; `voucher_unknown`, without a trace, for one that was not. */
  #change(
    decide: (voucher: StoredVoucher) => Result<VoucherView, VoucherRefusal>,
  ): Result<VoucherView, VoucherRefusal> {
    if (!this.isStored) return refuse({ code: "voucher_unknown" });
    return this.transact(() => {
      const voucher = this.#store.load(this.name);
      return voucher ? decide(voucher) : refuse({ code: "voucher_unknown" as const });
    });
  }

  #release(claim: VoucherClaim, reason: string, call: CallContext): void {
    this.transact(() => {
      const voucher = this.#store.load(this.name);
      const { givenBackMinor } = this.#store.orderMoney(claim.orderId);
      const existing = this.#store.claim(claim);
      const decision = decideRelease(voucher, existing, { ...claim, now: this.now(), givenBackMinor });
      if (!existing) this.#saveClaim(decision.claim);
      this.#settle(voucher, ok(decision), { reason, call });
    });
  }

  #extend(claim: VoucherClaim, waitMs: number): void {
    this.transact(() => {
      const record = this.#store.claim(claim);
      if (record?.status !== "held") return;
      this.#saveClaim(extendClaim(record, this.now(), waitMs));
    });
  }

  #settle(
    voucher: StoredVoucher | undefined,
    decision: Result<ClaimDecision, VoucherRefusal>,
    note: { reason: string; call: CallContext },
  ): Result<VoucherHold, VoucherRefusal> {
    if (!decision.ok) return refuse(decision.refusal);
    const { claim, movement } = decision.value;
    if (movement && voucher) {
      this.#saveClaim(claim);
      this.#move(voucher, movement, { ...note, reference: claim.orderId });
    }
    const { orderId, part, amountMinor, status, expiresAt } = claim;
    return ok({ orderId, part, amountMinor, status, expiresAt });
  }

  #saveClaim(claim: ClaimRecord): void {
    this.#store.saveClaim(claim);
    if (claim.status === "held") this.due.set(HOLD_KEY + claimKey(claim), claim.expiresAt);
    else this.due.clear(HOLD_KEY + claimKey(claim));
  }

  #move(voucher: StoredVoucher, movement: VoucherMovement, note: Note): StoredVoucher {
    const next: StoredVoucher = {
      ...voucher,
      ...evolveVoucher(voucher, movement),
      journalSequence: voucher.journalSequence + 1,
      updatedAt: this.now(),
    };
    this.#store.save(next);
    this.#store.append(next, movement, {
      reason: truncate(note.reason, MAX_NOTE_CHARACTERS),
      reference: truncate(note.reference, MAX_NOTE_CHARACTERS),
      actor: note.call.actor,
      occurredAt: this.now(),
    });
    this.#announce(next, note.call);
    return next;
  }

  /** The newest state replaces one that still waits: consumers want the state, not its history. */
  #announce(voucher: StoredVoucher, call: CallContext): void {
    const event: EventEnvelope<typeof VOUCHER_CHANGED, VoucherView> = {
      id: `voucher:${voucher.voucherId}:${voucher.version}`,
      type: VOUCHER_CHANGED,
      aggregate: { kind: "voucher", id: voucher.voucherId },
      sequence: voucher.version,
      occurredAt: toIso(this.now()),
      version: 1,
      data: viewOf(voucher),
      traceparent: call.traceparent,
    };
    this.emitLatest(["projection"], event, STATE_COALESCE_MS);
  }
}

function viewOf(voucher: StoredVoucher): VoucherView {
  const { voucherId, terms, usedCount, held, balanceMinor, version, updatedAt } = voucher;
  return { voucherId, terms, usedCount, held, balanceMinor, version, updatedAt };
}
