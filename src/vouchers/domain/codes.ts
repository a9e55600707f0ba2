import { base32 } from "#kernel";
import type { VoucherKind } from "../contract.ts";
import {
  MAX_COUPON_CHARACTERS,
  MAX_TYPED_CHARACTERS,
  MIN_COUPON_CHARACTERS,
  SECRET_CODE_CHARACTERS,
  SECRET_CODE_GROUP,
} from "./limits.ts";

/**
 * Codes as people type them. A coupon's code is a public word. A gift card's and a credit's code is a secret of 100
 * random bits in Crockford base 32, so it forgives case, spaces, hyphens, and the letters O, I and L.
 */

const PREFIXES: Readonly<Record<VoucherKind, string>> = {
  coupon: "coupon:",
  gift_card: "gift:",
  store_credit: "credit:",
};
const HASH = /^[0-9a-z]{32}$/;
const COUPON = /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/;

/** A coupon's code in the one way it is written; `undefined` when it cannot be one. */
export function parseCouponCode(text: string): string | undefined {
  if (text.length > MAX_TYPED_CHARACTERS) return undefined;
  const code = text.normalize("NFKC").trim().toUpperCase();
  const isLong = code.length >= MIN_COUPON_CHARACTERS && code.length <= MAX_COUPON_CHARACTERS;
  return isLong && COUPON.test(code) ? code : undefined;
}

/** A secret code without its hyphens; `undefined` when it cannot be one. */
export function parseSecretCode(text: string): string | undefined {
  if (text.length > MAX_TYPED_CHARACTERS) return undefined;
  const code = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s-]+/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return code.length === SECRET_CODE_CHARACTERS && /^[0-9a-hjkmnp-tv-z]+$/.test(code) ? code : undefined;
}

/** Makes a secret code from 20 random bytes (five bits of each count). */
export const makeSecretCode = (random: Uint8Array): string =>
  base32(random.subarray(0, SECRET_CODE_CHARACTERS));

/** `7KQM-…`: a secret code as its owner sees it, once. */
export const showSecretCode = (code: string): string =>
  (code.toUpperCase().match(new RegExp(`.{1,${SECRET_CODE_GROUP}}`, "g")) ?? []).join("-");

/** The last characters of a secret code. They tell cards apart and give away 20 of 100 bits. */
export const hintOf = (code: string): string => code.slice(-SECRET_CODE_GROUP).toUpperCase();

/** The id of a coupon, which is also its object's name. */
export const couponId = (code: string): string => PREFIXES.coupon + code;
/** The id of a gift card by the hash of its code. */
export const giftCardId = (codeHash: string): string => PREFIXES.gift_card + codeHash;
/** The id of a customer's credit by the hash of the cleaned e-mail address. */
export const storeCreditId = (customerHash: string): string => PREFIXES.store_credit + customerHash;

/** What an id names; `undefined` when it is not a voucher's. */
export function kindOfVoucherId(id: string): VoucherKind | undefined {
  if (id.startsWith(PREFIXES.coupon))
    return parseCouponCode(id.slice(PREFIXES.coupon.length)) === id.slice(PREFIXES.coupon.length)
      ? "coupon"
      : undefined;
  if (id.startsWith(PREFIXES.gift_card))
    return HASH.test(id.slice(PREFIXES.gift_card.length)) ? "gift_card" : undefined;
  if (id.startsWith(PREFIXES.store_credit))
    return HASH.test(id.slice(PREFIXES.store_credit.length)) ? "store_credit" : undefined;
  return undefined;
}

/** The customer as limits count: one address in any case is one customer. */
export const cleanCustomer = (email: string): string => email.normalize("NFKC").trim().toLowerCase();
