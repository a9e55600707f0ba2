import { ok, refuse, toIso, type EpochMs, type Result } from "#kernel";
import {
  NOTIFICATION_EVENTS,
  SHIPPING_EVENTS,
  type LedgerEntry,
  type OrderEventData,
  type OrderFateAnswer,
  type OrderPorts,
  type OrderRefusal,
  type OrderRpc,
  type OrderView,
  type Parcel,
  type ParcelScan,
  type PlacedReply,
  type PlaceOrder,
} from "#orders";
import {
  BaseObject,
  describeError,
  equalConstantTime,
  newTraceparent,
  within,
  type CallContext,
  type EventEnvelope,
} from "#platform";
import { decide, type OrderCommand } from "../../src/orders/domain/decide.ts";
import type { OrderEvent, RecordedEvent } from "../../src/orders/domain/events.ts";
import { evolve } from "../../src/orders/domain/evolve.ts";
import { postingsOf } from "../../src/orders/domain/ledger.ts";
import { JOIN_LIMIT_MS, SETTLE_LIMIT_MS } from "../../src/orders/domain/limits.ts";
import { authoriseKey, type OrderState } from "../../src/orders/domain/state.ts";
import { nextStep, nextWakeAt, wantsNews, wantsPoll } from "../../src/orders/domain/steps.ts";
import { fateOf, viewOf } from "../../src/orders/domain/view.ts";
import { firstReply } from "./order-reply.ts";
import { performStep } from "./order-steps.ts";
import { ORDER_MIGRATIONS, OrderStore } from "./order-store.ts";

const DRIVE_KEY = "drive";
const CART_KEY = "cart";
/** Header in which the Worker passes the order's access key to the live socket. */
export const ORDER_KEY_HEADER = "x-order-key";

/**
 * One order and the coordinator of its own fate. A command is decided and stored in one synchronous transaction; calls
 * to stock and payment happen between transactions, each repeatable, and whatever is in flight is picked up by the
 * alarm after a crash (P2, P3). The Worker's composition root gives it its queues and ports.
 */
