import { DIMENSIONS } from "./limits.ts";

/** A direction in 64 bytes, each from −127 to 127; as long as every other. */
export type Direction = Int8Array;

const FULL = 127;

/** Keeps the direction of a vector in bytes; `undefined` for one without a direction. */
export function directionOf(vector: ArrayLike<number>): Direction | undefined {
  const length = lengthOf(vector);
  if (!(length > 0) || !Number.isFinite(length)) return undefined;
  return Int8Array.from({ length: DIMENSIONS }, (_, index) =>
    Math.round(((vector[index] ?? 0) / length) * FULL),
  );
}

export const lengthOf = (vector: ArrayLike<number>): number => Math.sqrt(productOf(vector, vector));

/** How alike two directions are: 1 the same, 0 nothing in common, −1 opposite. Rounding moves it by less than 0.02. */
export const likeness = (one: Direction, other: Direction): number => {
  const scale = lengthOf(one) * lengthOf(other);
  return scale === 0 ? 0 : Math.max(-1, Math.min(1, productOf(one, other) / scale));
};

function productOf(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < DIMENSIONS; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** One of many, and how alike it is. */
export type Near = { readonly index: number; readonly likeness: number };

/** Directions side by side in one piece of memory, for comparing one with all of them. */
export class DirectionTable {
  readonly #bytes: Int8Array;
  readonly #lengths: Float32Array;
  readonly size: number;

  constructor(directions: readonly Direction[]) {
    this.size = directions.length;
    this.#bytes = new Int8Array(directions.length * DIMENSIONS);
    this.#lengths = new Float32Array(directions.length);
    for (const [index, direction] of directions.entries()) {
      this.#bytes.set(direction.subarray(0, DIMENSIONS), index * DIMENSIONS);
      this.#lengths[index] = lengthOf(direction);
    }
  }

  /** The most alike ones first; ties by place. At least `least` alike, at most `limit`. */
  nearest(to: Direction, { limit, least }: { readonly limit: number; readonly least: number }): Near[] {
    const length = lengthOf(to);
    const best: Near[] = [];
    for (let index = 0; index < this.size; index += 1) {
      const scale = length * (this.#lengths[index] ?? 0);
      const alike = scale === 0 ? 0 : this.#dot(index, to) / scale;
      const worst = best.length < limit ? least : (best.at(-1)?.likeness ?? least);
      if (alike < least || (best.length === limit && alike <= worst)) continue;
      let place = best.length;
      while (place > 0 && (best[place - 1]?.likeness ?? 0) < alike) place -= 1;
      best.splice(place, 0, { index, likeness: Math.min(1, alike) });
      if (best.length > limit) best.pop();
    }
    return best;
  }

  #dot(index: number, to: Direction): number {
    const bytes = this.#bytes;
    const start = index * DIMENSIONS;
    let sum = 0;
    for (let part = 0; part < DIMENSIONS; part += 1) sum += (bytes[start + part] ?? 0) * (to[part] ?? 0);
    return sum;
  }
}
