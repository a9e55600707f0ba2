import type { Market } from "./market.ts";
import { lowestBefore, type PricePoint } from "./price-history.ts";
import { resolveLadder, type Ladder, type LadderStep } from "./price-ladder.ts";
import { speaksTo, takesOff, type PriceEntry, type PriceList } from "./price-list.ts";

/** The channel whose prices are worked out ahead: this shop's own pages. */
export const WEB_CHANNEL = "web";

export type VariantFacts = {
  readonly variantId: string;
  readonly productNumber: number;
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
  /** Handles of the collections of price lists that its product is in. */
  readonly collections?: readonly string[];
  /** What staff typed; it stands where no history is known. */
  readonly lowest30DaysMinor?: number;
};

type Place = { readonly variantId: string; readonly marketId: string; readonly customerGroup: string };
export type KnownPoint = Place & PricePoint;
export type KnownReduction = Place & { readonly reducedSinceMs: number };

/** Everything that prices of some products follow from. */
export type RoundFacts = {
  readonly markets: readonly Market[];
  /** Active ones, in force or not. */
  readonly lists: readonly PriceList[];
  readonly shopCurrency: string;
  readonly atMs: number;
  readonly variants: readonly VariantFacts[];
  readonly entries: readonly PriceEntry[];
  readonly history: readonly KnownPoint[];
  readonly reductions: readonly KnownReduction[];
};

export type ResolvedRow = Place & {
  readonly minQuantity: number;
  readonly amountMinor: number;
  readonly compareAtMinor?: number;
  readonly lowest30DaysMinor?: number;
  readonly reducedSinceMs?: number;
  readonly listId?: string;
  readonly baseMinor: number;
  readonly validUntilMs?: number;
  readonly productNumber: number;
};

export type CardPrice = {
  readonly productNumber: number;
  readonly marketId: string;
  readonly isDefault: boolean;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly compareAtMinor?: number;
};

export type WorkedOut = {
  readonly rows: readonly ResolvedRow[];
  /** Points to add to the history. */
  readonly points: readonly KnownPoint[];
  readonly cards: readonly CardPrice[];
};

/**
 * Works out what variants cost in every market and group. The default market gets rows only where a list speaks or a
 * price is reduced. A reduction keeps the instant at which it began for as long as it goes on, and the lowest price of
 * the 30 days before is counted from there. The same facts always give the same answer.
 */
export function workOut(facts: RoundFacts): WorkedOut {
  const known = indexed(facts);
  const worked = facts.variants.flatMap((variant) =>
    facts.markets.flatMap((market) => workOutMarket(variant, market, { facts, known })),
  );
  return {
    rows: worked.flatMap((one) => one.rows),
    points: worked.flatMap((one) => one.points),
    cards: cardsOf(facts, worked),
  };
}

type Known = {
  readonly entries: ReadonlyMap<string, readonly PriceEntry[]>;
  readonly points: ReadonlyMap<string, readonly PricePoint[]>;
  readonly since: ReadonlyMap<string, number>;
};
type Worked = {
  readonly variant: VariantFacts;
  readonly place: Place;
  readonly first: LadderStep;
  readonly rows: readonly ResolvedRow[];
  readonly points: readonly KnownPoint[];
};

const keyOf = ({ variantId, marketId, customerGroup }: Place): string =>
  JSON.stringify([variantId, marketId, customerGroup]);

function indexed({ entries, history, reductions }: RoundFacts): Known {
  return {
    entries: Map.groupBy(entries, (entry) => entry.variantId),
    points: Map.groupBy(history, keyOf),
    since: new Map(reductions.map((reduction) => [keyOf(reduction), reduction.reducedSinceMs])),
  };
}

type At = { readonly facts: RoundFacts; readonly known: Known };

function workOutMarket(variant: VariantFacts, market: Market, at: At): Worked[] {
  const entries = at.known.entries.get(variant.variantId) ?? [];
  return ["", ...groupsFor(market, { ...variant, entries }, at.facts.lists)].map((customerGroup) => {
    const ladder = resolveLadder({
      market,
      customerGroup,
      channel: WEB_CHANNEL,
      shopCurrency: at.facts.shopCurrency,
      base: variant,
      collections: variant.collections ?? [],
      lists: at.facts.lists,
      entries,
      atMs: at.facts.atMs,
    });
    return describe({ variant, market, customerGroup, ladder }, at);
  });
}

