import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isId, type CartId } from "#kernel";
import type { CartRpc, CartView } from "#cart";
import type { ObjectNamespace } from "#platform";

const CART_COOKIE = "kerbside_cart";
/** Holds only a number, so that a page from a shared cache can show it by script. */
const COUNT_COOKIE = "cart_count";
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** The visitor's cart; `undefined` without one. */
export function cartOf(c: Context): CartId | undefined {
  const id = getCookie(c, CART_COOKIE);
  return isId("crt", id) ? id : undefined;
}

/** Keeps the cart with this browser and its count readable. */
export function keepCart(c: Context, cart: CartView): void {
  const units = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  const common = { path: "/", sameSite: "Lax", secure: isSecure(c), maxAge: MAX_AGE_SECONDS } as const;
  setCookie(c, CART_COOKIE, cart.cartId, { ...common, httpOnly: true });
  setCookie(c, COUNT_COOKIE, String(units), common);
}

/** Forgets a cart that is gone. */
export function forgetCart(c: Context): void {
  deleteCookie(c, CART_COOKIE, { path: "/", secure: isSecure(c) });
  deleteCookie(c, COUNT_COOKIE, { path: "/", secure: isSecure(c) });
}

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === "https:";

/** Brings the count up to what the visitor's cart holds now, such as nothing after an order. Never fails the page. */
export async function refreshCartCount(c: Context, carts: ObjectNamespace<CartRpc>): Promise<void> {
  const cartId = cartOf(c);
  if (!cartId) return;
  try {
    const cart = await carts.getByName(cartId).view();
    if (cart.ok) keepCart(c, cart.value);
  } catch {
    // A count that is old for one page is no reason to lose the page.
  }
}
