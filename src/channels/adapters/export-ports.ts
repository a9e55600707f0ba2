import {
  SHOPIFY_HEAD,
  shopifyLines,
  type CatalogExporter,
  type ExportedProduct,
  type Translator,
} from "#catalog";
import { localeChain } from "#kernel";
import { marketViews, pathIn, prefixOf, type Market, type MarketView } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import {
  MERCHANT_HEAD,
  merchantLines,
  type MerchantPlace,
  type MerchantProduct,
} from "../app/merchant-item.ts";
import type { ExportedLines, ExportPorts, LineSource } from "../app/ports.ts";
import { chunkKey, feedFolder, folderOf, generationOf } from "../app/stored-files.ts";
import type { ExportJob } from "../contract.ts";
import { saveExportSummary } from "./export-list.ts";
import { publishFeed } from "./feed-table.ts";
import { removeBelow } from "./stored-stream.ts";

type Price = { readonly currency: string; readonly priceMinor: number; readonly compareAtMinor?: number };
type Variant = { readonly variantId: string; readonly priceMinor: number; readonly compareAtMinor?: number };

export type ExportSurroundings = {
  readonly db: D1Database;
  /** Where exports lie, for staff only. */
  readonly files: R2Bucket;
  /** Where feeds lie, for everybody. */
  readonly publicFiles: R2Bucket;
  readonly exporter: CatalogExporter;
  readonly markets: () => Promise<readonly Market[]>;
  readonly deliveryMethods: () => Promise<readonly DeliveryMethod[]>;
  /** Prices of products in a row, as the market's pages show them. */
  readonly prices: (
    market: Market,
    range: { readonly first: number; readonly last: number; readonly variants: readonly Variant[] },
  ) => Promise<(variant: Variant) => Price>;
  /** Texts of products in the closest of some languages. */
  readonly texts: (
    numbers: readonly number[],
    locales: readonly string[],
  ) => Promise<(number: number) => Translator>;
  readonly now: () => number;
};

/** Joins an export object to the catalogue, the prices and the file stores. */
export const createExportPorts = (around: ExportSurroundings): ExportPorts => {
  const { db, files, publicFiles } = around;
  const storeOf = ({ isFeed }: ExportJob): R2Bucket => (isFeed ? publicFiles : files);
  return {
    async lastNumber() {
      const row = await db
        .prepare("SELECT coalesce(max(number), 0) AS number FROM products")
        .first<{ readonly number: number }>();
      return row?.number ?? 0;
    },
    open: (job) => openSource(job, around),
    async putChunk(job, index, bytes) {
      await storeOf(job).put(chunkKey(job, index), bytes);
    },
    removeFile: (job) => removeBelow(storeOf(job), folderOf(job)),
    async publish(job) {
      const { prefix } = job;
      const staying = await publishFeed(db, job, around.now());
      await removeBelow(publicFiles, feedFolder(prefix), (key) => {
        const found = generationOf(prefix, key);
        return found !== undefined && staying.includes(found);
      });
    },
    async saveSummary(job) {
      if (!job.isFeed) await saveExportSummary(db, job);
    },
  };
};

async function openSource(job: ExportJob, around: ExportSurroundings): Promise<LineSource | undefined> {
  const { exporter } = around;
  switch (job.format) {
    case "jsonl":
      return plainSource(exporter, "", ({ input }) => `${JSON.stringify(input)}\n`);
    case "shopify-csv":
      return plainSource(exporter, SHOPIFY_HEAD, (product) => shopifyLines(product, job.origin));
    case "google":
      return merchantSource(job, around);
  }
}

const plainSource = (
  exporter: CatalogExporter,
  head: string,
  line: (product: ExportedProduct) => string,
): LineSource => ({
  head,
  async page(after) {
    const products = await exporter.page(after);
    return linesOf(products, products.map(line));
  },
});

function linesOf(products: readonly ExportedProduct[], lines: readonly string[]): ExportedLines | undefined {
  const last = products.at(-1);
  if (!last) return undefined;
  return {
    text: lines.join(""),
    after: last.number,
    products: lines.filter((line) => line !== "").length,
  };
}

async function merchantSource(
  { prefix, origin }: ExportJob,
  around: ExportSurroundings,
): Promise<LineSource | undefined> {
  const [markets, methods] = await Promise.all([around.markets(), around.deliveryMethods()]);
  const view = marketViews(markets).find((one) => prefixOf(one) === prefix);
  if (!view) return undefined;
  const place = placeOf(view, markets, { methods, origin });
  return {
    head: MERCHANT_HEAD,
    async page(after) {
      const products = await around.exporter.page(after);
      const listed = products.filter(({ isListed }) => isListed);
      const lines = (await merchantProducts(listed, view, around)).map((one) => merchantLines(one, place));
      const page = linesOf(products, lines);
      return page && { ...page, products: lines.filter((line) => line !== "").length };
    },
  };
}

/** Products at a market's prices and in its words: two questions for a whole page. */
async function merchantProducts(
  products: readonly ExportedProduct[],
  { market, locale }: MarketView,
  { prices, texts }: ExportSurroundings,
): Promise<readonly MerchantProduct[]> {
  const [first, last] = [products[0], products.at(-1)];
  if (!first || !last) return [];
  const variantsOf = ({ input, stock }: ExportedProduct): Variant[] =>
    input.variants.map(({ priceMinor, compareAtMinor }, index) => ({
      variantId: stock[index]?.variantId ?? "",
      priceMinor,
      ...(compareAtMinor === undefined ? {} : { compareAtMinor }),
    }));
  const isOwn = market.isDefault && locale === market.defaultLocale;
  const [priceOf, textOf] = await Promise.all([
    prices(market, { first: first.number, last: last.number, variants: products.flatMap(variantsOf) }),
    texts(
      products.map(({ number }) => number),
      isOwn ? [] : localeChain(locale),
    ),
  ]);
  return products.map((product) => ({
    product,
    text: textOf(product.number),
    prices: variantsOf(product).map(priceOf),
  }));
}

function placeOf(
  view: MarketView,
  markets: readonly Market[],
  { methods, origin }: { readonly methods: readonly DeliveryMethod[]; readonly origin: string },
): MerchantPlace {
  const { market } = view;
  const served = methods.filter(({ isActive, currency }) => isActive && currency === market.currency);
  const elsewhere = new Set(
    markets.filter(({ isDefault }) => !isDefault).flatMap(({ countries }) => countries),
  );
  const countries = market.isDefault
    ? [...new Set(served.flatMap((method) => method.countries))].filter((country) => !elsewhere.has(country))
    : market.countries;
  return { origin, pathIn: (path) => pathIn(view, path), countries, methods: served };
}
