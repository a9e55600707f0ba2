import * as z from "zod";
import { epochMs, PPM, toIso } from "#kernel";
import type { EntryInput, EntryView, StoredMarket, StoredPriceList } from "../app/price-desk.ts";
import type { Market, PriceList } from "../contract.ts";
import {
  MAX_ENTRIES_PER_CALL,
  MAX_EXCHANGE_RATE_PPM,
  MAX_LIST_TITLE_CHARACTERS,
  MAX_MARKET_LOCALES,
  MAX_MARKET_NAME_CHARACTERS,
  MAX_STEP_QUANTITY,
  MAX_UNIT_PRICE_MINOR,
} from "../domain/limits.ts";

const MAX_COUNTRIES = 250;
const MAX_ROUNDING_STEP_MINOR = 1_000_000;
const MAX_PAGE = 100;
const DEFAULT_PAGE = 25;
const MAX_HANDLE_CHARACTERS = 255;

const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "Use small letters, digits and dashes, at most 40.");
const currencyField = z.string().regex(/^[A-Z]{3}$/, "Use three capital letters, such as CHF.");
const country = z.string().regex(/^[A-Z]{2}$/, "Use two capital letters, such as CH.");
const ppm = z.int().min(0).max(PPM).describe("Parts per million: 200000 is 20 %.");
const instant = z.iso.datetime({ offset: true });

export const marketParam = z.object({ marketId: slug });
export const listParam = z.object({ listId: slug });
export const entryParam = z.object({ listId: slug, variantId: z.string().min(1).max(80) });
export const stepQuery = z.object({
  minQuantity: z.coerce.number().int().min(1).max(MAX_STEP_QUANTITY).optional(),
});
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
export const listsQuery = pageQuery.extend({ status: z.enum(["draft", "active", "archived"]).optional() });

const marketFields = {
  name: z.string().trim().min(1).max(MAX_MARKET_NAME_CHARACTERS),
  currency: currencyField,
  countries: z.array(country).max(MAX_COUNTRIES).describe("Empty for the default market."),
  defaultLocale: z.string().max(10),
  locales: z.array(z.string().max(10)).min(1).max(MAX_MARKET_LOCALES),
  pricesIncludeTax: z.boolean(),
  rounding: z
    .strictObject({
      stepMinor: z.int().min(1).max(MAX_ROUNDING_STEP_MINOR),
      endingMinor: z.int().min(0).max(MAX_ROUNDING_STEP_MINOR),
    })
    .describe("Prices that are worked out land on k × stepMinor + endingMinor; step 1 does not round."),
  exchangeRatePpm: z
    .int()
    .min(1)
    .max(MAX_EXCHANGE_RATE_PPM)
    .describe("One unit of the shop's currency in this market's, in parts per million."),
  pathPrefix: z.string().max(2).describe("Two small letters; empty for the default market."),
};
export const marketBody = z.strictObject(marketFields);
export const marketAnswer = z
  .object({ marketId: z.string(), ...marketFields, isDefault: z.boolean(), version: z.int() })
  .meta({ id: "Market" });
export const marketListAnswer = z.object({ items: z.array(marketAnswer) });

export const toMarket = (marketId: string, body: z.output<typeof marketBody>): Market => ({
  marketId,
  ...body,
  isDefault: false,
});
export const renderMarket = ({ market, version }: StoredMarket) => ({ ...market, version });

const listFields = {
  title: z.string().trim().min(1).max(MAX_LIST_TITLE_CHARACTERS),
  kind: z.enum(["sale", "price"]).describe("A sale is shown as a reduction, with the price before."),
  status: z.enum(["draft", "active", "archived"]),
  priority: z.int().min(-1000).max(1000).default(0).describe("The higher one wins."),
  marketId: slug.optional().describe("Absent: every market."),
  customerGroup: slug.optional().describe("Absent: everybody."),
  channel: slug.optional().describe("Absent: every channel; the web shop is `web`."),
  currency: currencyField.optional().describe("Of its fixed prices; it speaks where this is the market's."),
  startsAt: instant.optional(),
  endsAt: instant.optional().describe("The first instant at which it does not hold any more."),
  percentOffPpm: ppm.optional().describe("Off every variant without an entry."),
  collection: z
    .string()
    .min(1)
    .max(MAX_HANDLE_CHARACTERS)
    .optional()
    .describe("Handle of the collection whose products the percentage is taken off; absent: all products."),
};
export const listBody = z.strictObject(listFields);
export const listAnswer = z
  .object({ listId: z.string(), ...listFields, entryCount: z.int(), version: z.int() })
  .meta({ id: "PriceList" });