export abstract class OrderShell<Env> extends BaseObject<Env> implements OrderRpc {
  readonly #store: OrderStore;
  #cached: OrderState | undefined;
  #driving: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "order", migrations: ORDER_MIGRATIONS, isLazy: true });
    this.#store = new OrderStore(this.sql);
  }

  protected abstract ports(): OrderPorts;

  async place(command: PlaceOrder, call: CallContext): Promise<Result<PlacedReply, OrderRefusal>> {
    const placed = this.#apply(
      { kind: "place", order: command, provider: this.ports().payments.provider },
      call,
    );
    if (!placed.ok) return placed;
    return this.#answer(call);
  }

  async replay(requestHash: string): Promise<Result<PlacedReply, OrderRefusal>> {
    const state = this.#load();
    if (!state) return refuse({ code: "order_unknown" });
    if (state.requestHash !== requestHash) return refuse({ code: "idempotency_key_reused" });
    return this.#answer({ traceparent: newTraceparent(), actor: "system:replay" });
  }

  async settle(call: CallContext): Promise<Result<OrderView, OrderRefusal>> {
    if (!this.#load()) return refuse({ code: "order_unknown" });
    await this.#poll(call);
    // Bounded: a webhook may overtake the very reply that the running steps wait for.
    await within(this.#drive(call), SETTLE_LIMIT_MS);
    await this.#tellCartNow(call);
    return this.view();
  }

  async view(): Promise<Result<OrderView, OrderRefusal>> {
    const state = this.#load();
    return state ? ok(viewOf(state)) : refuse({ code: "order_unknown" });
  }

  async viewWithKey(accessKey: string): Promise<Result<OrderView, OrderRefusal>> {
    const state = this.#load();
    const isAllowed = state !== undefined && equalConstantTime(state.accessKey, accessKey);
    return isAllowed ? ok(viewOf(state)) : refuse({ code: "order_unknown" });
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return this.isStored ? this.#store.ledger() : [];
  }

  async cancel(reason: string, call: CallContext): Promise<Result<OrderView, OrderRefusal>> {
    return this.#command({ kind: "cancel", reason }, call);
  }

  async startFulfilment(
    parcel: Omit<Parcel, "status">,
    call: CallContext,
  ): Promise<Result<OrderView, OrderRefusal>> {
    return this.#command({ kind: "start-fulfilment", parcel }, call);
  }

  async recordScan(scan: ParcelScan, call: CallContext): Promise<Result<OrderView, OrderRefusal>> {
    return this.#command({ kind: "record-scan", scan }, call);
  }

  async fateOf(): Promise<OrderFateAnswer> {
    return fateOf(this.#load());
  }

  /** A live view: a hibernating socket that is told of each new version. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket")
      return new Response(null, { status: 426 });
    const allowed = await this.viewWithKey(request.headers.get(ORDER_KEY_HEADER) ?? "");
    if (!allowed.ok) return new Response(null, { status: 404 });
    const pair = new WebSocketPair();
    this.ctx.acceptWebSocket(pair[1]);
    pair[1].send(JSON.stringify({ version: allowed.value.version, status: allowed.value.status }));
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override webSocketMessage(socket: WebSocket): void {
    const state = this.#load();
    if (state) socket.send(JSON.stringify({ version: state.version, status: state.status }));
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  protected override async onDue(key: string): Promise<void> {
    const call: CallContext = { traceparent: newTraceparent(), actor: "system:alarm" };
    if (key === CART_KEY) return this.#tellCart(call);
    const state = this.#load();
    if (key !== DRIVE_KEY || !state) return;
    try {
      if (wantsPoll(state)) await this.#poll(call);
      await this.#drive(call);
    } finally {
      this.transact(() => this.#scheduleDrive(this.#load(), this.now()));
    }
  }

  async #command(command: OrderCommand, call: CallContext): Promise<Result<OrderView, OrderRefusal>> {
    const applied = this.#apply(command, call);
    if (!applied.ok) return applied;
    await this.#drive(call);
    return this.view();
  }

  /** Waits for the first steps, for a bounded time, and gives the reply that every repeat will get. */
  async #answer(call: CallContext): Promise<Result<PlacedReply, OrderRefusal>> {
    const stored = this.#store.reply();
    if (stored) return stored;
    await within(this.#drive(call), JOIN_LIMIT_MS);
    const state = this.#load();
    const reply = state ? firstReply(state) : undefined;
    if (!reply) return refuse({ code: "request_in_progress" });
    this.transact(() => this.#store.saveReply(reply));
    return this.#store.reply() ?? reply;
  }

  async #poll(call: CallContext): Promise<void> {
    const state = this.#load();
    if (!state || state.attempt === 0 || !wantsNews(state)) return;
    const outcome = await this.ports().payments.statusByKey(authoriseKey(state), call);
    this.#apply({ kind: "record-payment", outcome }, call);
  }

  /** Makes the calls that the state asks for, one after another; a second caller joins the first. */
  #drive(call: CallContext): Promise<void> {
    this.#driving ??= this.#runSteps(call).finally(() => {
      this.#driving = undefined;
    });
    return this.#driving;
  }

  async #runSteps(call: CallContext): Promise<void> {
    for (;;) {
      const state = this.#load();
      const step = state ? nextStep(state) : undefined;
      if (!state || !step) return;
      try {
        const command = await performStep(step, { state, ports: this.ports(), call, now: this.now() });
        this.#apply(command, call);
      } catch (error) {
        this.log.warn("order.step_failed", { orderId: state.orderId, step, reason: describeError(error) });
        return;
      }
      // Nothing recorded and nothing changed meanwhile: the answer is still out, the alarm asks again.
      if (this.#load()?.version === state.version) return;
    }
  }

  /** Decides, and stores events, ledger, snapshot, outbox and the next deadline in one transaction. */
  #apply(command: OrderCommand, call: CallContext): Result<number, OrderRefusal> {
    const before = this.#load();
    const now = this.now();
    const decision = decide(before, command, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(0);
    const next = this.transact(() => this.#record(before, decision.value, { call, now }));
    this.#cached = next;
    this.#tellSockets(next);
    return ok(decision.value.length);
  }

  #record(
    before: OrderState | undefined,
    events: readonly OrderEvent[],
    at: { call: CallContext; now: EpochMs },
  ): OrderState | undefined {
    let state = before;
    for (const event of events) {
      const recorded: RecordedEvent = { sequence: (state?.version ?? 0) + 1, occurredAt: at.now, event };
      const postings = postingsOf(state, event);
      state = evolve(state, recorded);
      this.#store.append(recorded, at.call.actor);
      this.#store.post(recorded, postings, state.orderNumber);
      this.#publish(state, recorded, at.call);
    }
    if (state) this.#store.saveState(state);
    this.#scheduleDrive(state, at.now);
    if (state?.status === "confirmed" || state?.status === "cancelled") this.due.set(CART_KEY, at.now);
    return state;
  }

  #scheduleDrive(state: OrderState | undefined, now: EpochMs): void {
    const wakeAt = state ? nextWakeAt(state, now) : undefined;
    if (wakeAt === undefined) this.due.clear(DRIVE_KEY);
    else this.due.set(DRIVE_KEY, wakeAt);
  }

  #publish(state: OrderState, recorded: RecordedEvent, call: CallContext): void {
    const { type } = recorded.event;
    const envelope: EventEnvelope<string, OrderEventData> = {
      id: `${state.orderId}:${recorded.sequence}`,
      type,
      aggregate: { kind: "order", id: state.orderId },
      sequence: recorded.sequence,
      occurredAt: toIso(recorded.occurredAt),
      version: 1,
      data: { order: viewOf(state) },
      traceparent: call.traceparent,
    };
    this.emit(SHIPPING_EVENTS.includes(type) ? ["projection", "shipping"] : ["projection"], envelope);
    if (NOTIFICATION_EVENTS.includes(type)) {
      // Only the mailer gets the secret of the order link.
      this.emit(["notifications"], { ...envelope, data: { ...envelope.data, linkKey: state.accessKey } });
    }
  }

  /** A buyer who comes back from paying should find the cart empty; when that fails, the deadline tries again. */
  async #tellCartNow(call: CallContext): Promise<void> {
    if (!this.due.has(CART_KEY)) return;
    try {
      await this.#tellCart(call);
      this.transact(() => this.due.clear(CART_KEY));
    } catch (error) {
      this.log.warn("order.cart_not_told", { reason: describeError(error) });
    }
  }

  async #tellCart(call: CallContext): Promise<void> {
    const state = this.#load();
    if (!state) return;
    const { cartId, checkoutId } = state.draft;
    if (state.status === "cancelled")
      await this.ports().cart.reopen({ cartId, checkoutId, orderId: state.orderId }, call);
    else await this.ports().cart.finishPlacement({ cartId, checkoutId, orderId: state.orderId }, call);
  }

  #tellSockets(state: OrderState | undefined): void {
    if (!state) return;
    for (const socket of this.ctx.getWebSockets())
      socket.send(JSON.stringify({ version: state.version, status: state.status }));
  }

  #load(): OrderState | undefined {
    if (this.isStored) this.#cached ??= this.#store.state();
    return this.#cached;
  }
}
