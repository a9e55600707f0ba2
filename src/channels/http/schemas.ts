import * as z from "zod";
import { toIso } from "#kernel";
import type { FeedState } from "../app/desk.ts";
import { EXPORT_FORMATS, EXPORT_STATES, percentOf, type ExportJob, type ExportSummary } from "../contract.ts";
import { MAX_EXPORT_PAGE } from "../domain/limits.ts";

const count = z.int().min(0);
/** What the API calls the default market, whose paths have no first part. */
export const DEFAULT_MARKET = "default";
export const marketName = z
  .string()
  .trim()
  .regex(
    /^(?:default|[a-z]{2}(?:-[a-z]{2})?)$/,
    "Use the first part of the market's paths, such as ch-de, or default.",
  );

/** The prefix of a market's name, and back. */
export const toPrefix = (market: string | undefined): string =>
  market === undefined || market === DEFAULT_MARKET ? "" : market;
export const toMarketName = (prefix: string): string => (prefix === "" ? DEFAULT_MARKET : prefix);

export const startExportBody = z
  .strictObject({
    format: z.enum(EXPORT_FORMATS, `Use ${EXPORT_FORMATS.join(", ")}.`),
    market: z.exactOptional(marketName).describe("For google; the default market without it."),
  })
  .meta({ id: "StartExport" });
export const exportPageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number("Use a whole number.").int().min(1).max(MAX_EXPORT_PAGE).default(50),
});
export const feedParam = z.object({ market: marketName });

const summaryShape = {
  id: z.string(),
  format: z.enum(EXPORT_FORMATS),
  market: z.string().optional(),
  state: z.enum(EXPORT_STATES),
  products: count,
  bytes: count,
  isExpired: z.boolean(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
};
export const exportSummarySchema = z.object(summaryShape).meta({ id: "ExportSummary" });
export const exportPageSchema = z.object({
  items: z.array(exportSummarySchema),
  nextCursor: z.string().optional(),
});
export const exportSchema = z
  .object({
    ...summaryShape,
    percent: z.int().min(0).max(100),
    problem: z.string().optional(),
    expiresAt: z.iso.datetime().optional(),
    version: count,
  })
  .meta({ id: "Export" });

export const feedSchema = z
  .object({
    market: z.string().describe("First part of the market's paths, or default."),
    name: z.string(),
    locale: z.string(),
    currency: z.string(),
    path: z.string(),
    products: count.optional(),
    bytes: count.optional(),
    builtAt: z.iso.datetime().optional(),
    checkedAt: z.iso.datetime().optional(),
  })
  .meta({ id: "MerchantFeed" });
export const feedListSchema = z.object({ items: z.array(feedSchema) });

const ofMarket = ({ format, prefix }: Pick<ExportJob, "format" | "prefix">) =>
  format === "google" ? { market: toMarketName(prefix) } : {};

export const exportView = (job: ExportJob): z.infer<typeof exportSchema> => ({
  id: job.jobId,
  format: job.format,
  ...ofMarket(job),
  state: job.state,
  products: job.products,
  bytes: job.bytes,
  isExpired: job.isExpired,
  percent: percentOf(job),
  ...(job.problem === undefined ? {} : { problem: job.problem }),
  createdAt: toIso(job.createdAtMs),
  ...(job.finishedAtMs === undefined ? {} : { finishedAt: toIso(job.finishedAtMs) }),
  ...(job.expiresAtMs === undefined ? {} : { expiresAt: toIso(job.expiresAtMs) }),
  version: job.version,
});

export const exportSummaryView = (row: ExportSummary): z.infer<typeof exportSummarySchema> => ({
  id: row.exportId,
  format: row.format,
  ...ofMarket(row),
  state: row.state,
  products: row.products,
  bytes: row.bytes,
  isExpired: row.isExpired,
  createdAt: toIso(row.createdAtMs),
  ...(row.finishedAtMs === undefined ? {} : { finishedAt: toIso(row.finishedAtMs) }),
});

export const feedView = ({ prefix, view, published }: FeedState): z.infer<typeof feedSchema> => ({
  market: toMarketName(prefix),
  name: view.market.name,
  locale: view.locale,
  currency: view.market.currency,
  path: feedPath(prefix),
  ...(published
    ? {
        products: published.products,
        bytes: published.bytes,
        builtAt: toIso(published.builtAtMs),
        checkedAt: toIso(published.checkedAtMs),
      }
    : {}),
});

/** Where a feed is read; below the paths of its market. */
export const feedPath = (prefix: string): string =>
  prefix === "" ? "/feeds/google.tsv" : `/${prefix}/feeds/google.tsv`;
