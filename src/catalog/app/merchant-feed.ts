import { currency, money, toDecimal, truncate } from "#kernel";
import type { Availability } from "../contract.ts";
import { plainText } from "../domain/plain-text.ts";
import type { ExportedProduct } from "./exported-product.ts";

/** Columns of the feed, after Google's product data specification. */
const COLUMNS = [
  "id",
  "title",
  "description",
  "link",
  "image_link",
  "availability",
  "availability_date",
  "price",
  "sale_price",
  "condition",
  "brand",
  "gtin",
  "mpn",
  "identifier_exists",
  "item_group_id",
  "product_type",
  "shipping_weight",
] as const;
type Item = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** Bounds of the specification, in characters. */
const MAX_TITLE = 150;
const MAX_DESCRIPTION = 5_000;
const MAX_BRAND = 70;
const MAX_ID = 50;

export const MERCHANT_FEED_HEAD = `${COLUMNS.join("\t")}\n`;

/** Lines of one product, one per variant; none for a product that shoppers do not see or that has no picture. */
export function merchantLines(product: ExportedProduct, origin: string): string {
  if (!product.isListed || product.input.pictures.length === 0) return "";
  return product.input.variants
    .map((_, index) => merchantItem(product, index, origin))
    .map((item) => `${COLUMNS.map((column) => cell(item[column])).join("\t")}\n`)
    .join("");
}

function merchantItem(
  { input, currency: code, stock }: ExportedProduct,
  index: number,
  origin: string,
): Item {
  const variant = input.variants[index];
  const told = stock[index];
  const price = (minor: number): string => `${toDecimal(money(currency(code), minor))} ${code}`;
  const now = variant?.priceMinor ?? 0;
  const former = variant?.compareAtMinor;
  const picture = input.pictures[variant?.pictureIndex ?? 0] ?? input.pictures[0];
  const sku = variant?.sku ?? "";
  const gtin = /^\d{8}$|^\d{12,14}$/.test(variant?.barcode ?? "") ? (variant?.barcode ?? "") : "";
  const description = plainText(input.descriptionHtml) || input.title;
  const isDated = told?.availability === "preorder" || told?.availability === "backorder";
  return {
    id: truncate(sku, MAX_ID),
    title: truncate([input.title, ...(variant?.optionValues ?? [])].join(", "), MAX_TITLE),
    description: truncate(description, MAX_DESCRIPTION),
    link: new URL(`/products/${encodeURIComponent(input.handle)}`, origin).href,
    image_link: new URL(picture?.url ?? "", origin).href,
    availability: AVAILABILITY[told?.availability ?? "sold_out"],
    availability_date: isDated && told.expectedAt !== undefined ? `${told.expectedAt}T00:00Z` : "",
    price: price(former ?? now),
    sale_price: former === undefined ? "" : price(now),
    condition: "new",
    brand: truncate(input.vendor, MAX_BRAND),
    gtin,
    mpn: gtin === "" ? sku : "",
    identifier_exists: gtin === "" && input.vendor === "" ? "no" : "yes",
    item_group_id: input.variants.length > 1 ? truncate(input.handle, MAX_ID) : "",
    product_type: input.productType,
    shipping_weight: variant && variant.weightGrams > 0 ? `${variant.weightGrams} g` : "",
  };
}

const AVAILABILITY: Readonly<Record<Availability, string>> = {
  in_stock: "in_stock",
  low: "in_stock",
  backorder: "backorder",
  preorder: "preorder",
  sold_out: "out_of_stock",
};

/** A cell of tab-separated values has neither tabs nor line breaks. */
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, " ").trim();
