import type { CartId, CheckoutId } from "#kernel";

/** What an order was made of when it was placed, or when an edit changed it: names, prices and shares are frozen here. */

/** A postal address as its country writes it; codes are cleaned, never refused for spaces or case. */
export type Address = {
  readonly fullName: string;
  readonly company?: string;
  readonly line1: string;
  readonly line2?: string;
  readonly district?: string;
  readonly city: string;
  readonly region?: string;
  readonly postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string;
};

/** Names and prices are frozen here: an order needs no catalogue to be read. */
export type OrderLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly productHandle: string;
  readonly sku: string;
  readonly title: string;
  /** Option values, such as `A3, oak`; empty for a product with one variant. */
  readonly variantTitle: string;
  /** Both in the shop's own language, for staff; absent where the buyer read the same. */
  readonly shopTitle?: string;
  readonly shopVariantTitle?: string;
  readonly imageUrl?: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** This line's share of the order's discounts; from 0 to `unitPriceMinor × quantity`. */
  readonly discountMinor: number;
  /** `unitPriceMinor × quantity − discountMinor`. */
  readonly totalMinor: number;
  readonly taxRatePpm: number;
  /** Tax contained in `totalMinor`, or on top of it: see `addedTaxMinor`. */
  readonly taxMinor: number;
  /** What is owed for the line beside `totalMinor`, where prices are without tax; absent where they contain it. */
  readonly addedTaxMinor?: number;
  readonly weightGrams: number;
  readonly requiresShipping: boolean;
  /**
   * Shards among which the SKU's units were shared out when the order was placed; absent when they were not. Frozen, so
   * that the order asks the same stock objects every time.
   */
  readonly stockShards?: number;
  /** What one unit of a bundle is made of; stock is held on these SKUs instead of the line's own. */
  readonly components?: readonly { readonly sku: string; readonly quantity: number }[];
};

/** A reduction that is counted into the lines' `discountMinor`. */
export type OrderDiscount = {
  /** Absent for a reduction that staff gave by hand. */
  readonly voucherId?: string;
  readonly label: string;
  readonly amountMinor: number;
};

/** A gift card or store credit that pays a part of the total; it is claimed like stock. */
export type OrderTender = {
  readonly voucherId: string;
  readonly kind: "gift_card" | "store_credit";
  readonly label: string;
  readonly amountMinor: number;
};

export type OrderDelivery = {
  readonly methodId: string;
  readonly name: string;
  readonly carrier: string;
  readonly priceMinor: number;
  readonly taxMinor: number;
  /** As in a line. */
  readonly addedTaxMinor?: number;
  /** YYYY-MM-DD, both inclusive. */
  readonly earliestDate: string;
  readonly latestDate: string;
};

/** Everything that was priced on the server and shown to the buyer; frozen at hold. */
export type OrderDraft = {
  readonly checkoutId: CheckoutId;
  readonly cartId: CartId;
  readonly email: string;
  readonly address: Address;
  readonly locale: string;
  readonly currency: string;
  /** Whose prices held when it was placed, so that an edit prices what is added alike; absent: the default market's. */
  readonly marketId?: string;
  /** The buyer whom staff know, whose prices and tax held. */
  readonly customerId?: string;
  /** The group whose prices staff chose; absent: the customer's, or everybody's. */
  readonly customerGroup?: string;
  /** Why the buyer paid no tax, with the VAT id or certificate that staff had noted. */
  readonly taxRelief?: { readonly reason: "reverse_charge" | "exempt"; readonly taxId?: string };
  /** True where prices are without tax and it was added to them. */
  readonly isTaxAdded?: boolean;
  readonly lines: readonly OrderLine[];
  readonly delivery: OrderDelivery;
  readonly discounts: readonly OrderDiscount[];
  readonly tenders: readonly OrderTender[];
  /** `Σ unitPriceMinor × quantity`, before discounts. */
  readonly itemsMinor: number;
  /** `Σ line.discountMinor`. */
  readonly discountMinor: number;
  readonly deliveryMinor: number;
  readonly taxMinor: number;
  /** `Σ line.totalMinor + deliveryMinor`, and every `addedTaxMinor`: what the buyer owes, however it is paid. */
  readonly totalMinor: number;
  /** `totalMinor − Σ tenders`: what the payment provider is asked for; 0 asks nobody. */
  readonly dueMinor: number;
};

/** Pay at once with a token of the provider, or send the buyer to the provider's page. */
export type PaymentChoice =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "redirect"; readonly returnUrl: string; readonly cancelUrl: string }
  /** Outside the shop: a bank transfer before shipping, or cash when the parcel arrives. */
  | { readonly kind: "manual"; readonly method: "bank_transfer" | "cash_on_delivery" };
