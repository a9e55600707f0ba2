import type { DeliveryOption } from "#shipping";

export type { TaxClass, TaxRate } from "./domain/tax-table.ts";

/** A priced cart: the one place where totals come from, for cart, checkout, API and order alike. */
export type QuoteLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly totalMinor: number;
  readonly taxRatePpm: number;
  /** Tax contained in `totalMinor`. */
  readonly taxMinor: number;
};

export type Quote = {
  readonly currency: string;
  readonly country: string;
  readonly lines: readonly QuoteLine[];
  readonly itemsMinor: number;
  readonly delivery?: DeliveryOption;
  readonly deliveryMinor: number;
  readonly deliveryTaxMinor: number;
  /** All tax contained in the total: Σ lines + delivery. */
  readonly taxMinor: number;
  /** `itemsMinor + deliveryMinor`: exactly what is charged. */
  readonly totalMinor: number;
};
