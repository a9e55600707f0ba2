import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { epochMs, type Problem } from "#kernel";
import { equalConstantTime } from "#platform";
import { answerProblem, isApiPath, type ProblemTypeEntry } from "#web";
import { MAX_PASSWORD_CHARACTERS, STAFF_SESSION_MS } from "./limits.ts";

export const STAFF_COOKIE = "kerbside_staff";

export type StaffAuthOptions = {
  /** The one development word; never empty. */
  readonly password: string;
  /** Opens the API to programs as `Authorization: Bearer`. */
  readonly apiToken: string;
  /** Signs the cookie. */
  readonly secret: string;
};

export type StaffAuth = {
  /** Lets signed-in staff and programs with the token pass; pages lead to the sign-in, the API answers 401. */
  require(): MiddlewareHandler;
  /** Checks the word and sets the cookie; false leaves everything as it was. */
  signIn(c: Context, password: string): Promise<boolean>;
  signOut(c: Context): void;
};

/** A program or person has not said who it is. */
export const signInProblem: Problem = {
  type: "/problems/staff/sign-in-required",
  title: "Sign in first",
  status: 401,
  detail: "Sign in at /admin/sign-in, or send the API token as Authorization: Bearer.",
};

/** For the pages that explain problem types. */
export const STAFF_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: signInProblem.type,
    title: signInProblem.title,
    status: signInProblem.status,
    meaning: "This part of the shop is for its staff, and the request does not say who sends it.",
    remedy: "Sign in at /admin/sign-in, or send the API token in the Authorization header as a Bearer token.",
  },
];

const isSecureRequest = (c: Context): boolean => new URL(c.req.url).protocol === "https:";

/**
 * The development sign-in: one word for everybody, a signed cookie that ends by itself. Roles, people and their audit
 * are another issue's work; nothing outside this file knows how a person is recognised.
 */
export function createStaffAuth({ password, apiToken, secret }: StaffAuthOptions): StaffAuth {
  async function isSignedIn(c: Context): Promise<boolean> {
    const bearer = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    if (bearer !== undefined) return equalConstantTime(bearer, apiToken);
    const expires = await getSignedCookie(c, secret, STAFF_COOKIE);
    return typeof expires === "string" && Number(expires) > Date.now();
  }
  return {
    require: () =>
      async function requireStaff(c, next) {
        if (await isSignedIn(c)) return next();
        if (isApiPath(c.req.path)) {
          c.header("www-authenticate", 'Bearer realm="admin"');
          return answerProblem(c, signInProblem);
        }
        return c.redirect(`/admin/sign-in?next=${encodeURIComponent(c.req.path)}`, 303);
      },
    async signIn(c, given) {
      if (given.length > MAX_PASSWORD_CHARACTERS || !equalConstantTime(given, password)) return false;
      const expires = epochMs(Date.now() + STAFF_SESSION_MS);
      await setSignedCookie(c, STAFF_COOKIE, String(expires), secret, {
        path: "/admin",
        httpOnly: true,
        sameSite: "Strict",
        secure: isSecureRequest(c),
        maxAge: STAFF_SESSION_MS / 1000,
      });
      return true;
    },
    signOut: (c) => {
      deleteCookie(c, STAFF_COOKIE, { path: "/admin" });
    },
  };
}

/** Where a sign-in may lead: a page of the back office, never another site. */
export function safeNextPath(text: string | undefined): string {
  return text !== undefined && /^\/admin(?:\/[\w\-/.%]*)?$/.test(text) && !text.includes("//")
    ? text
    : "/admin";
}
