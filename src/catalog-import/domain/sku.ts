import { slugify } from "#kernel";
import { cutToUnits } from "./text.ts";
import { MAX_SKU_CHARACTERS } from "./limits.ts";

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const DIGEST_CHARACTERS = 10;

/** A short text that is the same for the same text and practically never for another (FNV-1a, 64 bits; no secret). */
export function shortDigest(text: string): string {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  return hash.toString(36).padStart(13, "0").slice(-DIGEST_CHARACTERS);
}

const PLAIN_VALUE = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/**
 * The SKU of a variant that has none: its product's handle and option values, so that every import of the variant
 * gives the same code. A digest is added where the readable part alone would not tell two variants apart.
 */
export function generateSku(handle: string, optionValues: readonly string[]): string {
  const readable = [handle, ...optionValues.map(slugify)].join(".");
  const isLossless = optionValues.every((value) => PLAIN_VALUE.test(value));
  if (isLossless && readable.length <= MAX_SKU_CHARACTERS) return readable;
  return withDigest(readable, [handle, ...optionValues].join("\u0000"));
}

/** Shortens a SKU that is too long for the inventory; the same long SKU always gives the same short one. */
export const fitSku = (sku: string): string =>
  sku.length <= MAX_SKU_CHARACTERS ? sku : withDigest(sku, sku);

/** Tidies a SKU or bar code: no leading apostrophe (a spreadsheet's mark for "text"), no control characters. */
export const cleanCode = (text: string): string =>
  text
    .replace(/[\p{Control}\s]+/gu, " ")
    .trim()
    .replace(/^'+\s*/, "");

const withDigest = (readable: string, whole: string): string =>
  `${cutToUnits(readable, MAX_SKU_CHARACTERS - DIGEST_CHARACTERS - 1)}~${shortDigest(whole)}`;
