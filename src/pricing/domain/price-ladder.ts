import { marketBaseMinor, partOf, roundPrice, type Market } from "./market.ts";
import {
  boundariesOf,
  isInForce,
  speaksTo,
  takesOff,
  type PriceContext,
  type PriceEntry,
  type PriceList,
} from "./price-list.ts";
import { resolvePrice, type PriceCandidate } from "./resolve-price.ts";

/** What a variant costs from one quantity on. */
export type LadderStep = {
  /** 1 in the first step; steps ascend. */
  readonly minQuantity: number;
  readonly amountMinor: number;
  /** The price before a reduction, higher than `amountMinor`. */
  readonly compareAtMinor?: number;
  /** The list that said so; absent where the base price holds. */
  readonly listId?: string;
};

export type Ladder = {
  readonly steps: readonly LadderStep[];
  /** The next instant at which a list begins or ends that speaks here; absent when none does. */
  readonly validUntilMs?: number;
};

export type LadderRequest = {
  readonly market: Market;
  readonly customerGroup: string;
  readonly channel: string;
  readonly shopCurrency: string;
  /** The variant's own price in the shop's currency, and what it was compared to. */
  readonly base: { readonly priceMinor: number; readonly compareAtMinor?: number };
  /** Handles of the collections of price lists that its product is in. */
  readonly collections?: readonly string[];
  readonly lists: readonly PriceList[];
  /** Of this variant. */
  readonly entries: readonly PriceEntry[];
  readonly atMs: number;
};

/**
 * Everything that one variant costs one group in one market: a first step from one unit on, and one for every quantity
 * at which the price changes. The same question at the same instant always gives the same ladder.
 */
export function resolveLadder(request: LadderRequest): Ladder {
  const { market, customerGroup, channel, lists, atMs } = request;
  const context: PriceContext = {
    marketId: market.marketId,
    currency: market.currency,
    customerGroup,
    channel,
  };
  const heard = lists.filter((list) => speaksTo(list, context) && covers(list, request));
  const candidates = heard
    .filter((list) => isInForce(list, atMs))
    .flatMap((list) => candidatesOf(list, request));
  const quantities = [...new Set([1, ...candidates.map((candidate) => candidate.minQuantity)])];
  const steps = quantities
    .sort((a, b) => a - b)
    .map((quantity) => stepAt(quantity, { context, candidates, request }));
  const next = heard.flatMap(boundariesOf).filter((at) => at > atMs);
  return {
    steps: steps.filter((step, index) => index === 0 || isOther(step, steps[index - 1])),
    ...(next.length === 0 ? {} : { validUntilMs: Math.min(...next) }),
  };
}

const covers = (list: PriceList, { entries, collections = [] }: LadderRequest): boolean =>
  takesOff(list, collections) || entries.some((entry) => entry.listId === list.listId);

const isOther = (step: LadderStep, before: LadderStep | undefined): boolean =>
  step.amountMinor !== before?.amountMinor || step.compareAtMinor !== before.compareAtMinor;

/** A list's own percentage is its word from one unit on, unless an entry says otherwise there. */
function candidatesOf(list: PriceList, request: LadderRequest): PriceCandidate[] {
  const own = request.entries.filter((entry) => entry.listId === list.listId);
  const named = own.map((entry) => toCandidate(list, entry, request));
  const hasFirst = own.some((entry) => entry.minQuantity === 1);
  const { percentOffPpm } = list;
  return percentOffPpm === undefined || hasFirst || !takesOff(list, request.collections ?? [])
    ? named
    : [{ list, minQuantity: 1, amountMinor: reduced(request, percentOffPpm) }, ...named];
}

function toCandidate(list: PriceList, { minQuantity, price }: PriceEntry, request: LadderRequest) {
  return price.kind === "percent"
    ? { list, minQuantity, amountMinor: reduced(request, price.percentOffPpm) }
    : {
        list,
        minQuantity,
        amountMinor: price.amountMinor,
        ...(price.compareAtMinor === undefined ? {} : { compareAtMinor: price.compareAtMinor }),
      };
}

const baseOf = ({ base, market, shopCurrency }: LadderRequest): number =>
  marketBaseMinor(base.priceMinor, market, shopCurrency);

/** A percentage off the market's base price, rounded once to a minor unit and then by the market's rule. */
function reduced(request: LadderRequest, percentOffPpm: number): number {
  const before = baseOf(request);
  const rounded = roundPrice(before - partOf(before, percentOffPpm), request.market.rounding);
  // Making a price pretty must not take the reduction back.
  return Math.min(rounded, before);
}

type Asked = {
  readonly context: PriceContext;
  readonly candidates: readonly PriceCandidate[];
  readonly request: LadderRequest;
};

function stepAt(quantity: number, { context, candidates, request }: Asked): LadderStep {
  const chosen = resolvePrice({ ...context, quantity }, candidates);
  if (!chosen) return baseStep(quantity, request);
  const regular =
    chosen.list.kind === "sale" ? regularMinor(quantity, { context, candidates, request }) : undefined;
  const compareAtMinor = chosen.compareAtMinor ?? regular;
  return {
    minQuantity: quantity,
    amountMinor: chosen.amountMinor,
    ...(compareAtMinor !== undefined && compareAtMinor > chosen.amountMinor ? { compareAtMinor } : {}),
    listId: chosen.list.listId,
  };
}

/** What would be asked without any sale. */
function regularMinor(quantity: number, { context, candidates, request }: Asked): number {
  const others = candidates.filter((candidate) => candidate.list.kind !== "sale");
  return resolvePrice({ ...context, quantity }, others)?.amountMinor ?? baseOf(request);
}

function baseStep(quantity: number, request: LadderRequest): LadderStep {
  const amountMinor = baseOf(request);
  const { compareAtMinor } = request.base;
  const compared =
    compareAtMinor === undefined
      ? undefined
      : marketBaseMinor(compareAtMinor, request.market, request.shopCurrency);
  return {
    minQuantity: quantity,
    amountMinor,
    ...(compared !== undefined && compared > amountMinor ? { compareAtMinor: compared } : {}),
  };
}

/** What one unit costs when this many are bought. */
export function stepFor<Step extends { readonly minQuantity: number }>(
  steps: readonly Step[],
  quantity: number,
): Step | undefined {
  return steps.reduce<Step | undefined>(
    (best, step) =>
      step.minQuantity <= quantity && step.minQuantity >= (best?.minQuantity ?? 0) ? step : best,
    undefined,
  );
}
