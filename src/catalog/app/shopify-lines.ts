import { currency, money, toDecimal } from "#kernel";
import type { ExportedProduct } from "./exported-product.ts";

const COLUMNS = [
  "Handle",
  "Title",
  "Body (HTML)",
  "Vendor",
  "Type",
  "Tags",
  "Published",
  "Collection",
  "Option1 Name",
  "Option1 Value",
  "Option2 Name",
  "Option2 Value",
  "Option3 Name",
  "Option3 Value",
  "Variant SKU",
  "Variant Barcode",
  "Variant Price",
  "Variant Compare At Price",
  "Variant Grams",
  "Variant Requires Shipping",
  "Variant Taxable",
  "Variant Image",
  "Image Src",
  "Image Position",
  "Image Alt Text",
  "SEO Title",
  "SEO Description",
  "Status",
] as const;
type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

export const SHOPIFY_HEAD = `${COLUMNS.join(",")}\r\n`;

/** Rows of one product as Shopify writes them: one per variant or picture, the product's own cells on the first. */
export function shopifyLines({ input, currency: code }: ExportedProduct, origin: string): string {
  const amount = (minor: number): string => toDecimal(money(currency(code), minor));
  const address = (url: string | undefined): string => (url === undefined ? "" : new URL(url, origin).href);
  const rows = Math.max(input.variants.length, input.pictures.length);
  return Array.from({ length: rows }, (_, index): string => {
    const variant = input.variants[index];
    const picture = input.pictures[index];
    return line({
      Handle: input.handle,
      ...(index === 0 ? ownCells(input) : {}),
      ...(variant
        ? {
            "Option1 Value": variant.optionValues[0] ?? "Default Title",
            "Option2 Value": variant.optionValues[1] ?? "",
            "Option3 Value": variant.optionValues[2] ?? "",
            "Variant SKU": variant.sku,
            "Variant Barcode": variant.barcode ?? "",
            "Variant Price": amount(variant.priceMinor),
            "Variant Compare At Price":
              variant.compareAtMinor === undefined ? "" : amount(variant.compareAtMinor),
            "Variant Grams": String(variant.weightGrams),
            "Variant Requires Shipping": String(variant.requiresShipping).toUpperCase(),
            "Variant Taxable": String(variant.taxClass !== "zero").toUpperCase(),
            "Variant Image":
              variant.pictureIndex === undefined ? "" : address(input.pictures[variant.pictureIndex]?.url),
          }
        : {}),
      ...(picture
        ? {
            "Image Src": address(picture.url),
            "Image Position": String(index + 1),
            "Image Alt Text": picture.alt,
          }
        : {}),
    });
  }).join("");
}

const ownCells = (input: ExportedProduct["input"]): Cells => ({
  Title: input.title,
  "Body (HTML)": input.descriptionHtml,
  Vendor: input.vendor,
  Type: input.productType,
  Tags: input.tags.join(", "),
  Published: input.status === "active" ? "TRUE" : "FALSE",
  Collection: input.collections[0] ?? "",
  "Option1 Name": input.options[0] ?? "Title",
  "Option2 Name": input.options[1] ?? "",
  "Option3 Name": input.options[2] ?? "",
  "SEO Title": input.seoTitle ?? "",
  "SEO Description": input.seoDescription ?? "",
  Status: input.status,
});

const line = (cells: Cells): string =>
  `${COLUMNS.map((column) => quoted(cells[column] ?? "")).join(",")}\r\n`;
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
