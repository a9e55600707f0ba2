import { objectNamespace } from "#platform";
import type { CatalogIndexRpc, IndexQuery } from "../contract.ts";

/** Index objects of one shop. Each holds the whole catalogue; more of them share the load and need no agreement. */
const REPLICAS = 2;
/** Each further market has prices of its own, and one index that knows them: a shop with many would fill memory with copies. */
const MARKET_REPLICAS = 1;

const MARKET_MARK = "@";

/** The market whose prices an index of this name knows; `undefined` for the default one. */
export function marketOfIndex(name: string | undefined): string | undefined {
  const mark = name?.indexOf(MARKET_MARK) ?? -1;
  return mark === -1 ? undefined : name?.slice(mark + 1);
}

/**
 * The shop's index objects as one, at the prices of the default market or of another one. A collection keeps to one of
 * them, so that its pages follow one index and its counts are kept in one place; the other is asked when that one cannot be
 * reached.
 */
export function catalogIndex(
  namespace: { getByName(name: string): unknown },
  marketId?: string,
): Pick<CatalogIndexRpc, "list" | "facets" | "reach" | "rebuild"> {
  const objects = objectNamespace<CatalogIndexRpc>(namespace);
  const replicas = marketId === undefined ? REPLICAS : MARKET_REPLICAS;
  const place = marketId === undefined ? "" : MARKET_MARK + marketId;
  const replica = (turn: number): CatalogIndexRpc => objects.getByName(`index:${turn % replicas}${place}`);
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
      const turns = Array.from({ length: replicas }, (_, turn) => replica(turn).reach(sequence));
      return (await Promise.all(turns)).every(Boolean);
    },
    rebuild: async () => {
      for (let turn = 0; turn < replicas; turn += 1) await replica(turn).rebuild();
    },
  };
}

/** The same number for the same list, whatever its filters. */
const turnOf = ({ collection, among }: IndexQuery): number =>
  [...(collection ?? String(among?.[0] ?? ""))].reduce(
    (sum, letter) => sum + (letter.codePointAt(0) ?? 0),
    0,
  );
