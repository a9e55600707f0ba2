import type { ProductInput } from "#catalog";

/** A line of a JSONL file: a whole product as the catalogue takes it, and what it says of stock. */
export type JsonProduct = {
  readonly handle: string;
  readonly input: ProductInput;
  readonly stock: readonly { readonly sku: string; readonly stock: StockDraft }[];
};
/** What waits to be written. */
export type StagedDraft = ProductDraft | JsonProduct;

/** A product as the file tells it: clean values, ready for the catalogue, with the stock that its rows name. */
export type ProductDraft = {
  readonly handle: string;
  readonly title: string;
  readonly status: "draft" | "active" | "archived";
  /** As written in the file; the catalogue sanitises it. */
  readonly descriptionHtml: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly options: readonly string[];
  readonly variants: readonly VariantDraft[];
  readonly pictures: readonly PictureDraft[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly collections: readonly string[];
  readonly seoTitle?: string;
  readonly seoDescription?: string;
};

export type VariantDraft = {
  /** Line of the file that told it. */
  readonly line: number;
  readonly sku: string;
  readonly barcode?: string;
  readonly optionValues: readonly string[];
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
  readonly weightGrams: number;
  readonly taxClass: "standard" | "zero";
  readonly requiresShipping: boolean;
  readonly pictureIndex?: number;
  readonly stock: StockDraft;
};

export type PictureDraft = {
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
};

/** What the file says about a SKU's stock. */
export type StockDraft = {
  /** Absent: it stays as it is; a SKU that nobody has touched sells what is counted. */
  readonly policy?:
    | { readonly kind: "deny" }
    | { readonly kind: "backorder"; readonly limit: number; readonly expectedAt?: string }
    | { readonly kind: "preorder"; readonly limit: number; readonly expectedAt: string }
    | { readonly kind: "untracked" };
  /** The file says nothing of this SKU's stock, so the policy is for one that the shop does not know yet. */
  readonly isForNewOnly?: true;
  /** Units found on the shelf; absent when the file does not count them. */
  readonly counted?: number;
};
