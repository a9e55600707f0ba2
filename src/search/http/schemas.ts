import * as z from "zod";
import { SEARCH_SORTS } from "../contract.ts";
import {
  DEFAULT_PAGE_SIZE,
  MAX_PAGE_SIZE,
  MAX_QUERY_CHARACTERS,
  MAX_SYNONYM_CHARACTERS,
  MAX_SYNONYM_TERMS,
  QUERY_DAYS_KEPT,
  REPORT_DAYS,
} from "../domain/limits.ts";

const LIMIT_WORDS = `Use a whole number from 1 to ${MAX_PAGE_SIZE}.`;

export const queryText = z
  .string("Send q, the words to look for.")
  .max(MAX_QUERY_CHARACTERS, `Use at most ${MAX_QUERY_CHARACTERS} characters.`);

export const searchQuery = z.object({
  q: queryText,
  sort: z.enum(SEARCH_SORTS, `Use one of ${SEARCH_SORTS.join(", ")}.`).optional(),
  cursor: z.string().max(512).optional().describe("nextCursor of the page before."),
  limit: z.coerce
    .number(LIMIT_WORDS)
    .int(LIMIT_WORDS)
    .min(1, LIMIT_WORDS)
    .max(MAX_PAGE_SIZE, LIMIT_WORDS)
    .default(DEFAULT_PAGE_SIZE),
  "price.from": z.string().max(20).optional().describe("Lowest price, such as 20 or 20.50."),
  "price.to": z.string().max(20).optional().describe("Highest price."),
});

/** The reply of a search, around the catalogue's card. */
export const searchPageSchema = (card: z.ZodType) =>
  z
    .object({
      items: z.array(card),
      nextCursor: z.string().optional().describe("Absent on the last page."),
      query: z.string(),
      count: z.int(),
      isCountExact: z.boolean().describe("False when more match than are counted."),
      correction: z
        .string()
        .optional()
        .describe("What was probably meant. Nothing matches the query; the items are what this finds."),
      suggestion: z
        .string()
        .optional()
        .describe(
          "What was perhaps meant: the query finds little and this finds more. The items are what was asked for.",
        ),
      isPartial: z
        .literal(true)
        .optional()
        .describe("Nothing has all the words; the items have some of them."),
    })
    .meta({ id: "SearchPage" });

export const suggestionQuery = z.object({ q: queryText });

/** The reply of suggestions, around the catalogue's card. */
export const suggestionsSchema = (card: z.ZodType) =>
  z
    .object({ query: z.string(), phrases: z.array(z.string()), products: z.array(card) })
    .meta({ id: "Suggestions" });

/** The reply of what is popular, around the catalogue's card. */
export const popularSchema = (card: z.ZodType) =>
  z.object({ phrases: z.array(z.string()), products: z.array(card) }).meta({ id: "PopularNow" });

const DAYS_WORDS = `Use a whole number of days from 1 to ${QUERY_DAYS_KEPT}.`;
export const reportQuery = z.object({
  days: z.coerce
    .number(DAYS_WORDS)
    .int(DAYS_WORDS)
    .min(1, DAYS_WORDS)
    .max(QUERY_DAYS_KEPT, DAYS_WORDS)
    .default(REPORT_DAYS)
    .describe("How far back, today included."),
});

const counts = {
  searches: z.int(),
  misses: z.int().describe("Searches that found nothing, or only something else."),
  clicks: z.int().describe("Searches that led to a product."),
};
const queries = z.array(z.object({ query: z.string(), ...counts }));
export const searchReportSchema = z
  .object({
    days: z.int(),
    ...counts,
    top: queries.describe("The most asked queries."),
    missed: queries.describe("Queries without a result, the most asked first."),
  })
  .meta({ id: "SearchReport" });

const kind = z
  .enum(["same", "one_way"], "Use same or one_way.")
  .describe("same: every term finds the others. one_way: the first term finds the others, and not back.");

export const synonymInputSchema = z
  .strictObject({
    kind,
    terms: z
      .array(z.string().max(MAX_SYNONYM_CHARACTERS))
      .min(2, "Give at least two terms.")
      .max(MAX_SYNONYM_TERMS, `Give at most ${MAX_SYNONYM_TERMS} terms.`),
  })
  .meta({ id: "SynonymInput" });

export const synonymGroupSchema = z
  .object({ id: z.string(), kind, terms: z.array(z.string()), updatedAt: z.iso.datetime() })
  .meta({ id: "SynonymGroup" });
export const synonymListSchema = z.object({ items: z.array(synonymGroupSchema) }).meta({ id: "SynonymList" });
export const synonymParam = z.object({
  id: z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9_-]*$/, "Use small letters, digits and hyphens, such as sofa."),
});
