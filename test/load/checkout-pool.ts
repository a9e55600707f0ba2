import { inParallel } from "../support/parallel.ts";
import { expectOk, type Cart, type Checkout } from "../support/shop-client.ts";

/** A checkout that lacks nothing but the order, and what it costs. */
export type Ready = { readonly id: string; readonly totalMinor: number };

/** Checkouts opened at once. */
const OPEN_WIDTH = 16;
const ADDRESS = { fullName: "Ada Buyer", line1: "Torstraße 1", city: "Berlin", postalCode: "10119" };

/**
 * Checkouts for many buyers. One whose order was refused is open again and goes to the next buyer, who brings a key of
 * their own: as many orders reach the stock as there are buyers, and only those that are sold use a checkout up.
 */
export class CheckoutPool {
  readonly #free: Ready[];
  readonly #waiting: ((ready: Ready) => void)[] = [];
  readonly size: number;

  constructor(ready: readonly Ready[]) {
    this.#free = [...ready];
    this.size = ready.length;
  }

  /** Waits until a checkout is free. */
  take(): Promise<Ready> {
    const ready = this.#free.shift();
    return ready ? Promise.resolve(ready) : new Promise((settle) => void this.#waiting.push(settle));
  }

  /** Gives a checkout back whose order was refused. */
  giveBack(ready: Ready): void {
    const next = this.#waiting.shift();
    if (next) next(ready);
    else this.#free.push(ready);
  }
}

/** Opens `count` checkouts of one unit each, with the four calls that the API asks for. */
export async function openCheckouts(
  origin: string,
  { sku, count, name }: { readonly sku: string; readonly count: number; readonly name: string },
): Promise<readonly Ready[]> {
  return inParallel([...Array(count).keys()], OPEN_WIDTH, async (index) => {
    const cart = await expectOk<Cart>(origin, { method: "POST", path: "/api/carts", json: {} });
    const line = { sku, quantity: 1 };
    await expectOk(origin, { method: "POST", path: `/api/carts/${cart.id}/lines`, json: line });
    const opening = { method: "POST", path: "/api/checkouts", json: { cartId: cart.id } };
    const { id } = await expectOk<Checkout>(origin, opening);
    const details = { email: `${name}-${index}@load.example`, address: ADDRESS };
    const ready = await expectOk<Checkout>(origin, {
      method: "PATCH",
      path: `/api/checkouts/${id}`,
      json: details,
    });
    return { id, totalMinor: ready.total.amountMinor };
  });
}
