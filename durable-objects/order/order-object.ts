import { after, ok, refuse, type EpochMs, type RefusalShape, type Result } from "#kernel";
import type {
  EditPreview,
  EditRequest,
  HoldFateAnswer,
  LedgerEntry,
  OrderAnswer,
  OrderAudit,
  OrderEventPage,
  OrderFateAnswer,
  OrderPorts,
  OrderRefusal,
  OrderRpc,
  PlacedReply,
  PlacementRefusal,
  PlaceOrder,
} from "#orders";
import { equalConstantTime, newTraceparent, within, type CallContext } from "#platform";
import { isOutcomeOpen, type OrderCommand } from "../../src/orders/domain/commands.ts";
import { decide, decidePlace } from "../../src/orders/domain/decide.ts";
import { decideInTurn } from "../../src/orders/domain/joined-steps.ts";
import type { OrderEvent } from "../../src/orders/domain/events.ts";
import {
  CART_PATIENCE_MS,
  JOIN_LIMIT_MS,
  NEWS_PATIENCE_MS,
  NEWS_RETRY_MS,
  SETTLE_LIMIT_MS,
} from "../../src/orders/domain/limits.ts";
import { fateOf, holdFateOf } from "../../src/orders/domain/fate.ts";
import { previewEdit } from "../../src/orders/domain/preview-edit.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { newsPollsOf, nextSteps, nextWakeAt, pollsOf, type Poll } from "../../src/orders/domain/steps.ts";
import { viewOf } from "../../src/orders/domain/view.ts";
import { auditOf } from "../../src/orders/domain/audit.ts";
import { CartNews } from "./cart-news.ts";
import { OrderLive } from "./order-live.ts";
import { OrderCalls } from "./order-calls.ts";
import { firstReply, RETRY_AFTER_SECONDS } from "./order-reply.ts";
import { ORDER_MIGRATIONS, OrderStore } from "./order-store.ts";
import { OrderDriver } from "./order-driver.ts";
import { endOf, unfold } from "./order-turn.ts";

const NEWS_KEY = "news";
const DRIVE_KEY = "drive";
const CART_KEY = "cart";

/**
 * One order and the coordinator of its own fate. A command is decided and stored in one synchronous transaction; calls
 * to stock, vouchers and payment happen between transactions, each repeatable, and whatever is in flight is picked up by
 * the alarm after a crash (P2, P3). The Worker's composition root gives it its queues and ports.
 */
