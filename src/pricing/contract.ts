import type { DeliveryOption } from "#shipping";
import type { AppliedDiscount } from "./domain/discounts.ts";
import type { AppliedTender } from "./domain/tenders.ts";

export type { AppliedDiscount, DiscountableLine, Reduction } from "./domain/discounts.ts";
export type { AppliedTender, Fund } from "./domain/tenders.ts";
export type { TaxClass, TaxRate } from "./domain/tax-table.ts";
export type { TaxRule, TaxSettings } from "./domain/tax-rules.ts";
export type { Market, RoundingRule } from "./domain/market.ts";
export type { PriceEntry, PriceList } from "./domain/price-list.ts";
export type { PriceTerms, ResolvedPrice } from "./domain/price-for.ts";

/** A priced cart: the one place where totals come from, for cart, checkout, API and order alike. */
export type QuoteLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** This line's share of the discounts, from 0 to `unitPriceMinor × quantity`. */
  readonly discountMinor: number;
  /** `unitPriceMinor × quantity − discountMinor`. */
  readonly totalMinor: number;
  readonly taxRatePpm: number;
  /** Tax contained in `totalMinor`, or on top of it where tax is added. */
  readonly taxMinor: number;
};

export type Quote = {
  readonly currency: string;
  readonly country: string;
  readonly lines: readonly QuoteLine[];
  /** `Σ unitPriceMinor × quantity`, before discounts. */
  readonly itemsMinor: number;
  /** What takes something off; free delivery stands here with the amount 0. */
  readonly discounts: readonly AppliedDiscount[];
  /** `Σ discounts` = `Σ line.discountMinor`. */
  readonly discountMinor: number;
  readonly delivery?: DeliveryOption;
  readonly deliveryMinor: number;
  readonly deliveryTaxMinor: number;
  /** All tax within the total: Σ lines + delivery. */
  readonly taxMinor: number;
  /** True: prices are without tax, and `taxMinor` is added to them. */
  readonly isTaxAdded: boolean;
  /** `itemsMinor − discountMinor + deliveryMinor`, and `taxMinor` where it is added: what the buyer owes, however it is paid. */
  readonly totalMinor: number;
  /** What gift cards and credits pay of it. */
  readonly tenders: readonly AppliedTender[];
  /** `totalMinor − Σ tenders`: exactly what is charged. */
  readonly dueMinor: number;
};
