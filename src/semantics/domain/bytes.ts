import { DIMENSIONS } from "./limits.ts";
import type { Direction } from "./vectors.ts";

/** Directions as text that a database turns into bytes and back. */

/** Two hexadecimal digits per number. */
export const toHex = (direction: Direction): string =>
  Array.from(direction, (value) => (value & 0xff).toString(16).padStart(2, "0")).join("");

/** Reads one direction; what is missing of it counts as 0. Without cutting the text up: a step of pairing reads 8,192 of them. */
export function fromHex(text: string): Direction {
  const direction = new Int8Array(DIMENSIONS);
  const written = Math.min(DIMENSIONS, text.length >> 1);
  for (let index = 0; index < written; index += 1)
    direction[index] = digitAt(text, index * 2) * 16 + digitAt(text, index * 2 + 1);
  return direction;
}

const LETTER_A = 0x61;
const LOWER_CASE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

/** A hexadecimal digit, small or capital. */
function digitAt(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return code <= NINE ? code - ZERO : (code | LOWER_CASE) - LETTER_A + 10;
}

/** Several directions in one text, one after the other. */
export const manyFromHex = (text: string): Direction[] =>
  Array.from({ length: Math.floor(text.length / (DIMENSIONS * 2)) }, (_, index) =>
    fromHex(text.slice(index * DIMENSIONS * 2, (index + 1) * DIMENSIONS * 2)),
  );
