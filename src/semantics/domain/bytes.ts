import { DIMENSIONS } from "./limits.ts";
import type { Direction } from "./vectors.ts";

/** Directions as text that a database turns into bytes and back. */

/** Two hexadecimal digits per number. */
export const toHex = (direction: Direction): string =>
  Array.from(direction, (value) => (value & 0xff).toString(16).padStart(2, "0")).join("");

/** Reads one direction; what is missing of it counts as 0. */
export function fromHex(text: string): Direction {
  const direction = new Int8Array(DIMENSIONS);
  for (let index = 0; index < DIMENSIONS; index += 1)
    direction[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16) || 0;
  return direction;
}

/** Several directions in one text, one after the other. */
export const manyFromHex = (text: string): Direction[] =>
  Array.from({ length: Math.floor(text.length / (DIMENSIONS * 2)) }, (_, index) =>
    fromHex(text.slice(index * DIMENSIONS * 2, (index + 1) * DIMENSIONS * 2)),
  );
