import { decodeCursor, encodeCursor, type CursorPart } from "#kernel";
import type { ProductSort } from "#catalog";
import { both, emptyBits, hasBit, membersOf, setBit, type Bits } from "./bits.ts";
import type { Places } from "./picked-places.ts";
import type { ProductColumns } from "./product-columns.ts";

/** The stored orders; the two by price are one, read from either end. */
export const ORDER_NAMES = ["featured", "popular", "newest", "price", "title"] as const;
export type OrderName = (typeof ORDER_NAMES)[number];

type Key = string | number;
type OrderPlan = {
  /** The sort keys of a slot; the product's number comes last, so that no two are equal. */
  readonly keysOf: (columns: ProductColumns, slot: number) => readonly Key[];
  readonly types: readonly ("string" | "number")[];
};

const PLANS: Readonly<Record<OrderName, OrderPlan>> = {
  featured: {
    keysOf: (columns, slot) => [
      columns.soldOut[slot] ?? 0,
      columns.featured[slot] ?? 0,
      columns.numbers[slot] ?? 0,
    ],
    types: ["number", "number", "number"],
  },
  popular: {
    keysOf: (columns, slot) => [columns.popularity[slot] ?? 0, columns.numbers[slot] ?? 0],
    types: ["number", "number"],
  },
  newest: {
    keysOf: (columns, slot) => [columns.publishedAtMs[slot] ?? 0, columns.numbers[slot] ?? 0],
    types: ["number", "number"],
  },
  price: {
    keysOf: (columns, slot) => [columns.priceMin[slot] ?? 0, columns.numbers[slot] ?? 0],
    types: ["number", "number"],
  },
  title: {
    keysOf: (columns, slot) => [columns.titles[slot] ?? "", columns.numbers[slot] ?? 0],
    types: ["string", "number"],
  },
};

const SORTS: Readonly<Record<ProductSort, { readonly order: OrderName; readonly isDescending: boolean }>> = {
  featured: { order: "featured", isDescending: false },
  popular: { order: "popular", isDescending: true },
  newest: { order: "newest", isDescending: true },
  price_asc: { order: "price", isDescending: false },
  price_desc: { order: "price", isDescending: true },
  title: { order: "title", isDescending: false },
};

/** Compares two slots without making key lists: this runs millions of times while an index is built. */
const COMPARE: Readonly<Record<OrderName, (columns: ProductColumns, left: number, right: number) => number>> =
  {
    featured: (columns, left, right) =>
      (columns.soldOut[left] ?? 0) - (columns.soldOut[right] ?? 0) ||
      (columns.featured[left] ?? 0) - (columns.featured[right] ?? 0) ||
      byNumber(columns, left, right),
    popular: (columns, left, right) =>
      (columns.popularity[left] ?? 0) - (columns.popularity[right] ?? 0) || byNumber(columns, left, right),
    newest: (columns, left, right) =>
      (columns.publishedAtMs[left] ?? 0) - (columns.publishedAtMs[right] ?? 0) ||
      byNumber(columns, left, right),
    price: (columns, left, right) =>
      (columns.priceMin[left] ?? 0) - (columns.priceMin[right] ?? 0) || byNumber(columns, left, right),
    title: (columns, left, right) => {
      const [first = "", second = ""] = [columns.titles[left], columns.titles[right]];
      return first < second ? -1 : first > second ? 1 : byNumber(columns, left, right);
    },
  };

const byNumber = (columns: ProductColumns, left: number, right: number): number =>
  (columns.numbers[left] ?? 0) - (columns.numbers[right] ?? 0);

/**
 * The slots of all live products in each order. A change takes the touched slots out and merges them in again: one walk
 * per order, whatever the number of products that changed.
 */
