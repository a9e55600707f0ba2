import type { ProductInput } from "../contract.ts";
import type { Availability } from "../contract.ts";

/** A product as it leaves the shop: what saving it again would take, and what a feed says beside that. */
export type ExportedProduct = {
  readonly number: number;
  /** Saving it into the shop that it came from changes nothing. */
  readonly input: ProductInput;
  readonly currency: string;
  /** Whether shoppers of the web see it now. */
  readonly isListed: boolean;
  /** One per variant, in their order. */
  readonly stock: readonly {
    readonly variantId: string;
    readonly availability: Availability;
    readonly expectedAt?: string;
  }[];
};

/** Reads the whole catalogue in pages, in the order of creation. */
export type CatalogExporter = {
  /** Products after a number (0 begins), at most five hundred; an empty page is the end. */
  page(after: number): Promise<readonly ExportedProduct[]>;
};
