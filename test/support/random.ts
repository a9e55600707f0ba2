/** Repeatable randomness: the same seed gives the same choices. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** One of the items. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** A source of its own, so that what one user of chance draws does not move another's. */
  fork(): Random;
};

/** Mulberry32: 32 bits of state are plenty for tests. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    fork: () => createRandom(whole(0, 2 ** 32 - 1)),
  };
}

/** The seed of this run: SEED from the environment, else a new one. Print it, or a failure cannot be repeated. */
export function readSeed(): number {
  const text = process.env["SEED"];
  const seed = text === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(text);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`SEED must be a whole number; it is "${text}".`);
  return seed;
}
