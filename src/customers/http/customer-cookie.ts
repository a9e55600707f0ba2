import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isId } from "#kernel";
import type { CustomerId } from "../contract.ts";
import { CUSTOMER_COOKIE_SECONDS } from "../limits.ts";

const CUSTOMER_COOKIE = "kerbside_customer";

type Claim = { readonly customerId: CustomerId; readonly key: string };

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === "https:";

/** Who this browser says it belongs to; the desk decides whether it does. */
export function customerCookieOf(c: Context): Claim | undefined {
  const [customerId, key] = (getCookie(c, CUSTOMER_COOKIE) ?? "").split(".", 2);
  return isId("cus", customerId) && key !== undefined ? { customerId, key } : undefined;
}

/** Lets this browser keep it; pages can not read it. */
export function rememberCustomer(c: Context, { customerId, key }: Claim): void {
  setCookie(c, CUSTOMER_COOKIE, `${customerId}.${key}`, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure(c),
    maxAge: CUSTOMER_COOKIE_SECONDS,
  });
}

export const forgetCustomer = (c: Context): void =>
  void deleteCookie(c, CUSTOMER_COOKIE, { path: "/", secure: isSecure(c) });
