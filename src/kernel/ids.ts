import { invariant } from "./invariant.ts";
import type { EpochMs } from "./time.ts";

/**
 * Identifiers are a prefix and Crockford base-32 text: 10 characters of time (so that they sort),
 * then randomness. The caller mints an id before the call that uses it, so the id doubles as an idempotency key.
 */
export const ID_PREFIXES = {
  product: "prd",
  variant: "var",
  collection: "col",
  media: "med",
  cart: "crt",
  checkout: "chk",
  order: "ord",
  hold: "hold",
  payment: "pay",
  shipment: "shp",
  parcel: "pcl",
  event: "evt",
  mail: "mail",
  importJob: "imp",
  exportJob: "exp",
  adjustment: "adj",
  transfer: "trf",
  request: "req",
  staffDraft: "drf",
  customer: "cus",
} as const;
export type IdPrefix = (typeof ID_PREFIXES)[keyof typeof ID_PREFIXES];

/** An id of one kind: `Id<"ord">` is not assignable to `Id<"crt">`. */
export type Id<P extends IdPrefix> = `${P}_${string}`;

export type ProductId = Id<"prd">;
export type VariantId = Id<"var">;
export type CollectionId = Id<"col">;
export type MediaId = Id<"med">;
export type CartId = Id<"crt">;
export type CheckoutId = Id<"chk">;
export type OrderId = Id<"ord">;
export type ShipmentId = Id<"shp">;
export type ParcelId = Id<"pcl">;
export type ImportJobId = Id<"imp">;
export type ExportJobId = Id<"exp">;
export type StaffDraftId = Id<"drf">;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_CHARACTERS = 10;
/** 80 random bits: enough that ids never meet. */
export const ID_RANDOM_BYTES = 16;
/** 128 random bits and more: for an id that is itself a secret (a cart link), after ASVS 5.0 7.2.3. */
export const SECRET_ID_RANDOM_BYTES = 26;

/** Encodes the low five bits of each byte as one base-32 character. */
export const base32 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join("");

/** The ten characters of time that start an id. */
export function timeCharacters(at: EpochMs): string {
  let rest: number = at;
  let text = "";
  for (let position = 0; position < TIME_CHARACTERS; position += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/**
 * Makes an id from an instant and random bytes (16 for ordinary ids, 26 for secret ones); time and randomness are
 * inputs so that deciders and tests stay deterministic.
 */
export function makeId<P extends IdPrefix>(prefix: P, at: EpochMs, random: Uint8Array): Id<P> {
  invariant(random.length >= ID_RANDOM_BYTES, "an id needs at least 16 random bytes");
  return `${prefix}_${timeCharacters(at)}${base32(random)}`;
}

/** Mints an id from the platform's randomness; for shells and scripts, never for domain code. */
export function mintId<P extends IdPrefix>(prefix: P, at: EpochMs, randomBytes = ID_RANDOM_BYTES): Id<P> {
  return makeId(prefix, at, crypto.getRandomValues(new Uint8Array(randomBytes)));
}

const ID_BODY = /^[0-9a-hjkmnp-tv-z]{26,64}$/;

/** Tells whether `text` is a well-formed id of that kind. */
export function isId<P extends IdPrefix>(prefix: P, text: unknown): text is Id<P> {
  return (
    typeof text === "string" && text.startsWith(`${prefix}_`) && ID_BODY.test(text.slice(prefix.length + 1))
  );
}
