import { clearBit, emptyBits, grownBits, membersOf, setBit, type Bits } from "./bits.ts";
import { Recent } from "./keep-recent.ts";
import { MAX_KEPT_COUNTS, MAX_KEPT_SETS } from "./limits.ts";
import type { ProductColumns } from "./product-columns.ts";
import { COLLECTION_FACET, type TermDictionary } from "./term-dictionary.ts";

/** Room for new values in counts that are kept: without it, each new value would cost a count of everything. */
const SPARE_TERMS = 256;
/** The key of the counts of the whole shop. */
const WHOLE_SHOP = "";

/**
 * Which products are filed under a term, and how many under each. The first question about a term walks over all products;
 * from then on the answer is kept up with every product that comes, changes or goes.
 */
export class ProductSets {
  readonly #columns: ProductColumns;
  readonly #dictionary: TermDictionary;
  readonly #sets = new Recent<number, Bits>(MAX_KEPT_SETS);
  readonly #counts = new Recent<string, Uint32Array>(MAX_KEPT_COUNTS);

  constructor(columns: ProductColumns, dictionary: TermDictionary) {
    this.#columns = columns;
    this.#dictionary = dictionary;
  }

  /** Call after a product was put into its slot. */
  noteArrival(slot: number): void {
    for (const term of this.#termsOf(slot)) {
      const kept = this.#sets.get(term);
      if (!kept) continue;
      const grown = slot >>> 5 < kept.length ? kept : grownBits(kept, this.#columns.capacity);
      setBit(grown, slot);
      this.#sets.set(term, grown);
    }
    this.#recount(slot, 1);
  }

  /** Call before a product's slot is changed or given up. */
  noteDeparture(slot: number): void {
    this.#recount(slot, -1);
    for (const term of this.#termsOf(slot)) {
      const kept = this.#sets.get(term);
      if (kept) clearBit(kept, slot);
    }
  }

  /** Products that are filed under a term. */
  of(term: number): Bits {
    const kept = this.#sets.get(term);
    if (kept) return kept;
    const bits = emptyBits(this.#columns.capacity);
    const { cells, cellStart, cellCount } = this.#columns;
    for (const slot of membersOf(this.#columns.live)) {
      const end = (cellStart[slot] ?? 0) + (cellCount[slot] ?? 0);
      let cell = cellStart[slot] ?? 0;
      while (cell < end && cells[cell] !== term) cell += 1;
      if (cell < end) setBit(bits, slot);
    }
    this.#sets.set(term, bits);
    return bits;
  }

  /** How many of a set are filed under each term. */
  count(bits: Bits): Uint32Array {
    const counts = new Uint32Array(this.#dictionary.size + SPARE_TERMS);
    const { cells, cellStart, cellCount } = this.#columns;
    for (const slot of membersOf(bits)) {
      const start = cellStart[slot] ?? 0;
      const end = start + (cellCount[slot] ?? 0);
      for (let cell = start; cell < end; cell += 1) {
        const term = cells[cell] ?? 0;
        counts[term] = (counts[term] ?? 0) + 1;
      }
    }
    return counts;
  }

  /** The same for all products of a collection, or of the shop, whose set this is; kept. */
  countList(collection: string | undefined, bits: Bits): Uint32Array {
    const key = collection ?? WHOLE_SHOP;
    const kept = this.#counts.get(key);
    if (kept) return kept;
    const counts = this.count(bits);
    this.#counts.set(key, counts);
    return counts;
  }

  #recount(slot: number, by: 1 | -1): void {
    const terms = this.#termsOf(slot);
    for (const [collection, counts] of this.#counts.entries()) {
      if (this.#dictionary.size > counts.length) return this.#counts.clear();
      const term = this.#dictionary.find(COLLECTION_FACET, collection);
      if (collection !== WHOLE_SHOP && (term === undefined || !terms.includes(term))) continue;
      for (const cell of terms) counts[cell] = (counts[cell] ?? 0) + by;
    }
  }

  #termsOf(slot: number): Uint32Array {
    const [start, end] = this.#columns.cellsOf(slot);
    return this.#columns.cells.subarray(start, end);
  }
}
