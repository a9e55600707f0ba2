/** What working out prices needs. */
export type ResolverOptions = {
  readonly db: D1Database;
  /** ISO 4217, of the variants' own prices. */
  readonly shopCurrency: string;
  readonly now: () => number;
};
