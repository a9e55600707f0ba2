import {
  after,
  invariant,
  isId,
  ok,
  refuse,
  type CartId,
  type CheckoutId,
  type OrderId,
  type Result,
} from "#kernel";
import type {
  CartCode,
  CartOpening,
  CartRefusal,
  CartRpc,
  CartView,
  CheckoutOpening,
  CheckoutPatch,
  CheckoutView,
  IdempotencyTag,
  MarketChange,
  NewLine,
} from "#cart";
import { BaseObject, failpoint, type CallContext, type OutboxQueues } from "#platform";
import {
  addLine,
  markSeen,
  openCart,
  setQuantity,
  viewCart,
  type CartState,
} from "../../src/cart/domain/cart.ts";
import { setMarket } from "../../src/cart/domain/cart-market.ts";
import { addCode, removeCode } from "../../src/cart/domain/cart-codes.ts";
import {
  beginPlacement,
  findCheckout,
  finishPlacement,
  openAtCheckout,
  openCheckout,
  openedWith,
  patchCheckout,
  reopen,
  type CheckoutDecision,
} from "../../src/cart/domain/checkout.ts";
import { viewCheckout } from "../../src/cart/domain/checkout-state.ts";
import {
  IDLE_MS,
  IDLE_STEP_MS,
  PLACEMENT_INQUIRY_MS,
  PLACEMENT_REINQUIRY_MS,
} from "../../src/cart/domain/limits.ts";
import { CART_MIGRATIONS, CartStore } from "./cart-store.ts";

/** Asks an order object what became of it; throws when it cannot be reached. */
export type OrderInquiry = (orderId: OrderId) => Promise<"live" | "committing" | "cancelled" | "unknown">;

type Placement = { readonly checkoutId: CheckoutId; readonly orderId: OrderId };

const IDLE_KEY = "idle";
const PLACEMENT_KEY = "placement:";

/**
 * The truth about one cart and its checkouts. Every method loads, decides and stores in one synchronous transaction.
 * A claimed checkout whose order never came (the edge died in between) is opened again by an inquiry, so no cart stays
 * locked; a cart that nobody changes for 30 days is deleted. The Worker's composition root says how to ask an order.
 */
