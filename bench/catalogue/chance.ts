/** Repeatable chance: what is drawn depends on the seed and the names of the draw, never on earlier draws. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** One of the items; `fallback` for an empty list. */
  pick<T>(items: readonly T[], fallback: T): T;
  /** True in `share` of all draws. */
  happens(share: number): boolean;
};

/** FNV-1a over the names, then Mulberry32. */
export function chanceOf(seed: number, ...names: readonly (string | number)[]): Chance {
  let state = 0x811c9dc5 ^ seed;
  for (const character of names.join("\u0000"))
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  state >>>= 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (items, fallback) => items[Math.floor(next() * items.length)] ?? fallback,
    happens: (share) => next() < share,
  };
}
