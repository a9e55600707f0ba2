import { clearBit, emptyBits, grownBits, setBit, type Bits } from "./bits.ts";

/** What the index keeps of one product beside its terms. */
export type ProductKeys = {
  readonly number: number;
  readonly titleKey: string;
  readonly publishedAtMs: number;
  readonly featuredPosition: number;
  readonly popularity: number;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly isSoldOut: boolean;
  readonly fingerprint: number;
};

const FIRST_CAPACITY = 1024;
const FIRST_CELLS = 8192;

/**
 * Products as columns: one slot each, reused when a product leaves. What a product is filed under lies in one long list of
 * cells; a changed product gets new cells at its end, and the list is packed when half of it is waste.
 */
export class ProductColumns {
  capacity = FIRST_CAPACITY;
  numbers = new Float64Array(FIRST_CAPACITY);
  publishedAtMs = new Float64Array(FIRST_CAPACITY);
  featured = new Float64Array(FIRST_CAPACITY);
  popularity = new Float64Array(FIRST_CAPACITY);
  priceMin = new Float64Array(FIRST_CAPACITY);
  priceMax = new Float64Array(FIRST_CAPACITY);
  soldOut = new Uint8Array(FIRST_CAPACITY);
  fingerprints = new Uint32Array(FIRST_CAPACITY);
  titles: string[] = [];
  live: Bits = emptyBits(FIRST_CAPACITY);
  cells = new Uint32Array(FIRST_CELLS);
  cellStart = new Uint32Array(FIRST_CAPACITY);
  cellCount = new Uint16Array(FIRST_CAPACITY);
  #cellsUsed = 0;
  #cellsWasted = 0;
  #slots = 0;
  readonly #slotOf = new Map<number, number>();
  readonly #free: number[] = [];

  /** Products that are there. */
  get size(): number {
    return this.#slotOf.size;
  }

  /** Slots that were ever used: all members of sets are below. */
  get slots(): number {
    return this.#slots;
  }

  slotOf(number: number): number | undefined {
    return this.#slotOf.get(number);
  }

  /** First cell of a slot and the one after its last. */
  cellsOf(slot: number): readonly [number, number] {
    const start = this.cellStart[slot] ?? 0;
    return [start, start + (this.cellCount[slot] ?? 0)];
  }

  /** Puts a product in, in its old slot if it has one; the slot comes back. */
  put(keys: ProductKeys, terms: ArrayLike<number>): number {
    const slot = this.#slotOf.get(keys.number) ?? this.#takeSlot(keys.number);
    this.numbers[slot] = keys.number;
    this.publishedAtMs[slot] = keys.publishedAtMs;
    this.featured[slot] = keys.featuredPosition;
    this.popularity[slot] = keys.popularity;
    this.priceMin[slot] = keys.priceMinMinor;
    this.priceMax[slot] = keys.priceMaxMinor;
    this.soldOut[slot] = keys.isSoldOut ? 1 : 0;
    this.fingerprints[slot] = keys.fingerprint;
    this.titles[slot] = keys.titleKey;
    setBit(this.live, slot);
    this.#writeCells(slot, terms);
    return slot;
  }

  /** Takes a product out; `undefined` when it is not there. */
  remove(number: number): number | undefined {
    const slot = this.#slotOf.get(number);
    if (slot === undefined) return undefined;
    this.#slotOf.delete(number);
    this.#free.push(slot);
    this.titles[slot] = "";
    clearBit(this.live, slot);
    this.#cellsWasted += this.cellCount[slot] ?? 0;
    this.cellCount[slot] = 0;
    return slot;
  }

  #takeSlot(number: number): number {
    const slot = this.#free.pop() ?? this.#slots;
    if (slot === this.#slots) this.#slots += 1;
    if (slot >= this.capacity) this.#grow();
    this.#slotOf.set(number, slot);
    return slot;
  }

  #grow(): void {
    this.capacity *= 2;
    const grown = <T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(next: T, old: T): T => {
      next.set(old);
      return next;
    };
    this.numbers = grown(new Float64Array(this.capacity), this.numbers);
    this.publishedAtMs = grown(new Float64Array(this.capacity), this.publishedAtMs);
    this.featured = grown(new Float64Array(this.capacity), this.featured);
    this.popularity = grown(new Float64Array(this.capacity), this.popularity);
    this.priceMin = grown(new Float64Array(this.capacity), this.priceMin);
    this.priceMax = grown(new Float64Array(this.capacity), this.priceMax);
    this.soldOut = grown(new Uint8Array(this.capacity), this.soldOut);
    this.fingerprints = grown(new Uint32Array(this.capacity), this.fingerprints);
    this.cellStart = grown(new Uint32Array(this.capacity), this.cellStart);
    this.cellCount = grown(new Uint16Array(this.capacity), this.cellCount);
    this.live = grownBits(this.live, this.capacity);
  }

  #writeCells(slot: number, terms: ArrayLike<number>): void {
    this.#cellsWasted += this.cellCount[slot] ?? 0;
    this.cellCount[slot] = 0;
    if (this.#cellsUsed + terms.length > this.cells.length) this.#makeRoom(terms.length);
    this.cells.set(terms, this.#cellsUsed);
    this.cellStart[slot] = this.#cellsUsed;
    this.cellCount[slot] = terms.length;
    this.#cellsUsed += terms.length;
  }

  /** Packs the cells when that gives half of them back, else doubles them. */
  #makeRoom(needed: number): void {
    const kept = this.#cellsUsed - this.#cellsWasted;
    let length = this.cells.length;
    while (kept + needed > length / 2) length *= 2;
    const packed = new Uint32Array(length);
    let used = 0;
    for (let slot = 0; slot < this.#slots; slot += 1) {
      const [start, end] = this.cellsOf(slot);
      packed.set(this.cells.subarray(start, end), used);
      this.cellStart[slot] = used;
      used += end - start;
    }
    this.cells = packed;
    this.#cellsUsed = used;
    this.#cellsWasted = 0;
  }
}
