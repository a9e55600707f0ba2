/** Sets of slots as bits, 32 to a word. A set shorter than another counts as filled up with zeros. */
export type Bits = Uint32Array;

export const wordsFor = (slots: number): number => (slots + 31) >>> 5;
export const emptyBits = (slots: number): Bits => new Uint32Array(wordsFor(slots));

export const setBit = (bits: Bits, slot: number): void => {
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31));
};
export const clearBit = (bits: Bits, slot: number): void => {
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) & ~(1 << (slot & 31));
};
export const hasBit = (bits: Bits, slot: number): boolean =>
  (((bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;

/** Members of both sets, as a new one. */
export function both(left: Bits, right: Bits): Bits {
  const result = left.slice();
  for (let word = 0; word < result.length; word += 1) result[word] = (result[word] ?? 0) & (right[word] ?? 0);
  return result;
}

/** Adds the members of one set to another of the same length. */
export function addAll(target: Bits, added: Bits): void {
  for (let word = 0; word < target.length; word += 1) target[word] = (target[word] ?? 0) | (added[word] ?? 0);
}

/** Number of members. */
export function countBits(bits: Bits): number {
  let count = 0;
  for (const word of bits) {
    let pairs = word - ((word >>> 1) & 0x55555555);
    pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    count += (((pairs + (pairs >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** All members, in ascending order. Walking over a list of them is quicker than calling back for each. */
export function membersOf(bits: Bits): Uint32Array {
  const members = new Uint32Array(countBits(bits));
  let place = 0;
  for (let word = 0; word < bits.length; word += 1) {
    let rest = bits[word] ?? 0;
    while (rest !== 0) {
      const lowest = rest & -rest;
      members[place] = (word << 5) + (31 - Math.clz32(lowest));
      place += 1;
      rest ^= lowest;
    }
  }
  return members;
}

/** The same members in a set for more slots. */
export function grownBits(bits: Bits, slots: number): Bits {
  const grown = emptyBits(slots);
  grown.set(bits.subarray(0, Math.min(bits.length, grown.length)));
  return grown;
}
