import type { CurrencyCode } from "#kernel";
import type { Field } from "./columns.ts";

/** The fields that a mapping may fill, in the order in which they are shown; `attribute` may stand several times. */
export const MAPPED_FIELDS = [
  "title",
  "handle",
  "sku",
  "barcode",
  "price",
  "compareAt",
  "vendor",
  "productType",
  "tags",
  "collection",
  "description",
  "imageUrl",
  "imageAlt",
  "status",
  "quantity",
  "weight",
  "weightUnit",
  "option1Name",
  "option1Value",
  "option2Name",
  "option2Value",
  "option3Name",
  "option3Value",
  "seoTitle",
  "seoDescription",
] as const satisfies readonly Field[];
export type MappedField = (typeof MAPPED_FIELDS)[number] | "attribute";

/**
 * How the text of a cell becomes that of a field. `text`: as it is. `price`: an amount with or without a currency sign
 * and thousands separators, converted where the mapping says so. `number`: the same for plain numbers. `list`: several
 * tags, split at `separator`. `part`: what stands between `after` and `before`. `slug`: small words and hyphens.
 */
export const READINGS = ["text", "price", "number", "list", "part", "slug"] as const;
export type ReadAs = (typeof READINGS)[number];

/** Where one field comes from: the first of its columns that holds something, or a text with `{column}` in it. */
export type MappingRule = {
  readonly field: MappedField;
  /** Name of the fact, for `attribute`. */
  readonly attribute?: string;
  readonly columns: readonly string[];
  /** A constant, or a template such as `{Brand} {Name}`; used where no column holds anything. */
  readonly text?: string;
  readonly readAs: ReadAs;
  readonly separator?: string;
  readonly after?: string;
  readonly before?: string;
  /** `leave-out` warns and leaves the field empty; `reject` rejects the row. */
  readonly whenWrong: "leave-out" | "reject";
};

/** How a table of somebody else's becomes products. Plain data: it is stored, versioned, and copied into each import. */
export type ColumnMapping = {
  /** `each-row`: every row is a product, and a handle that comes again is rejected. `by-handle`: rows of one handle are its variants. */
  readonly rows: "each-row" | "by-handle";
  /** Of the file's amounts. Another one than the shop's needs a rate; nothing is converted silently. */
  readonly currency: CurrencyCode;
  /** Parts per million of the shop's currency that one unit of the file's is worth: 1 INR = 0.011 EUR is 11,000. */
  readonly ratePpm?: number;
  /** Converted amounts are rounded, half up, to a multiple of this many minor units. */
  readonly roundToMinor?: number;
  readonly decimalSign: "." | ",";
  readonly rules: readonly MappingRule[];
};

/** What a file is: an export of Shopify's, any table through a mapping (as it stood when the import began), or JSONL. */
export type ImportSource =
  | { readonly kind: "shopify" }
  | {
      readonly kind: "mapped";
      readonly name: string;
      readonly version: number;
      readonly mapping: ColumnMapping;
    }
  | { readonly kind: "jsonl" };

/** A mapping under its name; each save raises the version. */
export type SavedMapping = {
  readonly name: string;
  readonly version: number;
  readonly mapping: ColumnMapping;
  readonly updatedAtMs: number;
};
