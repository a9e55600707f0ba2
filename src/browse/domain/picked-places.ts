/** Slots that a merchant has put into place by hand, per collection: they stand before all others in its own order. */
export type Places = ReadonlyMap<number, number>;

/** Per collection (by handle), the place of each picked slot. */
export class PickedPlaces {
  readonly #byCollection = new Map<string, Map<number, number>>();

  of(collection: string | undefined): Places | undefined {
    return collection === undefined ? undefined : this.#byCollection.get(collection);
  }

  put(collection: string, slot: number, place: number): void {
    const places = this.#byCollection.get(collection) ?? new Map<number, number>();
    places.set(slot, place);
    this.#byCollection.set(collection, places);
  }

  /** Takes a slot out of every collection. */
  remove(slot: number): void {
    for (const [collection, places] of this.#byCollection)
      if (places.delete(slot) && places.size === 0) this.#byCollection.delete(collection);
  }

  /** Everything, for a copy: handle, then slot and place of each. */
  entries(): readonly (readonly [string, readonly (readonly [number, number])[]])[] {
    return [...this.#byCollection].map(([collection, places]) => [collection, [...places]] as const);
  }
}