export class SortOrders {
  readonly #columns: ProductColumns;
  readonly #orders: Record<OrderName, Uint32Array> = {
    featured: new Uint32Array(),
    popular: new Uint32Array(),
    newest: new Uint32Array(),
    price: new Uint32Array(),
    title: new Uint32Array(),
  };

  constructor(columns: ProductColumns) {
    this.#columns = columns;
  }

  order(name: OrderName): Uint32Array {
    return this.#orders[name];
  }

  restore(name: OrderName, slots: Uint32Array): void {
    this.#orders[name] = slots;
  }

  /** Puts touched slots where they belong now; those that are not live any more go. */
  replace(touched: ArrayLike<number>): void {
    const gone = emptyBits(this.#columns.capacity);
    for (const slot of Array.from(touched)) setBit(gone, slot);
    const joining = membersOf(both(gone, this.#columns.live));
    for (const name of ORDER_NAMES) {
      const compare = (left: number, right: number): number => COMPARE[name](this.#columns, left, right);
      joining.sort(compare);
      this.#orders[name] = merged(this.#orders[name], joining, { gone, compare });
    }
  }

  /**
   * The first `limit` members of a set after a cursor, and the cursor of the last one when there are more. `undefined` when
   * the cursor is not one of this sort. Cursors are those of the catalogue's own lists.
   */
  page(
    sort: ProductSort,
    members: Bits,
    { cursor, limit, places }: PageRequest,
  ): { readonly slots: readonly number[]; readonly nextCursor?: string } | undefined {
    const { order, isDescending } = SORTS[sort];
    const slots = this.#orders[order];
    const keys = cursor === undefined ? undefined : readCursor(sort, cursor);
    if (cursor !== undefined && !keys) return undefined;
    const step = isDescending ? -1 : 1;
    const end = isDescending ? -1 : slots.length;
    let place = this.#start(sort, keys);
    const picked = sort === "featured" ? places : undefined;
    const waiting = this.#pickedAfter(picked, members, keys);
    const found: number[] = [];
    for (; place !== end && found.length <= limit; place += step) {
      const slot = slots[place] ?? 0;
      if (!hasBit(members, slot) || picked?.has(slot)) continue;
      while (waiting[0] !== undefined && this.#isBefore(waiting[0], slot, picked))
        found.push(waiting.shift() ?? 0);
      found.push(slot);
    }
    found.push(...waiting);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return found.length > limit && last !== undefined
      ? { slots: page, nextCursor: encodeCursor([sort, ...this.#keysOf(order, last, picked)]) }
      : { slots: page };
  }

  /** Members that were put into place by hand and come after the cursor, in order. */
  #pickedAfter(places: Places | undefined, members: Bits, keys: readonly CursorPart[] | undefined): number[] {
    if (!places) return [];
    return [...places.keys()]
      .filter((slot) => hasBit(members, slot))
      .filter((slot) => !keys || compareKeys(this.#keysOf("featured", slot, places), keys) > 0)
      .sort((left, right) =>
        compareKeys(this.#keysOf("featured", left, places), this.#keysOf("featured", right, places)),
      );
  }

  #isBefore(left: number, right: number, places: Places | undefined): boolean {
    return compareKeys(this.#keysOf("featured", left, places), this.#keysOf("featured", right, places)) < 0;
  }

  /** The sort keys of a slot; where it was put by hand, that place stands for its own. */
  #keysOf(order: OrderName, slot: number, places: Places | undefined): readonly Key[] {
    const keys = PLANS[order].keysOf(this.#columns, slot);
    const place = places?.get(slot);
    return place === undefined ? keys : [keys[0] ?? 0, place, ...keys.slice(2)];
  }

  /** The place from which to walk: the first one beyond the keys. */
  #start(sort: ProductSort, keys: readonly CursorPart[] | undefined): number {
    const { order, isDescending } = SORTS[sort];
    const slots = this.#orders[order];
    if (!keys) return isDescending ? slots.length - 1 : 0;
    let low = 0;
    let high = slots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const compared = compareKeys(PLANS[order].keysOf(this.#columns, slots[middle] ?? 0), keys);
      if (compared < 0 || (!isDescending && compared === 0)) low = middle + 1;
      else high = middle;
    }
    return isDescending ? low - 1 : low;
  }
}

type PageRequest = {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Slots that stand elsewhere in the merchant's own order. */
  readonly places?: Places | undefined;
};

type Merge = {
  readonly gone: Bits;
  readonly compare: (left: number, right: number) => number;
};

function merged(old: Uint32Array, joining: Uint32Array, { gone, compare }: Merge): Uint32Array {
  const kept = without(old, gone);
  const result = new Uint32Array(kept.length + joining.length);
  let from = 0;
  let place = 0;
  for (const slot of joining) {
    // The joining slots are few: each finds its place by search, and what lies between is copied as a block.
    const until = placeOf(kept, slot, { compare, from });
    result.set(kept.subarray(from, until), place);
    place += until - from;
    from = until;
    result[place] = slot;
    place += 1;
  }
  result.set(kept.subarray(from), place);
  return result;
}

/** A copy without some slots, made of whole blocks. */
function without(slots: Uint32Array, gone: Bits): Uint32Array {
  const kept = new Uint32Array(slots.length);
  let count = 0;
  let from = 0;
  for (let place = 0; place < slots.length; place += 1) {
    if (!hasBit(gone, slots[place] ?? 0)) continue;
    kept.set(slots.subarray(from, place), count);
    count += place - from;
    from = place + 1;
  }
  kept.set(slots.subarray(from), count);
  return kept.subarray(0, count + slots.length - from);
}

function placeOf(
  slots: Uint32Array,
  slot: number,
  { compare, from }: { readonly compare: Merge["compare"]; readonly from: number },
): number {
  let low = from;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(slots[middle] ?? 0, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readCursor(sort: ProductSort, cursor: string): CursorPart[] | undefined {
  const { types } = PLANS[SORTS[sort].order];
  const parts = decodeCursor(cursor, types.length + 1);
  if (!parts || parts[0] !== sort) return undefined;
  const keys = parts.slice(1);
  return keys.every((key, index) => typeof key === types[index]) ? keys : undefined;
}

function compareKeys(left: readonly Key[], right: readonly CursorPart[]): number {
  for (const [index, key] of left.entries()) {
    const other = right[index] ?? 0;
    if (key < other) return -1;
    if (key > other) return 1;
  }
  return 0;
}
