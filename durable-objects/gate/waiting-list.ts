/**
 * Who waits, in memory: numbers in order, and when each was last seen. People leave at the front by the thousands and
 * in the middle one by one, so places are found by search and those who left are swept out together.
 */
export class WaitingList {
  #numbers: number[];
  readonly #seenAt = new Map<number, number>();

  /** `numbers` in ascending order; everyone counts as seen now, because the list was just loaded. */
  constructor(numbers: readonly number[], now: number) {
    this.#numbers = [...numbers];
    for (const number of numbers) this.#seenAt.set(number, now);
  }

  get size(): number {
    return this.#numbers.length;
  }

  /** A number higher than all others joins, or someone in line is seen again. */
  see(number: number, now: number): void {
    if (!this.#seenAt.has(number)) this.#numbers.push(number);
    this.#seenAt.set(number, now);
  }

  /** People in front of a number. */
  ahead(number: number): number {
    let low = 0;
    let high = this.#numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbers[middle] ?? Infinity) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  remove(gone: readonly number[]): void {
    if (gone.length === 0) return;
    for (const number of gone) this.#seenAt.delete(number);
    this.#numbers = this.#numbers.filter((number) => this.#seenAt.has(number));
  }

  /** Those who were last seen before an instant. */
  notSeenSince(instant: number): number[] {
    return this.#numbers.filter((number) => (this.#seenAt.get(number) ?? 0) < instant);
  }
}
