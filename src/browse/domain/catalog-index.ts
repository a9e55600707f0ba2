import type { IndexedProduct, ProductSort } from "#catalog";
import { ok, refuse, type Result } from "#kernel";
import type { FacetDefinition, IndexAnswer, IndexEntry, IndexQuery, IndexRefusal } from "../contract.ts";
import { addAll, both, countBits, emptyBits, hasBit, membersOf, setBit, type Bits } from "./bits.ts";
import { describeFacets, type FacetView } from "./describe-facets.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { Recent } from "./keep-recent.ts";
import { MAX_FACETS, MAX_INDEXED_PRODUCTS, MAX_KEPT_ANSWERS } from "./limits.ts";
import { PickedPlaces } from "./picked-places.ts";
import { ProductColumns } from "./product-columns.ts";
import { ProductSets } from "./product-sets.ts";
import { SortOrders } from "./sort-orders.ts";
import { COLLECTION_FACET, TermDictionary } from "./term-dictionary.ts";
import { PRICE_FACET, termsOf } from "./terms.ts";

/** A product that changed; without facts it is in no list any more. */
export type IndexChange = { readonly number: number; readonly product: IndexedProduct | undefined };

export type IndexParts = {
  readonly columns: ProductColumns;
  readonly dictionary: TermDictionary;
  readonly definitions: readonly FacetDefinition[] | undefined;
};

/**
 * The catalogue in memory, ready to be filtered, counted and sorted. Everything is derived from what it is told: it owns
 * nothing. Sets of products are bits; what a product is filed under is a few integers; counting is one walk over a set.
 */
export class CatalogIndex {
  readonly definitions: readonly FacetDefinition[] | undefined;
  readonly columns: ProductColumns;
  readonly dictionary: TermDictionary;
  readonly orders: SortOrders;
  readonly places = new PickedPlaces();
  readonly #sets: ProductSets;
  readonly #answers = new Recent<string, IndexAnswer>(MAX_KEPT_ANSWERS);

  constructor(parts: Partial<IndexParts> = {}) {
    this.columns = parts.columns ?? new ProductColumns();
    this.dictionary = parts.dictionary ?? new TermDictionary();
    this.definitions = parts.definitions;
    this.orders = new SortOrders(this.columns);
    this.#sets = new ProductSets(this.columns, this.dictionary);
  }

  get size(): number {
    return this.columns.size;
  }

  /** False when there is no room for more products. */
  get hasRoom(): boolean {
    return this.size < MAX_INDEXED_PRODUCTS;
  }

  /** Takes over changes; the later of two of one product wins. Repeating changes nothing. */
  apply(changes: readonly IndexChange[]): void {
    const touched = changes.flatMap(
      ({ number, product }) => (product ? this.#put(product) : this.#remove(number)) ?? [],
    );
    if (touched.length > 0) this.#settle(touched);
  }

  /** Takes in part of a first load. Nothing may be asked before {@link loaded}: products are put in order once, at the end. */
  load(products: readonly IndexedProduct[]): void {
    for (const product of products) this.#put(product);
  }

  /** Ends a first load. */
  loaded(): void {
    this.#settle(membersOf(this.columns.live));
  }

  #settle(touched: ArrayLike<number>): void {
    this.orders.replace(touched);
    this.#answers.clear();
  }