export abstract class OrderShell<Env> extends OrderLive<Env> implements OrderRpc {
  readonly calls = new OrderCalls();
  readonly #store: OrderStore;
  #cached: OrderState | undefined;
  readonly #cartNews = new CartNews();
  readonly #driver = new OrderDriver({
    load: () => this.#load(),
    perform: (step, state, call) =>
      this.calls.step(step, { state, ports: this.ports(), call, now: this.now() }),
    record: (answers, call) => this.#keep(decideInTurn(this.#load(), answers, this.now()), call),
    tell: (call) => within(Promise.all([this.flush(), this.#tellCartNow(call)]), CART_PATIENCE_MS),
    now: () => this.now(),
    log: this.log,
  });

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "order", migrations: ORDER_MIGRATIONS, isLazy: true });
    this.#store = new OrderStore(this.sql);
  }

  protected abstract ports(): OrderPorts;
  /** Seconds between a confirmation, or an edit, and the packing. */
  protected abstract packAfterSeconds(): number;

  async place(command: PlaceOrder, call: CallContext): Promise<Result<PlacedReply, PlacementRefusal>> {
    const provider = this.ports().payments(command.provider);
    // Only a new order is turned away: one that exists finds out by itself what became of its payment.
    if (!provider || (!this.#load() && (await provider.checkAvailability?.()) === false))
      return refuse({ code: "payment_unavailable", retryAfterSeconds: RETRY_AFTER_SECONDS });
    const placed = this.#keep(decidePlace(this.#load(), command), call);
    if (!placed.ok) return placed;
    return this.#answer(call);
  }

  async replay(requestHash: string): Promise<Result<PlacedReply, PlacementRefusal>> {
    const state = this.#load();
    if (!state) return refuse({ code: "order_unknown" });
    if (state.requestHash !== requestHash) return refuse({ code: "idempotency_key_reused" });
    return this.#answer({ traceparent: newTraceparent(), actor: "system:replay" });
  }

  async settle(call: CallContext): Promise<OrderAnswer> {
    await this.hear(call);
    return this.view();
  }

  async hear(call: CallContext): Promise<void> {
    if (!this.#load()) return;
    // The news is mostly of the very call whose answer is on its way: then nobody has to be asked.
    await this.#driver.join(NEWS_PATIENCE_MS);
    const polls = newsPollsOf(this.#load());
    if (polls.length === 0 && !this.#isOwing()) return;
    const isHeard = await this.#poll(polls, call);
    // A provider without an answer to a webhook of its own is asked again until it has one.
    if (!isHeard) this.transact(() => this.due.set(NEWS_KEY, after(this.now(), NEWS_RETRY_MS)));
    // Bounded: a webhook may overtake the very reply that the running steps wait for.
    await within(this.#drive(call), SETTLE_LIMIT_MS);
  }

  async view(): Promise<OrderAnswer> {
    const state = this.#load();
    return state ? ok(viewOf(state)) : refuse({ code: "order_unknown" });
  }

  async viewWithKey(accessKey: string): Promise<OrderAnswer> {
    const state = this.#load();
    const isAllowed = state !== undefined && equalConstantTime(state.accessKey, accessKey);
    return isAllowed ? ok(viewOf(state)) : refuse({ code: "order_unknown" });
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return this.isStored ? this.#store.ledger() : [];
  }

  async proposeEdit(command: EditRequest): Promise<Result<EditPreview, OrderRefusal>> {
    const state = this.#load();
    return state ? previewEdit(state, command) : refuse({ code: "order_unknown" });
  }

  async fateOf(part?: number): Promise<OrderFateAnswer> {
    return fateOf(this.#load(), part);
  }

  async fateOfHold(part: number): Promise<HoldFateAnswer> {
    return holdFateOf(this.#load(), part, this.now());
  }

  async events(page: { readonly after: number; readonly limit: number }): Promise<OrderEventPage> {
    return this.isStored ? this.#store.page(page) : { items: [] };
  }

  async audit(): Promise<Result<OrderAudit, OrderRefusal>> {
    const state = this.#load();
    if (!state) return refuse({ code: "order_unknown" });
    return ok({
      ...auditOf(state, this.now()),
      ledger: this.#store.ledgerSums(),
      outbox: this.outbox.audit(),
    });
  }

  protected override async onDue(key: string): Promise<void> {
    const call: CallContext = { traceparent: newTraceparent(), actor: "system:alarm" };
    if (key === CART_KEY) return this.#tellCart(call);
    const state = this.#load();
    if (key === NEWS_KEY && state) return this.#hearNews(state, call);
    if (key !== DRIVE_KEY || !state) return;
    try {
      await this.#poll(pollsOf(state), call);
      await this.#drive(call);
    } finally {
      this.transact(() => this.#scheduleDrive(this.#load(), this.now()));
    }
  }

  protected override isDone(key: string): boolean {
    return key === CART_KEY && this.#cartNews.isHeard;
  }

  protected override async carryOut(command: OrderCommand, call: CallContext): Promise<OrderAnswer> {
    const applied = this.#apply(command, call);
    if (!applied.ok) return applied;
    // What does not end in time goes on, and the alarm picks up what a crash cuts off.
    await within(this.#drive(call), JOIN_LIMIT_MS);
    return this.view();
  }

  /** Waits for the first steps, for a bounded time, and gives the reply that every repeat will get. */
  async #answer(call: CallContext): Promise<Result<PlacedReply, PlacementRefusal>> {
    const stored = this.#store.reply();
    if (stored) return stored;
    await within(this.#drive(call), JOIN_LIMIT_MS);
    return this.#store.reply() ?? this.#keepReply();
  }

  /** A reply before the order has come to its end, such as the address of a payment page. */
  #keepReply(): Result<PlacedReply, PlacementRefusal> {
    const state = this.#load();
    const reply = state ? firstReply(state) : undefined;
    if (!reply) return refuse({ code: "request_in_progress" });
    this.transact(() => this.#store.saveReply(reply));
    return reply;
  }

  /** Asks what a webhook was about; without an answer the deadline stays, with growing waits. */
  async #hearNews(state: OrderState, call: CallContext): Promise<void> {
    const isHeard = await this.#poll(newsPollsOf(state), call);
    await this.#drive(call);
    if (!isHeard) throw new Error("the provider has no answer yet");
  }

  /** Whether every question got an answer. */
  async #poll(polls: readonly Poll[], call: CallContext): Promise<boolean> {
    let isAnswered = true;
    for (const poll of polls) {
      const state = this.#load();
      if (!state) return isAnswered;
      const command = await this.calls.poll(poll, { state, ports: this.ports(), call, now: this.now() });
      if (isOutcomeOpen(command)) isAnswered = false;
      this.#apply(command, call);
    }
    return isAnswered;
  }

  #isOwing(): boolean {
    const state = this.#load();
    return state !== undefined && nextSteps(state).length > 0;
  }

  #drive(call: CallContext): Promise<void> {
    return this.#driver.drive(call);
  }

  /** Decides, and stores events, ledger, snapshot, outbox and the next deadline in one transaction. */
  #apply(command: OrderCommand, call: CallContext): Result<number, OrderRefusal> {
    return this.#keep(decide(this.#load(), command, this.now()), call);
  }

  /** Must follow the decision in the same turn: nothing may happen between the check and the write. */
  #keep<R extends RefusalShape>(
    made: Result<readonly OrderEvent[], R>,
    call: CallContext,
  ): Result<number, R> {
    if (!made.ok) return made;
    if (made.value.length === 0) return ok(0);
    const before = this.#load();
    this.#cached = this.transact(() => this.#record(before, made.value, { call, now: this.now() }));
    if (this.#cached) this.tellSockets(this.#cached);
    return ok(made.value.length);
  }

  #record(
    before: OrderState | undefined,
    events: readonly OrderEvent[],
    at: { call: CallContext; now: EpochMs },
  ): OrderState | undefined {
    const circumstances = { ...at, packAfterSeconds: this.packAfterSeconds() };
    const { state, log, postings, messages } = unfold(before, events, circumstances);
    if (!state) return undefined;
    for (const { destinations, envelope, waitMs } of messages) this.emit(destinations, envelope, waitMs);
    this.#store.append(log, at.call.actor);
    this.#store.post(postings, state.orderNumber, at.now);
    this.#store.saveState(state);
    this.#scheduleDrive(state, at.now);
    const { reply, isCartNews } = endOf(state, log);
    if (reply) this.#store.saveReply(reply);
    // Mostly the cart has heard by then, and the entry is struck in a write that is made anyway.
    if (isCartNews) this.due.set(CART_KEY, this.#cartNews.add(this.outbox.nextAt() ?? at.now));
    // The last of its steps for now: the flush that follows them finds its marks made.
    if (nextSteps(state).length === 0) this.takeAlong();
    return state;
  }

  #scheduleDrive(state: OrderState | undefined, now: EpochMs): void {
    const wakeAt = state ? nextWakeAt(state, now) : undefined;
    if (wakeAt === undefined) this.due.clear(DRIVE_KEY);
    else this.due.set(DRIVE_KEY, wakeAt);
  }

  /** A buyer who comes back from paying should find the cart empty; when that fails, the deadline tries again. */
  async #tellCartNow(call: CallContext): Promise<void> {
    if (this.due.has(CART_KEY)) await this.#cartNews.tellNow(() => this.#tellCart(call), this.log);
  }

  async #tellCart(call: CallContext): Promise<void> {
    const state = this.#load();
    if (state) await this.#cartNews.tell(() => this.calls.cart(state, { ports: this.ports(), call }));
  }

  #load(): OrderState | undefined {
    if (this.isStored) this.#cached ??= this.#store.state();
    return this.#cached;
  }
}
