import { parseCurrency } from "#kernel";
import type { Market } from "./market.ts";
import { prefixOf } from "./market-path.ts";
import type { PriceList } from "./price-list.ts";

type Mistake = { readonly field: string; readonly detail: string };

const LOCALE = /^[a-z]{2}(-[A-Z]{2})?$/;

/**
 * What is wrong with a market beside the others of the shop; empty when nothing is. The currency of a market stays,
 * because its prices are amounts of it.
 */
export function marketMistakes(
  market: Market,
  others: readonly Market[],
  at: { readonly shopCurrency: string; readonly before?: Market },
): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const say = (field: string, detail: string) => mistakes.push({ field, detail });
  const { rounding, locales, defaultLocale } = market;
  if (!parseCurrency(market.currency)) say("currency", "Use a currency code of three letters, such as CHF.");
  if (at.before && at.before.currency !== market.currency)
    say("currency", "The currency of a market stays. Make another market for another currency.");
  if (!locales.every((locale) => LOCALE.test(locale)))
    say("locales", "Use language and country, such as de-CH.");
  if (!locales.includes(defaultLocale)) say("defaultLocale", "Name one of the market's locales.");
  const languages = locales.map((locale) => locale.split("-", 1)[0]);
  if (new Set(languages).size !== languages.length) say("locales", "Name each language once.");
  if (rounding.endingMinor >= rounding.stepMinor)
    say("rounding", "An ending is smaller than its step: 99 goes with 100.");
  if (market.isDefault) mistakes.push(...defaultMistakes(market, at.shopCurrency));
  else mistakes.push(...otherMistakes(market, others));
  return mistakes;
}

function defaultMistakes(market: Market, shopCurrency: string): Mistake[] {
  const mistakes: Mistake[] = [];
  const say = (field: string, detail: string) => mistakes.push({ field, detail });
  if (market.currency !== shopCurrency)
    say("currency", `The default market sells in the shop's currency, ${shopCurrency}.`);
  if (market.countries.length > 0)
    say("countries", "The default market takes every country that no other names; leave this empty.");
  if (market.pathPrefix !== "") say("pathPrefix", "The default market has no prefix.");
  return mistakes;
}

function otherMistakes(market: Market, others: readonly Market[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const say = (field: string, detail: string) => mistakes.push({ field, detail });
  if (!/^[a-z]{2}$/.test(market.pathPrefix)) say("pathPrefix", "Use two small letters, such as ch.");
  if (market.countries.length === 0) say("countries", "Name at least one country.");
  for (const country of market.countries) {
    const owner = others.find((other) => other.countries.includes(country));
    if (owner) say("countries", `${country} belongs to the market ${owner.name}.`);
  }
  const taken = new Set(
    others.flatMap((other) => other.locales.map((locale) => prefixOf({ market: other, locale }))),
  );
  for (const locale of market.locales) {
    const prefix = prefixOf({ market, locale });
    if (taken.has(prefix)) say("pathPrefix", `The path /${prefix}/ leads to another market.`);
  }
  return mistakes;
}

/** What is wrong with a list; empty when nothing is. */
export function listMistakes(list: PriceList, markets: readonly Market[]): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const say = (field: string, detail: string) => mistakes.push({ field, detail });
  const market = markets.find((one) => one.marketId === list.marketId);
  if (list.marketId !== undefined && !market) say("marketId", "There is no such market.");
  if (market && list.currency !== undefined && list.currency !== market.currency)
    say("currency", `The market ${market.name} sells in ${market.currency}.`);
  if (list.startsAtMs !== undefined && list.endsAtMs !== undefined && list.startsAtMs >= list.endsAtMs)
    say("endsAt", "A list ends after it starts.");
  return mistakes;
}