  #put(product: IndexedProduct): number {
    const terms = termsOf(product, this.definitions).flatMap((term) => this.dictionary.idOf(term) ?? []);
    const memberships = product.collections.flatMap(
      ({ handle }) =>
        this.dictionary.idOf({ facet: COLLECTION_FACET, facetLabel: "", value: handle, label: "" }) ?? [],
    );
    this.#noteDeparture(product.number);
    const slot = this.columns.put(
      { ...product, isSoldOut: product.isSoldOut, fingerprint: fingerprintOf(product) },
      [...terms, ...memberships],
    );
    this.#sets.noteArrival(slot);
    for (const { handle, place } of product.collections)
      if (place !== undefined) this.places.put(handle, slot, place);
    return slot;
  }

  #remove(number: number): number | undefined {
    this.#noteDeparture(number);
    return this.columns.remove(number);
  }

  #noteDeparture(number: number): void {
    const slot = this.columns.slotOf(number);
    if (slot === undefined) return;
    this.#sets.noteDeparture(slot);
    this.places.remove(slot);
  }

  /** Everything that one page of a list shows. Refuses `invalid_cursor`. */
  list(query: IndexQuery, sequence: number): Result<IndexAnswer, IndexRefusal> {
    const key = query.among ? undefined : JSON.stringify(query);
    const kept = key === undefined ? undefined : this.#answers.get(key);
    if (kept) return ok({ ...kept, sequence });
    const made = this.#answer(query, sequence);
    if (key !== undefined && made.ok) this.#answers.set(key, made.value);
    return made;
  }

  #answer(query: IndexQuery, sequence: number): Result<IndexAnswer, IndexRefusal> {
    const base = this.#base(query);
    const { groups, unknownFilters } = this.#groups(query, base);
    const result = intersect(base, [...groups.values()]);
    const page = this.#page(query, result);
    if (!page) return refuse({ code: "invalid_cursor" });
    const withoutSets = new Map(
      [...groups.keys()].map((key) => {
        const others = [...groups].filter(([other]) => other !== key).map(([, bits]) => bits);
        return [key, intersect(base, others)] as const;
      }),
    );
    const view: FacetView = {
      dictionary: this.dictionary,
      definitions: this.definitions,
      filters: query.filters,
      base: query.among ? this.#sets.count(base) : this.#sets.countList(query.collection, base),
      result: this.#sets.count(result),
      own: new Map(
        [...withoutSets]
          .filter(([key]) => key !== PRICE_FACET)
          .map(([key, bits]) => [key, this.#sets.count(bits)]),
      ),
    };
    const price = this.#priceRange(withoutSets.get(PRICE_FACET) ?? result);
    return ok({
      ...page,
      count: countBits(result),
      total: countBits(base),
      facets: describeFacets(view),
      ...(price ? { price } : {}),
      without: Object.fromEntries([...withoutSets].map(([key, bits]) => [key, countBits(bits)])),
      unknownFilters,
      filterKeys: this.#filterKeys(),
      sequence,
    });
  }

  /** The products that are looked at before any filter. */
  #base({ among, collection }: IndexQuery): Bits {
    const { columns } = this;
    if (among) {
      const bits = emptyBits(columns.capacity);
      for (const number of among) {
        const slot = columns.slotOf(number);
        if (slot !== undefined) setBit(bits, slot);
      }
      return bits;
    }
    if (collection === undefined) return columns.live;
    const term = this.dictionary.find(COLLECTION_FACET, collection);
    return term === undefined ? emptyBits(columns.capacity) : this.#sets.of(term);
  }

  /** Per filter, the products that fit it: the values of a facet are alternatives. */
  #groups(
    { filters }: IndexQuery,
    base: Bits,
  ): { readonly groups: ReadonlyMap<string, Bits>; readonly unknownFilters: readonly string[] } {
    const groups = new Map<string, Bits>();
    const known = new Set(this.#filterKeys());
    const unknownFilters: string[] = [];
    for (const [key, values] of Object.entries(filters.values)) {
      if (values.length === 0) continue;
      if (!known.has(key)) {
        unknownFilters.push(key);
        continue;
      }
      const bits = emptyBits(this.columns.capacity);
      for (const value of values) {
        const term = this.dictionary.find(key, value);
        if (term !== undefined) addAll(bits, this.#sets.of(term));
      }
      groups.set(key, bits);
    }
    const { priceFromMinor, priceToMinor } = filters;
    if (priceFromMinor !== undefined || priceToMinor !== undefined)
      groups.set(PRICE_FACET, this.#inPrice(base, priceFromMinor ?? 0, priceToMinor ?? Infinity));
    return { groups, unknownFilters };
  }

  /** Keys of the facets: the staff's, or the first ones that the catalogue has shown. */
  #filterKeys(): readonly string[] {
    if (this.definitions) return this.definitions.filter(({ isActive }) => isActive).map(({ key }) => key);
    const keys = this.dictionary.facets.map(({ key }) => key).filter((key) => key !== COLLECTION_FACET);
    return keys.slice(0, MAX_FACETS);
  }

  #inPrice(base: Bits, from: number, to: number): Bits {
    const bits = emptyBits(this.columns.capacity);
    const { priceMin, priceMax } = this.columns;
    for (const slot of membersOf(base))
      if ((priceMin[slot] ?? 0) <= to && (priceMax[slot] ?? 0) >= from) setBit(bits, slot);
    return bits;
  }

  #priceRange(bits: Bits): IndexAnswer["price"] {
    let minMinor = Infinity;
    let maxMinor = -Infinity;
    const { priceMin, priceMax } = this.columns;
    for (const slot of membersOf(bits)) {
      minMinor = Math.min(minMinor, priceMin[slot] ?? Infinity);
      maxMinor = Math.max(maxMinor, priceMax[slot] ?? -Infinity);
    }
    return minMinor === Infinity ? undefined : { minMinor, maxMinor };
  }

  #page(query: IndexQuery, result: Bits): { numbers: readonly number[]; nextCursor?: string } | undefined {
    const { numbers } = this.columns;
    if (query.sort === "given") {
      const kept = (query.among ?? []).filter((number) => {
        const slot = this.columns.slotOf(number);
        return slot !== undefined && hasBit(result, slot);
      });
      return { numbers: kept };
    }
    const sort: ProductSort = query.sort;
    const page = this.orders.page(sort, result, {
      cursor: query.cursor,
      limit: query.limit,
      places: this.places.of(query.collection),
    });
    return (
      page && {
        numbers: page.slots.map((slot) => numbers[slot] ?? 0),
        ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      }
    );
  }

  /** Entries after a product number, in order. */
  entries(after: number, limit: number): readonly IndexEntry[] {
    const found: IndexEntry[] = [];
    for (const slot of membersOf(this.columns.live)) {
      const number = this.columns.numbers[slot] ?? 0;
      if (number > after) found.push({ number, fingerprint: this.columns.fingerprints[slot] ?? 0 });
    }
    return found.sort((left, right) => left.number - right.number).slice(0, limit);
  }
}

const intersect = (base: Bits, groups: readonly Bits[]): Bits =>
  groups.reduce((left, right) => both(left, right), base);
