import { MAX_EMAIL_CHARACTERS } from "../limits.ts";

/** Said when there is no usable address. */
export const EMAIL_SENTENCE = "Enter your e-mail address, like name@example.com.";

const ADDRESS =
  /^[^\s@<>(),;:"[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/** Reads an e-mail address; the domain becomes lower case. `undefined` when mail could not reach it. */
export function parseEmail(text: string): string | undefined {
  const trimmed = text.normalize("NFC").trim();
  if (trimmed.length > MAX_EMAIL_CHARACTERS || !ADDRESS.test(trimmed) || trimmed.includes(".."))
    return undefined;
  const at = trimmed.lastIndexOf("@");
  if (at > 64) return undefined;
  return trimmed.slice(0, at) + trimmed.slice(at).toLowerCase();
}

const COMMON_DOMAINS = [
  "gmail.com",
  "googlemail.com",
  "outlook.com",
  "hotmail.com",
  "yahoo.com",
  "icloud.com",
  "live.com",
  "proton.me",
  "gmx.de",
  "gmx.net",
  "web.de",
  "t-online.de",
  "orange.fr",
  "free.fr",
  "libero.it",
  "example.com",
] as const;

/**
 * The address that was probably meant: a well-known domain that differs by one slip of the finger. A question for the
 * shopper, never an error. `undefined` when there is nothing to ask.
 */
export function suggestEmail(email: string): string | undefined {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1);
  if (COMMON_DOMAINS.some((known) => known === domain)) return undefined;
  const meant = COMMON_DOMAINS.find((known) => isOneSlipApart(domain, known));
  return meant === undefined ? undefined : email.slice(0, at + 1) + meant;
}

/** One letter too many, too few, other, or two neighbours swapped. */
function isOneSlipApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const restLeft = left.slice(start);
  const restRight = right.slice(start);
  if (left.length > right.length) return restLeft.slice(1) === restRight;
  if (left.length < right.length) return restLeft === restRight.slice(1);
  if (restLeft.slice(1) === restRight.slice(1)) return true;
  return (
    restLeft[0] === restRight[1] && restLeft[1] === restRight[0] && restLeft.slice(2) === restRight.slice(2)
  );
}
