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
  PlacementOpening,
} from "#cart";
import { BaseObject, type CallContext, type OutboxQueues } from "#platform";
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
import { IDLE_MS, IDLE_STEP_MS, PLACEMENT_ANSWER_MS } from "../../src/cart/domain/limits.ts";
import { CART_MIGRATIONS, CartStore } from "./cart-store.ts";
import { ClaimInquiry, type OrderInquiry, type Overdue } from "./claim-inquiry.ts";

export type { OrderInquiry };

type Placement = { readonly checkoutId: CheckoutId; readonly orderId: OrderId };

const IDLE_KEY = "idle";
/** Only in carts whose checkout was claimed before claims were looked after lazily: each had a deadline of its own. */
const OLD_PLACEMENT_KEY = "placement:";

/**
 * The truth about one cart and its checkouts. Every method loads, decides and stores in one synchronous transaction.
 * A claimed checkout whose order never came (the edge died in between) is opened again for whoever looks at it, so no cart
 * stays locked; a cart that nobody changes for 30 days is deleted. The Worker's composition root says how to ask an order.
 */
export abstract class CartShell<Env> extends BaseObject<Env> implements CartRpc {
  readonly #store: CartStore;
  readonly #claims: ClaimInquiry;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "cart", migrations: CART_MIGRATIONS, isLazy: true });
    this.#store = new CartStore(this.sql);
    this.#claims = new ClaimInquiry({
      ask: (orderId) => this.orderInquiry()(orderId),
      load: () => this.#store.load(),
      change: (decide) => this.#endPlacement(decide),
      now: () => this.now(),
      limitMs: () => Math.min(PLACEMENT_ANSWER_MS, this.workLimitMs),
      log: this.log,
    });
  }

  protected abstract orderInquiry(): OrderInquiry;

  /** A cart tells nobody: what becomes of it is the order's story. */
  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async open(input: CartOpening, _call: CallContext): Promise<Result<CartView, CartRefusal>> {
    const existing = this.#read();
    if (existing) return ok(viewCart(await this.#claims.settled(existing)));
    const opened = openCart({ ...input, cartId: this.#cartId(), now: this.now() });
    return opened.ok ? ok(viewCart(this.transact(() => this.#save(opened.value)))) : opened;
  }

  async openAtCheckout(
    { checkout: opening, ...input }: CartOpening & { checkout: CheckoutOpening },
    _call: CallContext,
  ): Promise<Result<CheckoutView, CartRefusal>> {
    const existing = this.#read();
    const opened = existing
      ? openedWith(await this.#claims.settled(existing), input.requestHash)
      : openAtCheckout({ ...input, cartId: this.#cartId(), now: this.now() }, opening);
    if (!opened.ok) return opened;
    const { cart, checkout } = opened.value;
    if (!existing) this.transact(() => this.#save(cart));
    return ok(viewCheckout(checkout, cart));
  }

  async view(): Promise<Result<CartView, CartRefusal>> {
    const cart = this.#read();
    return cart ? ok(viewCart(await this.#claims.settled(cart))) : refuse({ code: "cart_unknown" });
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
    const stored = this.#read();
    const cart = stored && (await this.#claims.settled(stored));
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

  async beginPlacement(
    placement: PlacementOpening,
    _call: CallContext,
  ): Promise<Result<CheckoutView, CartRefusal>> {
    const decide = (cart: CartState) => beginPlacement(cart, { ...placement, now: this.now() });
    return this.#changeCheckout(undefined, decide, placement.orderId);
  }

  async finishPlacement(placement: Placement, _call: CallContext): Promise<void> {
    this.#endPlacement((cart) => finishPlacement(cart, { ...placement, now: this.now() }));
  }

  async reopen(placement: Placement, _call: CallContext): Promise<void> {
    this.#endPlacement((cart) => reopen(cart, { ...placement, now: this.now() }));
  }

  protected override async onDue(key: string): Promise<void> {
    if (key === IDLE_KEY) this.transact(() => this.#store.erase());
    else if (key.startsWith(OLD_PLACEMENT_KEY)) {
      const cart = this.#store.load();
      if (cart) await this.#claims.settled(cart);
    }
  }

  #endPlacement(decide: (cart: CartState) => CartState): void {
    if (!this.isStored) return;
    this.transact(() => {
      const cart = this.#store.load();
      const next = cart && decide(cart);
      if (next && next !== cart) this.#save(next);
    });
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
    caller?: OrderId,
  ): Promise<Result<CheckoutView, CartRefusal>> {
    const save = (cart: CartState): Result<CheckoutView, CartRefusal> => {
      const decision = decide(cart);
      if (!decision.ok) return decision;
      const { checkout, claim } = decision.value;
      if (decision.value.cart !== cart) this.#save(decision.value.cart);
      return ok({ ...viewCheckout(checkout, cart), ...(claim === undefined ? {} : { claim }) });
    };
    return this.#once(tag, save, caller);
  }

  /**
   * Decides once per idempotency key. Only successes are stored: a refusal changed nothing, so asking again is safe
   * and may go better. A claim that is overdue is settled before anything is decided, unless the caller is its order.
   */
  async #once<T>(
    tag: IdempotencyTag | undefined,
    decide: (cart: CartState) => Result<T, CartRefusal>,
    caller?: OrderId,
  ): Promise<Result<T, CartRefusal>> {
    if (!this.isStored) return refuse({ code: "cart_unknown" });
    const first = this.#decideOnce(tag, (cart): Result<T, CartRefusal | Overdue> => {
      const claim = this.#claims.overdue(cart, caller);
      return claim ? refuse({ code: "claim_overdue", claim }) : decide(cart);
    });
    if (first.ok) return first;
    const { refusal } = first;
    if (refusal.code !== "claim_overdue") return refuse(refusal);
    await this.#claims.settle(refusal.claim);
    return this.#decideOnce(tag, decide);
  }

  #decideOnce<T, R>(
    tag: IdempotencyTag | undefined,
    decide: (cart: CartState) => Result<T, CartRefusal | R>,
  ): Result<T, CartRefusal | R> {
    return this.transact(() => this.#store.decideOnce(tag, this.now(), decide));
  }

  protected override rolledBack(): void {
    this.#store.forget();
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
