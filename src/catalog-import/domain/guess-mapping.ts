import { parseCurrency, type CurrencyCode } from "#kernel";
import { knownColumn } from "./columns.ts";
import {
  MAPPED_FIELDS,
  type ColumnMapping,
  type MappedField,
  type MappingRule,
  type ReadAs,
} from "./mapping.ts";
import { plainNumber } from "./text-price.ts";

/** Names that tables of other systems give to a field, best first, without case and punctuation. */
const OTHER_NAMES: Readonly<Partial<Record<MappedField, readonly string[]>>> = {
  title: ["name", "product name", "product title", "item name", "item title", "item", "article", "product"],
  handle: ["slug", "url key", "link", "product url", "url"],
  sku: ["sku", "item number", "article number", "product code", "product id", "asin", "id"],
  barcode: ["gtin", "ean", "upc", "isbn"],
  price: ["sale price", "discount price", "discounted price", "selling price", "offer price", "current price", "unit price", "actual price", "list price", "regular price", "mrp", "rrp"],
  compareAt: ["actual price", "list price", "regular price", "original price", "was price", "mrp", "rrp", "msrp"],
  vendor: ["brand", "manufacturer", "maker", "supplier"],
  productType: ["sub category", "subcategory", "category", "product category", "department", "main category", "kind"],
  tags: ["keywords", "labels", "main category"],
  description: ["long description", "product description", "details", "about"],
  imageUrl: ["image", "image link", "picture", "photo", "img", "main image"],
  quantity: ["stock", "qty", "quantity", "inventory", "on hand", "available"],
  weight: ["weight", "weight g", "shipping weight"],
}; // prettier-ignore
/** Facts worth showing that have no field. */
const FACTS = ["ratings", "rating", "no of ratings", "reviews", "material", "colour", "color", "size"];
const NUMBERS = new Set(["ratings", "rating", "no of ratings", "reviews"]);

const SIGNS: Readonly<Record<string, string>> = { "₹": "INR", "€": "EUR", "£": "GBP", $: "USD", "¥": "JPY" };
const READ_AS: Readonly<Partial<Record<MappedField, ReadAs>>> = { price: "price", compareAt: "price", tags: "list", handle: "slug", quantity: "number", weight: "number" }; // prettier-ignore

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();

/** A start for the merchant: what each column most likely is, by its name and by what stands in the first rows. */
export function guessMapping(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  shopCurrency: CurrencyCode,
): ColumnMapping {
  const names = header.map((name) => name.trim());
  const rules = MAPPED_FIELDS.flatMap((field): MappingRule[] => {
    const columns = columnsFor(field, names);
    return columns.length === 0 ? [] : [ruleFor(field, columns, { names, sample })];
  });
  const isShopify = names.some(
    (name) => plainName(name) === "option1 value" || plainName(name) === "variant price",
  );
  const facts = names
    .filter((name) => FACTS.includes(plainName(name)))
    .map((name): MappingRule => ({
      field: "attribute",
      attribute: name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll("_", " "),
      columns: [name],
      readAs: NUMBERS.has(plainName(name)) ? "number" : "text",
      whenWrong: "leave-out",
    }));
  const prices = rules
    .filter(({ readAs }) => readAs === "price")
    .flatMap(({ columns }) => textsOf(columns, { names, sample }));
  return {
    rows: isShopify ? "by-handle" : "each-row",
    currency: currencyIn(prices) ?? shopCurrency,
    decimalSign: decimalSignIn(prices),
    rules: [...rules, ...facts],
  };
}

function columnsFor(field: (typeof MAPPED_FIELDS)[number], names: readonly string[]): string[] {
  const wanted = OTHER_NAMES[field] ?? [];
  const known = names.filter((name) => knownColumn(name)?.field === field);
  const others = wanted.flatMap((name) =>
    names.filter((each) => plainName(each) === name && !known.includes(each)),
  );
  // A price may stand in one of several columns; of anything else the best name is enough.
  return [...known, ...others].slice(0, field === "price" ? 3 : 1);
}

type Table = { readonly names: readonly string[]; readonly sample: readonly (readonly string[])[] };

function ruleFor(field: MappedField, columns: readonly string[], table: Table): MappingRule {
  const link = field === "handle" ? textsOf(columns, table).find((text) => URL.canParse(text)) : undefined;
  const readAs = link === undefined ? (READ_AS[field] ?? "text") : "part";
  return {
    field,
    columns,
    readAs,
    ...(link === undefined
      ? {}
      : { after: `${new URL(link).host}/`, before: link.includes("/ref=") ? "/ref=" : "?" }),
    ...(readAs === "list" ? { separator: "," } : {}),
    whenWrong: field === "price" || field === "handle" ? "reject" : "leave-out",
  };
}

const textsOf = (columns: readonly string[], { names, sample }: Table): string[] =>
  columns
    .flatMap((column) => sample.flatMap((row) => row[names.indexOf(column)] ?? []))
    .filter((text) => text.trim() !== "");

function currencyIn(prices: readonly string[]): CurrencyCode | undefined {
  for (const price of prices) {
    const sign = Object.keys(SIGNS).find((each) => price.includes(each));
    const code = sign === undefined ? /\b[A-Z]{3}\b/.exec(price)?.[0] : SIGNS[sign];
    const currency = code === undefined ? undefined : parseCurrency(code);
    if (currency) return currency;
  }
  return undefined;
}

/** A comma is the decimal sign where most amounts can only be read so. */
function decimalSignIn(prices: readonly string[]): "." | "," {
  const readable = (sign: "." | ","): number =>
    prices.filter((price) => plainNumber(price, sign) !== undefined).length;
  return readable(",") > readable(".") ? "," : ".";
}