export abstract class CartShell<Env> extends BaseObject<Env> implements CartRpc {
  readonly #store: CartStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "cart", migrations: CART_MIGRATIONS, isLazy: true });
    this.#store = new CartStore(this.sql);
  }

  protected abstract orderInquiry(): OrderInquiry;

  /** A cart tells nobody: what becomes of it is the order's story. */
  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async open(input: CartOpening, _call: CallContext): Promise<Result<CartView, CartRefusal>> {
    const existing = this.#read();
    if (existing) return ok(viewCart(existing));
    const opened = openCart({ ...input, cartId: this.#cartId(), now: this.now() });
    return opened.ok ? ok(viewCart(this.transact(() => this.#save(opened.value)))) : opened;
  }

  async openAtCheckout(
    { checkout: opening, ...input }: CartOpening & { checkout: CheckoutOpening },
    _call: CallContext,
  ): Promise<Result<CheckoutView, CartRefusal>> {
    const existing = this.#read();
    const opened = existing
      ? openedWith(existing, input.requestHash)
      : openAtCheckout({ ...input, cartId: this.#cartId(), now: this.now() }, opening);
    if (!opened.ok) return opened;
    const { cart, checkout } = opened.value;
    if (!existing) this.transact(() => this.#save(cart));
    return ok(viewCheckout(checkout, cart));
  }

  async view(): Promise<Result<CartView, CartRefusal>> {
    const cart = this.#read();
    return cart ? ok(viewCart(cart)) : refuse({ code: "cart_unknown" });
  }

  async addLine(
    input: NewLine & { expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    _call: CallContext,
  ): Promise<Result<CartView, CartRefusal>> {
    return this.#changeCart(tag, (cart) => addLine(cart, { ...input, now: this.now() }));
  }

  async setQuantity(
    input: { lineId: string; quantity: number; expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    _call: CallContext,
  ): Promise<Result<CartView, CartRefusal>> {
    return this.#changeCart(tag, (cart) => setQuantity(cart, { ...input, now: this.now() }));
  }

  async addCode(
    input: CartCode & { expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    _call: CallContext,
  ): Promise<Result<CartView, CartRefusal>> {
    return this.#changeCart(tag, (cart) => addCode(cart, { ...input, now: this.now() }));
  }

  async removeCode(
    input: { voucherId: string; expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    _call: CallContext,
  ): Promise<Result<CartView, CartRefusal>> {
    return this.#changeCart(tag, (cart) => removeCode(cart, { ...input, now: this.now() }));
  }

  async setMarket(
    input: MarketChange & { expectedVersion?: number },
    _call: CallContext,
  ): Promise<Result<CartView, CartRefusal>> {
    return this.#changeCart(undefined, (cart) => setMarket(cart, { ...input, now: this.now() }));
  }

  async markSeen(prices: readonly { lineId: string; unitPriceMinor: number }[]): Promise<void> {
    if (!this.isStored) return;
    this.transact(() => {
      const cart = this.#store.load();
      if (cart) this.#save(markSeen(cart, prices));
    });
  }

  async openCheckout(
    tag: IdempotencyTag | undefined,
    _call: CallContext,
    opening: CheckoutOpening = {},
  ): Promise<Result<CheckoutView, CartRefusal>> {
    return this.#changeCheckout(tag, (cart) => openCheckout(cart, { ...opening, now: this.now() }));
  }

  async checkout(checkoutId: CheckoutId): Promise<Result<CheckoutView, CartRefusal>> {
    const cart = this.#read();
    const checkout = cart && findCheckout(cart, checkoutId);
    return checkout ? ok(viewCheckout(checkout, cart)) : refuse({ code: "checkout_unknown" });
  }

  async patchCheckout(
    { checkoutId, ...patch }: CheckoutPatch & { checkoutId: CheckoutId },
    tag: IdempotencyTag | undefined,
    _call: CallContext,
  ): Promise<Result<CheckoutView, CartRefusal>> {
    return this.#changeCheckout(tag, (cart) => patchCheckout(cart, checkoutId, patch));
  }

  async beginPlacement(placement: Placement, _call: CallContext): Promise<Result<CheckoutView, CartRefusal>> {
    return this.#changeCheckout(undefined, (cart) => {
      const decision = beginPlacement(cart, placement);
      if (decision.ok && (decision.value.claim === "new" || decision.value.claim === "again")) {
        this.due.set(PLACEMENT_KEY + placement.checkoutId, after(this.now(), PLACEMENT_INQUIRY_MS));
      }
      return decision;
    });
  }

  async finishPlacement(placement: Placement, _call: CallContext): Promise<void> {
    this.#endPlacement(placement, (cart) => finishPlacement(cart, { ...placement, now: this.now() }));
  }

  async reopen(placement: Placement, _call: CallContext): Promise<void> {
    this.#endPlacement(placement, (cart) => reopen(cart, { ...placement, now: this.now() }));
  }

  protected override async onDue(key: string): Promise<void> {
    if (key === IDLE_KEY) this.transact(() => this.#store.erase());
    else if (key.startsWith(PLACEMENT_KEY)) await this.#inquire(key);
  }

  /** Nobody has said how the claimed order ended: ask it, and never guess while it lives. */
  async #inquire(key: string): Promise<void> {
    const checkout = this.#store.load()?.checkouts.find((row) => PLACEMENT_KEY + row.checkoutId === key);
    if (checkout?.status !== "placing" || checkout.orderId === undefined) return;
    const placement = { checkoutId: checkout.checkoutId, orderId: checkout.orderId };
    await failpoint("cart.before-inquiry");
    const fate = await this.orderInquiry()(placement.orderId);
    await failpoint("cart.after-inquiry");
    if (fate === "live" || fate === "committing") {
      this.transact(() => this.due.set(key, after(this.now(), PLACEMENT_REINQUIRY_MS)));
      return;
    }
    if (fate === "unknown") this.log.warn("cart.claim_without_order", { orderId: placement.orderId });
    this.#endPlacement(placement, (cart) => reopen(cart, { ...placement, now: this.now() }));
  }

  #endPlacement(placement: Placement, decide: (cart: CartState) => CartState): void {
    if (!this.isStored) return;
    this.transact(() => {
      const cart = this.#store.load();
      const next = cart && decide(cart);
      if (!next || next === cart) return;
      this.#save(next);
      this.due.clear(PLACEMENT_KEY + placement.checkoutId);
    });
    // Or the inquiry that is needed no more would wake the cart, long after it has gone to sleep.
    this.rearm();
  }

  #changeCart(
    tag: IdempotencyTag | undefined,
    decide: (cart: CartState) => Result<CartState, CartRefusal>,
  ): Promise<Result<CartView, CartRefusal>> {
    return this.#once(tag, (cart) => {
      const decision = decide(cart);
      return decision.ok ? ok(viewCart(this.#save(decision.value))) : decision;
    });
  }

  #changeCheckout(
    tag: IdempotencyTag | undefined,
    decide: (cart: CartState) => Result<CheckoutDecision, CartRefusal>,
  ): Promise<Result<CheckoutView, CartRefusal>> {
    return this.#once(tag, (cart) => {
      const decision = decide(cart);
      if (!decision.ok) return decision;
      const { checkout, claim } = decision.value;
      if (decision.value.cart !== cart) this.#save(decision.value.cart);
      return ok({ ...viewCheckout(checkout, cart), ...(claim === undefined ? {} : { claim }) });
    });
  }

  /**
   * Decides once per idempotency key. Only successes are stored: a refusal changed nothing, so asking again is safe
   * and may go better.
   */
  async #once<T>(
    tag: IdempotencyTag | undefined,
    decide: (cart: CartState) => Result<T, CartRefusal>,
  ): Promise<Result<T, CartRefusal>> {
    if (!this.isStored) return refuse({ code: "cart_unknown" });
    return this.transact(() => {
      const stored = tag && this.#store.reply(tag.key);
      if (stored && stored.requestHash !== tag.requestHash)
        return refuse({ code: "idempotency_key_reused" as const });
      // Written below by the same method, whose name is part of the request hash.
      if (stored) return ok(stored.reply as T);
      const cart = this.#store.load();
      if (!cart) return refuse({ code: "cart_unknown" as const });
      const decision = decide(cart);
      if (decision.ok && tag) this.#store.saveReply(tag, decision.value, this.now());
      return decision;
    });
  }

  #cartId(): CartId {
    const cartId = this.name;
    invariant(isId("crt", cartId), "a cart object is named by a cart id");
    return cartId;
  }

  /** Reads outside a change; a name that nobody has opened stores nothing. */
  #read(): CartState | undefined {
    return this.isStored ? this.#store.load() : undefined;
  }

  #save(cart: CartState): CartState {
    this.#store.save(cart);
    this.due.postpone(IDLE_KEY, after(this.now(), IDLE_MS), IDLE_STEP_MS);
    return cart;
  }
}
