/** Prices that differ from the base price: for a time, a market, a group of customers or a channel. */
export type PriceList = {
  /** Chosen by staff, lower case: `autumn-sale`. */
  readonly listId: string;
  readonly title: string;
  /** `sale`: what it lowers is shown as reduced, with the price before. `price`: simply the price. */
  readonly kind: "sale" | "price";
  readonly status: "draft" | "active" | "archived";
  /** The higher one wins; from −1000 to 1000. */
  readonly priority: number;
  /** Absent: for every market, group, channel. */
  readonly marketId?: string;
  readonly customerGroup?: string;
  readonly channel?: string;
  /** Of its fixed prices. A list speaks only where this is the market's currency, or where it has none. */
  readonly currency?: string;
  /** First instant, inclusive; absent: since ever. */
  readonly startsAtMs?: number;
  /** First instant at which it does not hold any more; absent: for ever. */
  readonly endsAtMs?: number;
  /** Taken off the market's base price for every variant without an entry, in parts per million. */
  readonly percentOffPpm?: number;
  /** Handle of the collection whose products that is taken off; absent: all products. */
  readonly collection?: string;
};

/** Whether a list says a percentage of its own about a product that is in these collections. */
export const takesOff = (list: PriceList, collections: readonly string[]): boolean =>
  list.percentOffPpm !== undefined &&
  (list.collection === undefined || collections.includes(list.collection));

/** A price of one variant in a list, from a quantity on. */
export type PriceEntry = {
  readonly listId: string;
  readonly variantId: string;
  /** At least 1. */
  readonly minQuantity: number;
  readonly price:
    | { readonly kind: "fixed"; readonly amountMinor: number; readonly compareAtMinor?: number }
    | { readonly kind: "percent"; readonly percentOffPpm: number };
};

/** Whether a list holds at an instant. */
export const isInForce = (list: PriceList, atMs: number): boolean =>
  list.status === "active" &&
  (list.startsAtMs ?? Number.MIN_SAFE_INTEGER) <= atMs &&
  atMs < (list.endsAtMs ?? Number.MAX_SAFE_INTEGER);

/** Instants at which a list begins or ends; none unless it is active. */
export const boundariesOf = (list: PriceList): readonly number[] =>
  list.status === "active"
    ? [list.startsAtMs, list.endsAtMs].filter((at): at is number => at !== undefined)
    : [];

/** Who asks for a price. */
export type PriceContext = {
  readonly marketId: string;
  readonly currency: string;
  /** Empty for everybody. */
  readonly customerGroup: string;
  readonly channel: string;
};

/** Whether a list speaks about this market, currency, group and channel, whenever it holds. */
export const speaksTo = (list: PriceList, context: PriceContext): boolean =>
  (list.marketId === undefined || list.marketId === context.marketId) &&
  (list.customerGroup === undefined || list.customerGroup === context.customerGroup) &&
  (list.channel === undefined || list.channel === context.channel) &&
  (list.currency === undefined || list.currency === context.currency);
