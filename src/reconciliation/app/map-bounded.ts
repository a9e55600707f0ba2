import { MAX_PARALLEL_CALLS } from "../domain/limits.ts";

/** Maps with at most six calls under way; results stand in the order of the items. A rejection rejects the whole. */
export async function mapBounded<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  const queue = items.entries();
  const runner = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(MAX_PARALLEL_CALLS, items.length) }, runner));
  return results;
}