/** Groups that a list names for this variant in this market: only they have prices of their own. */
function groupsFor(
  market: Market,
  {
    entries,
    collections = [],
  }: Pick<VariantFacts, "collections"> & { readonly entries: readonly PriceEntry[] },
  lists: readonly PriceList[],
): readonly string[] {
  const named = lists.flatMap((list) => {
    const { customerGroup, listId } = list;
    if (customerGroup === undefined || customerGroup === "") return [];
    const { marketId, currency } = market;
    const isHeard = speaksTo(list, { marketId, currency, customerGroup, channel: WEB_CHANNEL });
    const covers = takesOff(list, collections) || entries.some((entry) => entry.listId === listId);
    return isHeard && covers ? [customerGroup] : [];
  });
  return [...new Set(named)];
}

type Described = {
  readonly variant: VariantFacts;
  readonly market: Market;
  readonly customerGroup: string;
  readonly ladder: Ladder;
};

function describe({ variant, market, customerGroup, ladder }: Described, { facts, known }: At): Worked {
  const place = { variantId: variant.variantId, marketId: market.marketId, customerGroup };
  const [first] = ladder.steps;
  // A ladder has a first step; the type of a list does not say so.
  const step: LadderStep = first ?? { minQuantity: 1, amountMinor: variant.priceMinor };
  const points = known.points.get(keyOf(place)) ?? [];
  const isReduced = step.compareAtMinor !== undefined;
  const since = isReduced ? (known.since.get(keyOf(place)) ?? facts.atMs) : undefined;
  const typed = market.isDefault && step.listId === undefined ? variant.lowest30DaysMinor : undefined;
  const lowest = since === undefined ? undefined : (typed ?? lowestBefore(points, since));
  const isPlain =
    market.isDefault &&
    customerGroup === "" &&
    ladder.steps.length === 1 &&
    step.listId === undefined &&
    !isReduced &&
    ladder.validUntilMs === undefined;
  return {
    variant,
    place,
    first: step,
    rows: isPlain
      ? []
      : ladder.steps.map((row) => ({
          ...place,
          ...row,
          ...(row === step && lowest !== undefined ? { lowest30DaysMinor: lowest } : {}),
          ...(row === step && since !== undefined ? { reducedSinceMs: since } : {}),
          baseMinor: variant.priceMinor,
          ...(ladder.validUntilMs === undefined ? {} : { validUntilMs: ladder.validUntilMs }),
          productNumber: variant.productNumber,
        })),
    points:
      latestOf(points)?.amountMinor === step.amountMinor
        ? []
        : [{ ...place, fromMs: facts.atMs, amountMinor: step.amountMinor }],
  };
}

const latestOf = (points: readonly PricePoint[]): PricePoint | undefined =>
  points.reduce<PricePoint | undefined>(
    (latest, point) => (point.fromMs >= (latest?.fromMs ?? 0) ? point : latest),
    undefined,
  );

/** What a card shows: the cheapest and the dearest variant for one unit, and the former price of the cheapest. */
function cardsOf({ markets }: RoundFacts, worked: readonly Worked[]): CardPrice[] {
  const forEverybody = worked.filter((one) => one.place.customerGroup === "");
  const groups = Map.groupBy(forEverybody, (one) => `${one.variant.productNumber} ${one.place.marketId}`);
  return [...groups.values()].flatMap((ones) => {
    const [one] = ones;
    if (!one) return [];
    const amounts = ones.map(({ first }) => first.amountMinor);
    const priceMinMinor = Math.min(...amounts);
    const former = ones
      .filter(({ first }) => first.amountMinor === priceMinMinor)
      .flatMap(({ first }) => (first.compareAtMinor === undefined ? [] : [first.compareAtMinor]));
    const { marketId } = one.place;
    return [
      {
        productNumber: one.variant.productNumber,
        marketId,
        isDefault: markets.some((market) => market.marketId === marketId && market.isDefault),
        priceMinMinor,
        priceMaxMinor: Math.max(...amounts),
        ...(former.length === 0 ? {} : { compareAtMinor: Math.max(...former) }),
      },
    ];
  });
}
