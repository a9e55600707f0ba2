import { refuse, type CartId, type Result } from "#kernel";
import type { CartRefusal, CartView, IdempotencyTag } from "#cart";
import type { CallContext } from "#platform";
import { labelOf, type CodeStatus } from "#vouchers";
import { price } from "./cart-use-cases.ts";
import type { CheckoutPorts } from "./ports.ts";

/** Why a code was not taken; `applied` is none. */
export type CodeReason = Exclude<CodeStatus, { readonly code: "applied" }>;

export type CodeRefusal = CartRefusal | { readonly code: "code_refused"; readonly reason: CodeReason };

/** Standings that a change of the cart may mend, so the code is kept and says what is missing. */
const KEPT: readonly CodeStatus["code"][] = ["applied", "minimum_not_reached"];

/**
 * Enters a code into a cart when it can apply, as far as the copies tell; the voucher itself decides when the order is
 * placed. Safe to repeat. An unknown and a disabled card get the same answer after the same work.
 */
export async function enterCode(
  ports: CheckoutPorts,
  input: {
    readonly cartId: CartId;
    readonly text: string;
    readonly expectedVersion?: number;
    readonly tag?: IdempotencyTag;
  },
  call: CallContext,
): Promise<Result<CartView, CodeRefusal>> {
  const object = ports.carts.getByName(input.cartId);
  const [cart, voucher] = await Promise.all([object.view(), ports.codes.find(input.text)]);
  if (!cart.ok) return cart;
  const { codes } = cart.value;
  if (codes.some((code) => code.voucherId === voucher?.voucherId)) return cart;
  const entered = {
    voucherId: voucher?.voucherId ?? "",
    label: voucher ? labelOf(voucher.terms) : "",
  };
  const { basket } = await price(ports, { ...cart.value, codes: [...codes, entered] });
  const status = basket.codes.at(-1)?.status ?? { code: "unknown" as const };
  if (status.code !== "applied" && !KEPT.includes(status.code))
    return refuse({ code: "code_refused", reason: status });
  const expected = input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion };
  return object.addCode({ ...entered, ...expected }, input.tag, call);
}

/** Takes a code out of a cart, by the id of its voucher or by the code as typed. */
export async function removeCode(
  ports: CheckoutPorts,
  input: {
    readonly cartId: CartId;
    readonly code: string;
    readonly expectedVersion?: number;
    readonly tag?: IdempotencyTag;
  },
  call: CallContext,
): Promise<Result<CartView, CartRefusal>> {
  const object = ports.carts.getByName(input.cartId);
  const cart = await object.view();
  if (!cart.ok) return cart;
  const isId = cart.value.codes.some((code) => code.voucherId === input.code);
  const voucherId = isId ? input.code : ((await ports.codes.find(input.code))?.voucherId ?? "");
  const expected = input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion };
  return object.removeCode({ voucherId, ...expected }, input.tag, call);
}
