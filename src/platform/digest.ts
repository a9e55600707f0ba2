import { base32 } from "#kernel";

const encode = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** SHA-256 of UTF-8 text. */
export const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", encode(text)));

/** SHA-256 as 64 hex characters. */
export const sha256Hex = async (text: string): Promise<string> =>
  Array.from(await sha256(text), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 of bytes as 64 hex characters. */
export const sha256HexOfBytes = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/**
 * Keys of the secrets that were just used: they are a handful of constants, so importing them once is enough.
 * Keys and no promises, which another request could not wait for and which would keep a failure.
 */
const keys = new Map<string, CryptoKey>();
const MAX_KEYS = 32;

async function hmacKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encode(secret), algorithm, false, ["sign"]);
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(secret, key);
  return key;
}

/** HMAC-SHA-256 of UTF-8 text under a text secret. */
export const hmacSha256 = async (secret: string, text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.sign("HMAC", await hmacKey(secret), encode(text)));

/** A 160-bit unguessable name from a server secret: the same inputs always give the same text (32 characters). */
export const secretName = async (secret: string, text: string): Promise<string> =>
  base32(await hmacSha256(secret, text));

/** Compares two texts in time that depends only on their lengths. */
export function equalConstantTime(left: string, right: string): boolean {
  const a = encode(left);
  const b = encode(right);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1)
    difference |= (a[index] ?? 0) ^ (b[index % (b.length || 1)] ?? 0);
  return difference === 0;
}
