import { epochMs, PPM } from "#kernel";
import type { Market, PriceList } from "#pricing";
import { formatInstant } from "#web";

export const LIST_STATUSES = ["active", "draft", "archived"] as const;
export const STATUS_WORDS = { active: "Active", draft: "Draft", archived: "Archived" } as const;
export const LIST_KIND_WORDS = {
  sale: "A sale: shown as reduced, with the price before",
  price: "Simply the price",
} as const;

/** How a list stands at an instant: its status, and for an active one its period. */
export function listState(list: PriceList, nowMs: number) {
  if (list.status !== "active") return { word: STATUS_WORDS[list.status], tone: "quiet" } as const;
  if (list.startsAtMs !== undefined && nowMs < list.startsAtMs)
    return { word: "Begins later", tone: "wait" } as const;
  if (list.endsAtMs !== undefined && nowMs >= list.endsAtMs) return { word: "Ended", tone: "plain" } as const;
  return { word: "In force", tone: "good" } as const;
}

/** When a list holds, in words. */
export function periodOf({ startsAtMs, endsAtMs }: PriceList, timeZone: string): string {
  const from = startsAtMs === undefined ? "" : `from ${formatInstant(epochMs(startsAtMs), timeZone)}`;
  const until = endsAtMs === undefined ? "" : `until ${formatInstant(epochMs(endsAtMs), timeZone)}`;
  return [from, until].filter(Boolean).join(" ") || "always";
}

/** Whom a list speaks to, in words. */
export function audienceOf(list: PriceList, markets: readonly Market[]): string {
  const market = markets.find(({ marketId }) => marketId === list.marketId)?.name ?? list.marketId;
  const group = list.customerGroup === undefined ? undefined : `group ${list.customerGroup}`;
  const channel = list.channel === undefined ? undefined : `channel ${list.channel}`;
  return [market, group, channel, list.currency].filter(Boolean).join(", ") || "Everybody";
}

/** A part in parts per million, in percent. */
export const percentOf = (ppm: number): string => `${(ppm * 100) / PPM} %`;

/** An exchange rate in parts per million as a decimal. */
export const rateOf = (ppm: number): string => String(ppm / PPM);
