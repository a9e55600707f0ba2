import { invariant, ok, type CartId, type EpochMs, type OrderId, type Result } from "#kernel";
import type {
  GateRpc,
  LineOverview,
  LinePosition,
  LineRefusal,
  LineSettings,
  OrderEnd,
  PassRequest,
} from "#admission";
import { BaseObject, type CallContext, type OutboxQueues } from "#platform";
import {
  ABSENT_MS,
  DEFAULT_SETTINGS,
  MAX_TICKETS,
  SWEEP_MS,
  UNITS_FRESH_MS,
} from "../../src/admission/domain/limits.ts";
import {
  admit,
  decideAdmissions,
  decidePass,
  isOverdue,
  isTurnFree,
  orderedBy,
  parseSettings,
  positionOf,
  refill,
  reopen,
  type Pace,
  type Ticket,
} from "../../src/admission/domain/line.ts";
import { GATE_MIGRATIONS, GateStore } from "./gate-store.ts";
import { WaitingList } from "./waiting-list.ts";

/** What the gate needs to know of the world. Both throw when the other object cannot be reached. */
export type GateInquiries = {
  /** Units of the SKU that could be sold now. */
  readonly unitsLeft: (sku: string) => Promise<number>;
  readonly endOf: (orderId: OrderId) => Promise<OrderEnd>;
};

/**
 * The line in front of one SKU. Places are stored, who is present and how many units are left is remembered in memory
 * only: after a restart everyone in line counts as present, so a restart costs nobody a place. It decides who may go to
 * the counter, never who gets a unit: that stays with the stock object.
 */
