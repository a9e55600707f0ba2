import * as z from "zod";
import { PRODUCT_SORTS } from "#catalog";
import { moneySchema } from "#web";
import { MAX_LISTED, MAX_SHOWN_VALUES } from "../domain/limits.ts";

const DEFAULT_LIMIT = 24;
const LIMIT_WORDS = `Use a whole number from 1 to ${MAX_LISTED}.`;
const MAX_HANDLE_CHARACTERS = 255;

export const collectionParam = z.object({ handle: z.string().min(1).max(MAX_HANDLE_CHARACTERS) });
export const listingQuery = z.object({
  sort: z.enum(PRODUCT_SORTS, `Use one of ${PRODUCT_SORTS.join(", ")}.`).optional(),
  cursor: z.string().max(512).optional().describe("nextCursor of the page before."),
  limit: z.coerce
    .number(LIMIT_WORDS)
    .int(LIMIT_WORDS)
    .min(1, LIMIT_WORDS)
    .max(MAX_LISTED, LIMIT_WORDS)
    .default(DEFAULT_LIMIT),
  "price.from": z.string().max(20).optional().describe("Lowest price, such as 20 or 20.50."),
  "price.to": z.string().max(20).optional().describe("Highest price."),
});

const facetSchema = z
  .object({
    key: z.string().describe("Filter by it with filter.{key}={value}, repeated for alternatives."),
    label: z.string(),
    values: z
      .array(
        z.object({
          value: z.string(),
          label: z.string(),
          count: z.int().describe("Products, if of this facet only this value were chosen."),
          isSelected: z.boolean(),
        }),
      )
      .describe(`The ${MAX_SHOWN_VALUES} most frequent ones.`),
    hiddenValues: z.int().describe("Values beyond those."),
  })
  .meta({ id: "Facet" });

const facetFields = {
  total: z.int().describe("Products without filters."),
  facets: z.array(facetSchema),
  hasFacets: z.boolean().describe("False while facets cannot be counted; the list itself is complete."),
  price: z
    .object({ min: moneySchema, max: moneySchema })
    .optional()
    .describe("Prices of what would be listed without the price filter."),
};

/** What facets add to the reply of a search. */
export const foundFacetsSchema = z.object({
  ...facetFields,
  hasFacets: z
    .boolean()
    .describe("False while facets cannot be counted, and when fewer than two products were found."),
});

/** A page of a list with its facets, around the schema of a card. */
export const listingSchema = (card: z.ZodType) =>
  z
    .object({
      items: z.array(card),
      nextCursor: z.string().optional().describe("Absent on the last page."),
      count: z.int().describe("Products that fit the filters."),
      ...facetFields,
    })
    .meta({ id: "ProductListing" });
