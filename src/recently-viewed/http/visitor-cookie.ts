import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { base32, DAY_MS, SECOND_MS, SECRET_ID_RANDOM_BYTES } from "#kernel";
import { KEPT_DAYS } from "../limits.ts";

/** Holds 130 random bits and nothing about the person; no other part of the shop reads it. */
const COOKIE = "kerbside_seen";
const VISITOR = /^[0-9a-hjkmnp-tv-z]{26}$/;
const MAX_AGE_SECONDS = (KEPT_DAYS * DAY_MS) / SECOND_MS;

/** The visitor of this browser; `undefined` before the first product. */
export function visitorOf(c: Context): string | undefined {
  const id = getCookie(c, COOKIE);
  return id !== undefined && VISITOR.test(id) ? id : undefined;
}

/** The visitor of this browser, who gets an id when there is none; the cookie's time begins anew. */
export function keepVisitor(c: Context): string {
  const visitor = visitorOf(c) ?? base32(crypto.getRandomValues(new Uint8Array(SECRET_ID_RANDOM_BYTES)));
  setCookie(c, COOKIE, visitor, { ...common(c), httpOnly: true, maxAge: MAX_AGE_SECONDS });
  return visitor;
}

/** Takes the cookie back. */
export const forgetVisitor = (c: Context): void => void deleteCookie(c, COOKIE, common(c));

const common = (c: Context) =>
  ({ path: "/recently-viewed", sameSite: "Lax", secure: new URL(c.req.url).protocol === "https:" }) as const;
