import { objectNamespace } from "#platform";
import type { CatalogIndexRpc, IndexQuery } from "../contract.ts";

/** Index objects of one shop. Each holds the whole catalogue; more of them share the load and need no agreement. */
const REPLICAS = 2;

/**
 * The shop's index objects as one. A collection keeps to one of them, so that its pages follow one index and its counts are
 * kept in one place; the other is asked when that one cannot be reached.
 */
export function catalogIndex(namespace: {
  getByName(name: string): unknown;
}): Pick<CatalogIndexRpc, "list" | "facets" | "reach" | "rebuild"> {
  const objects = objectNamespace<CatalogIndexRpc>(namespace);
  const replica = (turn: number): CatalogIndexRpc => objects.getByName(`index:${turn % REPLICAS}`);
  return {
    list: async (query) => {
      const turn = turnOf(query);
      try {
        return await replica(turn).list(query);
      } catch {
        return replica(turn + 1).list(query);
      }
    },
    facets: () => replica(0).facets(),
    reach: async (sequence) => {
      const turns = Array.from({ length: REPLICAS }, (_, turn) => replica(turn).reach(sequence));
      return (await Promise.all(turns)).every(Boolean);
    },
    rebuild: async () => {
      for (let turn = 0; turn < REPLICAS; turn += 1) await replica(turn).rebuild();
    },
  };
}

/** The same number for the same list, whatever its filters. */
const turnOf = ({ collection, among }: IndexQuery): number =>
  [...(collection ?? String(among?.[0] ?? ""))].reduce(
    (sum, letter) => sum + (letter.codePointAt(0) ?? 0),
    0,
  );
