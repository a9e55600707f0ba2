import type { CartView, CheckoutView } from "#cart";
import type { CartId, CheckoutId, EpochMs, Result } from "#kernel";
import { KNOWN_CART_MS, MAX_KNOWN_CARTS } from "../limits.ts";

/**
 * Carts and checkouts as their objects last told this isolate of them. Only for preparing a change that names the version
 * it was made for: the object refuses it when the version is another, and then it is read anew. So a memory that is
 * behind costs a second call and never a wrong answer, and one that is not saves the first. Nothing is shown from it.
 */
export class CartMemory {
  readonly #carts: Views<CartView>;
  readonly #checkouts: Views<CheckoutView>;

  constructor(now: () => EpochMs) {
    this.#carts = new Views(now);
    this.#checkouts = new Views(now);
  }

  /** The cart, unless another version of it is asked for. */
  cart(cartId: CartId, version: number | undefined): CartView | undefined {
    return this.#carts.get(cartId, version);
  }

  /** The checkout, unless another version of it is asked for. */
  checkout(checkoutId: CheckoutId, version: number | undefined): CheckoutView | undefined {
    return this.#checkouts.get(checkoutId, version);
  }

  /** Learns from an answer and gives it back. */
  learnCart<R>(answer: Result<CartView, R>): Result<CartView, R> {
    if (answer.ok) this.#carts.set(answer.value.cartId, answer.value);
    return answer;
  }

  /** Learns from an answer and gives it back. */
  learnCheckout<R>(answer: Result<CheckoutView, R>): Result<CheckoutView, R> {
    if (answer.ok) this.#checkouts.set(answer.value.checkoutId, answer.value);
    return answer;
  }
}

type Kept<T> = { readonly view: T; readonly until: EpochMs };

/** Bounded in number and age; the one heard of longest ago goes first. A repeated answer of old overwrites nothing newer. */
class Views<T extends { readonly version: number }> {
  readonly #now: () => EpochMs;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  get(id: string, version: number | undefined): T | undefined {
    const kept = this.#kept.get(id);
    if (!kept || kept.until <= this.#now()) return undefined;
    return version === undefined || version === kept.view.version ? kept.view : undefined;
  }

  set(id: string, view: T): void {
    if ((this.#kept.get(id)?.view.version ?? -1) > view.version) return;
    this.#kept.delete(id);
    this.#kept.set(id, { view, until: (this.#now() + KNOWN_CART_MS) as EpochMs });
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > MAX_KNOWN_CARTS && !oldest.done) this.#kept.delete(oldest.value);
  }
}
