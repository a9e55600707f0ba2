import type { LearnMessage, ShopperEvent } from "../contract-events.ts";
import { MAX_COUNTED_QUERY_CHARACTERS } from "./limits.ts";
import { EVENT_WEIGHTS, growthAt } from "./popularity.ts";
import { wordsOf } from "./search-query.ts";

/** Views of a product that one message is worth, and what it says of queries and pairs; `id` is the message's. */
export type Lessons = {
  readonly products: readonly (ProductKey & { readonly id: string; readonly amount: number })[];
  readonly pairs: readonly Pair[];
  readonly queries: readonly QueryCount[];
};
export type ProductKey = { readonly handle?: string; readonly productId?: string };
export type Pair = {
  readonly id: string;
  readonly kind: "bought" | "viewed";
  readonly one: string;
  readonly other: string;
  readonly amount: number;
};
export type QueryCount = {
  readonly id: string;
  readonly day: number;
  readonly query: string;
  readonly searches: number;
  readonly misses: number;
  readonly clicks: number;
  /** What a search that found something adds to the phrase's score. */
  readonly amount: number;
};

const DAY_MS = 24 * 60 * 60_000;

/** What these messages teach. Sums only, so their order does not matter. */
export function lessonsOf(messages: readonly LearnMessage[]): Lessons {
  const all = messages.map((message) =>
    message.kind === "order" ? lessonsOfOrder(message) : lessonsOfVisit(message),
  );
  return {
    products: all.flatMap(({ products }) => products),
    pairs: all.flatMap(({ pairs }) => pairs),
    queries: all.flatMap(({ queries }) => queries),
  };
}

type Message<Kind extends LearnMessage["kind"]> = Extract<LearnMessage, { kind: Kind }>;

function lessonsOfOrder({ id, occurredAtMs, productIds }: Message<"order">): Lessons {
  const growth = growthAt(occurredAtMs);
  const products = [...new Set(productIds)];
  return {
    products: products.map((productId) => ({ id, productId, amount: EVENT_WEIGHTS.purchase * growth })),
    pairs: products.flatMap((one) =>
      products
        .filter((other) => other !== one)
        .map((other) => ({ id, kind: "bought" as const, one, other, amount: growth })),
    ),
    queries: [],
  };
}

function lessonsOfVisit({ id, occurredAtMs, events }: Message<"visit">): Lessons {
  const growth = growthAt(occurredAtMs);
  const day = Math.floor(occurredAtMs / DAY_MS);
  return {
    products: events.flatMap((event) =>
      event.kind === "search"
        ? []
        : [{ id, handle: event.handle, amount: EVENT_WEIGHTS[event.kind] * growth }],
    ),
    pairs: events.flatMap((event) =>
      event.kind !== "view"
        ? []
        : [...new Set(event.after)]
            .filter((other) => other !== event.handle)
            .flatMap((other) => [
              { id, kind: "viewed" as const, one: event.handle, other, amount: growth },
              { id, kind: "viewed" as const, one: other, other: event.handle, amount: growth },
            ]),
    ),
    queries: events.flatMap((event) => {
      const query = queryOf(event);
      if (query === undefined) return [];
      const isSearch = event.kind === "search";
      const isMiss = event.kind === "search" && event.isMiss;
      return [
        {
          id,
          day,
          query,
          searches: isSearch ? 1 : 0,
          misses: isMiss ? 1 : 0,
          clicks: isSearch ? 0 : 1,
          amount: isSearch && !isMiss ? growth : 0,
        },
      ];
    }),
  };
}

const queryOf = (event: ShopperEvent): string | undefined =>
  event.kind === "search" || event.kind === "click" ? countedQuery(event.query) : undefined;

/** The query as it is counted; `undefined` for what may be about a person: addresses of mail, long numbers, long texts. */
export function countedQuery(typed: string): string | undefined {
  if (typed.includes("@") || /\d[\d ./-]{5,}\d/.test(typed)) return undefined;
  const query = wordsOf(typed).join(" ");
  return query === "" || query.length > MAX_COUNTED_QUERY_CHARACTERS ? undefined : query;
}