export abstract class GateShell<Env> extends BaseObject<Env> implements GateRpc {
  readonly #store: GateStore;
  #waiting: WaitingList | undefined;
  #inside = new Map<number, Ticket>();
  #pace: Pace | undefined;
  #sweptAt = 0;
  #units: { readonly count: number; readonly at: EpochMs } | undefined;
  #asking: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "gate", migrations: GATE_MIGRATIONS, isLazy: true });
    this.#store = new GateStore(this.sql);
  }

  protected abstract inquiries(): GateInquiries;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  protected override async onDue(): Promise<void> {
    // The line moves when someone asks; an object that nobody asks has nobody to let in.
  }

  async position(cartId: CartId, _call: CallContext): Promise<LinePosition> {
    await this.#askUnits();
    return this.#change(() => {
      const ticket = this.#present(cartId);
      this.#advance();
      return this.#positionOf(this.#store.byCart(cartId) ?? ticket);
    });
  }

  async pass(request: PassRequest, call: CallContext): Promise<Result<true, LineRefusal>> {
    await this.position(request.cartId, call);
    await this.#forgetEnded(request);
    return this.#change(() => {
      const ticket = this.#present(request.cartId);
      const decision = decidePass(ticket, request, {
        now: this.now(),
        settings: this.#settings(),
        sameCustomer: this.#store.byCustomer(request.customer),
        position: this.#positionOf(ticket),
      });
      if (!decision.ok) return decision;
      this.#save(decision.value);
      return ok(true as const);
    });
  }

  async leave(cartId: CartId, _call: CallContext): Promise<void> {
    if (!this.isStored) return;
    this.#change(() => {
      const ticket = this.#store.byCart(cartId);
      if (ticket?.status === "waiting" || ticket?.status === "admitted") this.#markLeft([ticket.number]);
    });
  }

  async configure(settings: LineSettings, _call: CallContext): Promise<LineOverview> {
    const parsed = parseSettings(settings);
    invariant(parsed, "settings are parsed before they are sent");
    this.transact(() => this.#store.saveSettings(parsed));
    return this.overview();
  }

  async overview(): Promise<LineOverview> {
    const none = { waiting: 0, admitted: 0, redeemed: 0, left: 0 };
    return { sku: this.name, settings: this.#settings(), ...(this.isStored ? this.#store.counts() : none) };
  }

  /** A transaction; when it is rolled back, what was remembered of it goes too. */
  #change<T>(work: () => T): T {
    try {
      return this.transact(work);
    } catch (error) {
      this.#waiting = undefined;
      throw error;
    }
  }

  /** The cart's ticket: found, or taken at the end of the line; the shopper is here. */
  #present(cartId: CartId): Ticket {
    const waiting = this.#line();
    let ticket = this.#store.byCart(cartId);
    if (ticket?.status === "left") {
      this.#store.remove(ticket.number);
      ticket = undefined;
    }
    if (!ticket) {
      invariant(waiting.size < MAX_TICKETS, "a line has an end");
      ticket = this.#store.add(cartId);
    }
    if (ticket.status === "waiting") waiting.see(ticket.number, this.now());
    return ticket;
  }

  /** Lets in as many as may come, after those who are gone were taken out. */
  #advance(): void {
    const now = this.now();
    this.#sweep(now);
    const settings = this.#settings();
    const decision = decideAdmissions(refill(this.#pace ?? { tokens: 1, at: now }, settings, now), {
      waiting: this.#line().size,
      inside: this.#inside.size,
      unitsLeft: this.#units?.count ?? 0,
    });
    this.#pace = decision.pace;
    if (decision.admit === 0) return;
    for (const ticket of this.#store.firstWaiting(decision.admit)) this.#save(admit(ticket, now));
  }

  #sweep(now: EpochMs): void {
    const overdue = [...this.#inside.values()].filter((ticket) => isOverdue(ticket, now));
    const absent = now - this.#sweptAt < SWEEP_MS ? [] : this.#line().notSeenSince(now - ABSENT_MS);
    if (now - this.#sweptAt >= SWEEP_MS) this.#sweptAt = now;
    this.#markLeft([...overdue.map((ticket) => ticket.number), ...absent]);
  }

  #markLeft(numbers: readonly number[]): void {
    if (numbers.length === 0) return;
    this.#store.markLeft(numbers);
    this.#line().remove(numbers);
    for (const number of numbers) this.#inside.delete(number);
  }

  #save(ticket: Ticket): void {
    this.#store.save(ticket);
    if (ticket.status !== "waiting") this.#line().remove([ticket.number]);
    if (ticket.status === "admitted") this.#inside.set(ticket.number, ticket);
    else this.#inside.delete(ticket.number);
  }

  #positionOf(ticket: Ticket): LinePosition {
    return positionOf(ticket, {
      ahead: ticket.status === "waiting" ? this.#line().ahead(ticket.number) : 0,
      settings: this.#settings(),
      canAdmit: (this.#units?.count ?? 0) > this.#inside.size,
    });
  }

  /** Loaded once per life of the object. */
  #line(): WaitingList {
    if (!this.#waiting) {
      this.#waiting = new WaitingList(this.#store.waitingNumbers(), this.now());
      this.#inside = new Map(this.#store.admitted().map((ticket) => [ticket.number, ticket]));
    }
    return this.#waiting;
  }

  /** Asks the stock object at most once a second, however many people ask us. */
  async #askUnits(): Promise<void> {
    const age = this.#units ? this.now() - this.#units.at : Infinity;
    if (age >= 0 && age < UNITS_FRESH_MS) return;
    this.#asking ??= this.inquiries()
      .unitsLeft(this.name)
      .then((count) => {
        this.#units = { count, at: this.now() };
      })
      .finally(() => {
        this.#asking = undefined;
      });
    await this.#asking;
  }

  /** Orders that came to nothing give their turn and their units of the limit back; asked only when it matters. */
  async #forgetEnded(request: PassRequest): Promise<void> {
    const limit = this.#settings().unitsPerCustomer;
    const own = this.#store.byCart(request.cartId);
    const others = this.#store.byCustomer(request.customer);
    const isTight = limit !== undefined && orderedBy(others, request) + request.quantity > limit;
    const inQuestion = [...(isTight ? others : []), ...(own ? [own] : [])].filter(
      (ticket) => ticket.orderId !== undefined && ticket.orderId !== request.orderId,
    );
    for (const { cartId, orderId } of inQuestion) {
      if (orderId === undefined) continue;
      const end = await this.inquiries().endOf(orderId);
      this.#change(() => {
        const ticket = this.#store.byCart(cartId);
        const at = { now: this.now(), isOwn: cartId === request.cartId };
        // Others may have come in between.
        if (ticket?.orderId === orderId && isTurnFree(ticket, end, at)) this.#save(reopen(ticket, at.now));
      });
    }
  }

  #settings(): LineSettings {
    return (this.isStored ? this.#store.settings() : undefined) ?? DEFAULT_SETTINGS;
  }
}