export const listsAnswer = z.object({ items: z.array(listAnswer), nextCursor: z.string().optional() });

export function toList(listId: string, body: z.output<typeof listBody>): PriceList {
  const { startsAt, endsAt, marketId, customerGroup, channel, currency, percentOffPpm, collection, ...rest } =
    body;
  return {
    listId,
    ...rest,
    ...(marketId === undefined ? {} : { marketId }),
    ...(customerGroup === undefined ? {} : { customerGroup }),
    ...(channel === undefined ? {} : { channel }),
    ...(currency === undefined ? {} : { currency }),
    ...(startsAt === undefined ? {} : { startsAtMs: Date.parse(startsAt) }),
    ...(endsAt === undefined ? {} : { endsAtMs: Date.parse(endsAt) }),
    ...(percentOffPpm === undefined ? {} : { percentOffPpm }),
    ...(collection === undefined ? {} : { collection }),
  };
}
export function renderList({ list, entryCount, version }: StoredPriceList) {
  const { startsAtMs, endsAtMs, ...rest } = list;
  return {
    ...rest,
    ...(startsAtMs === undefined ? {} : { startsAt: toIso(epochMs(startsAtMs)) }),
    ...(endsAtMs === undefined ? {} : { endsAt: toIso(epochMs(endsAtMs)) }),
    entryCount,
    version,
  };
}

const priceField = z.union([
  z.strictObject({
    kind: z.literal("fixed"),
    amountMinor: z.int().min(0).max(MAX_UNIT_PRICE_MINOR),
    compareAtMinor: z.int().min(1).max(MAX_UNIT_PRICE_MINOR).optional(),
  }),
  z.strictObject({ kind: z.literal("percent"), percentOffPpm: ppm }),
]);
const entryFields = {
  minQuantity: z.int().min(1).max(MAX_STEP_QUANTITY).default(1),
  price: priceField,
};
export const entriesBody = z.strictObject({
  entries: z
    .array(
      z
        .strictObject({
          variantId: z.string().min(1).max(80).optional(),
          sku: z.string().min(1).max(64).optional(),
          ...entryFields,
        })
        .refine((entry) => (entry.variantId === undefined) !== (entry.sku === undefined), {
          message: "Name the variant by its id or by its SKU.",
        })
        .refine(
          ({ price }) =>
            price.kind === "percent" ||
            price.compareAtMinor === undefined ||
            price.compareAtMinor > price.amountMinor,
          { message: "The price before is higher than the price." },
        ),
    )
    .min(1)
    .max(MAX_ENTRIES_PER_CALL),
});
export const entryAnswer = z
  .object({
    variantId: z.string(),
    sku: z.string(),
    title: z.string(),
    minQuantity: z.int(),
    price: priceField,
  })
  .meta({ id: "PriceListEntry" });
export const entryListAnswer = z.object({ items: z.array(entryAnswer), nextCursor: z.string().optional() });

export const toEntries = (body: z.output<typeof entriesBody>): readonly EntryInput[] =>
  body.entries.map(({ variantId, sku, minQuantity, price }) => {
    const { kind } = price;
    const said =
      kind === "percent"
        ? { kind, percentOffPpm: price.percentOffPpm }
        : {
            kind,
            amountMinor: price.amountMinor,
            ...(price.compareAtMinor === undefined ? {} : { compareAtMinor: price.compareAtMinor }),
          };
    return sku === undefined
      ? { variantId: variantId ?? "", minQuantity, price: said }
      : { sku, minQuantity, price: said };
  });
export const renderEntry = ({ variantId, sku, title, minQuantity, price }: EntryView) => ({
  variantId,
  sku,
  title,
  minQuantity,
  price,
});
