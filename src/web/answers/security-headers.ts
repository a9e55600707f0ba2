import type { MiddlewareHandler } from "hono";
import { isPublicAnswer } from "./cache-class.ts";
import { changeHeaders } from "./change-headers.ts";

type HeaderList = readonly (readonly [name: string, value: string])[];

const policy = (formAction: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Imported catalogues keep their pictures at the former shop's address.
    "img-src 'self' https: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const COMMON_HEADERS: HeaderList = [
  ["x-content-type-options", "nosniff"],
  ["cross-origin-opener-policy", "same-origin"],
];

/** Over TLS only: elsewhere it must not be sent, and every browser ignores it (RFC 6797, 7.2 and 8.1). */
const SECURE_HEADERS: HeaderList = [["strict-transport-security", "max-age=63072000"]];

const isSecure = (url: string): boolean => url.startsWith("https:");

/**
 * For cached public pages: constant, without a nonce, because every visitor gets the same bytes. Sending
 * headers is most of what a kept answer costs, so there is none that only repeats another one or the default:
 * `frame-ancestors` outdoes `x-frame-options` (CSP 3, 6.4.2), `strict-origin-when-cross-origin` is what browsers do anyway,
 * and where only our own scripts run and nothing can be framed there is nobody to refuse a permission to.
 */
const PUBLIC_HEADERS: HeaderList = [["content-security-policy", policy("'self'")], ...COMMON_HEADERS];
const SECURE_PUBLIC_HEADERS: HeaderList = [...PUBLIC_HEADERS, ...SECURE_HEADERS];

/** The list of a public page at this address. */
export const publicSecurityHeaders = (url: string): HeaderList =>
  isSecure(url) ? SECURE_PUBLIC_HEADERS : PUBLIC_HEADERS;

/**
 * For private pages and the API. `formActionOrigins` are origins that a form of ours may lead to by a redirect: the
 * payment provider's page.
 */
const privateSecurityHeaders = (formActionOrigins: readonly string[] = []): HeaderList => [
  ["content-security-policy", policy(["'self'", ...formActionOrigins].join(" "))],
  ["referrer-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["x-frame-options", "DENY"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"],
  ...COMMON_HEADERS,
];

/**
 * Sets the headers of the answer's cache class: the public list when `cache-control` begins with public, the private
 * list otherwise. A header that the handler has set stays.
 */
export function securityHeaders(formActionOrigins: readonly string[] = []): MiddlewareHandler {
  const privateHeaders = privateSecurityHeaders(formActionOrigins);
  const securePrivateHeaders = [...privateHeaders, ...SECURE_HEADERS];
  return async function addSecurityHeaders(c, next) {
    await next();
    const { url } = c.req;
    const whenPrivate = isSecure(url) ? securePrivateHeaders : privateHeaders;
    changeHeaders(c, (headers) => {
      const list = isPublicAnswer(headers) ? publicSecurityHeaders(url) : whenPrivate;
      for (const [name, value] of list) if (!headers.has(name)) headers.set(name, value);
    });
  };
}
