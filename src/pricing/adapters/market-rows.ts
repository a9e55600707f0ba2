import { invariant } from "#kernel";
import type { D1Read, D1Reader } from "#platform";
import { MAX_MARKETS } from "../domain/limits.ts";
import type { Market } from "../domain/market.ts";

export type MarketRow = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly countries: string;
  readonly default_locale: string;
  readonly locales: string;
  readonly prices_include_tax: 0 | 1;
  readonly rounding_step_minor: number;
  readonly rounding_ending_minor: number;
  readonly exchange_rate_ppm: number;
  readonly path_prefix: string;
  readonly is_default: 0 | 1;
  readonly version: number;
};

export const MARKET_COLUMNS = `id, name, currency, countries, default_locale, locales, prices_include_tax, rounding_step_minor,
  rounding_ending_minor, exchange_rate_ppm, path_prefix, is_default, version`;

export const toMarket = (row: MarketRow): Market => ({
  marketId: row.id,
  name: row.name,
  currency: row.currency,
  countries: readTexts(row.countries),
  defaultLocale: row.default_locale,
  locales: readTexts(row.locales),
  pricesIncludeTax: row.prices_include_tax === 1,
  rounding: { stepMinor: row.rounding_step_minor, endingMinor: row.rounding_ending_minor },
  exchangeRatePpm: row.exchange_rate_ppm,
  pathPrefix: row.path_prefix,
  isDefault: row.is_default === 1,
});

// Written by this module only, from a checked market.
const readTexts = (json: string): readonly string[] => JSON.parse(json) as readonly string[];

/** All markets, the default one first. */
export const MARKETS_SQL = `SELECT ${MARKET_COLUMNS} FROM markets ORDER BY is_default DESC, id LIMIT ${MAX_MARKETS}`;

/** All markets, the default one first; they are few. */
export async function listMarkets(db: D1Reader): Promise<readonly Market[]> {
  const { results } = await db.prepare(MARKETS_SQL).all<MarketRow>();
  return results.map(toMarket);
}

/** One market by its id, by primary key; the default one for an empty id and for one that is not there any more. */
export const marketRead = (db: D1Database, marketId: string): D1Read<Market> => ({
  statement: db
    .prepare(
      `SELECT ${MARKET_COLUMNS} FROM markets WHERE id = ?1
       UNION ALL SELECT ${MARKET_COLUMNS} FROM markets WHERE is_default = 1 LIMIT 1`,
    )
    .bind(marketId),
  parse: (rows) => {
    const [row] = rows as readonly MarketRow[];
    invariant(row, "there is a default market");
    return toMarket(row);
  },
});
