import type { CartCode, CartLine } from "#cart";
import type { SellableVariant } from "#catalog";
import type { EpochMs } from "#kernel";
import {
  priceFor,
  quote,
  stepsOf,
  type PricedLine,
  type Quote,
  type QuoteInput,
  type TaxRelief,
  type QuoteLine,
} from "#pricing";
import {
  chooseDelivery,
  deliveryOptions,
  freeDeliveryGapMinor,
  nothingToDeliver,
  type DeliveryOption,
  type LocalMoment,
} from "#shipping";
import { assessCodes, type AssessedCode, type Assessment, type BasketFacts } from "#vouchers";
import type { PriceTruth } from "./ports.ts";

/** What a shopper must know about one line. Facts only; pages and API put them into words. */
export type LineNotice =
  | { readonly code: "price_changed"; readonly fromMinor: number; readonly toMinor: number }
  /** Fewer units than the line asks for. */
  | { readonly code: "few_left"; readonly available: number }
  /** The page has lowered the line to what there is. */
  | { readonly code: "quantity_lowered"; readonly from: number; readonly to: number }
  | { readonly code: "sold_out" }
  /** The shop does not sell it any more, or not in this cart's currency. */
  | { readonly code: "unavailable" };

/** A line with what the catalogue says about it now. */
export type BasketLine = CartLine & {
  /**
   * At what one unit costs in this market, for this group, when this many are bought. Absent when the catalogue does not
   * know it any more.
   */
  readonly variant?: SellableVariant;
  /** Before discounts; absent when the line cannot be priced. */
  readonly totalMinor?: number;
  /** Its share of the discounts. */
  readonly discountMinor?: number;
  readonly notices: readonly LineNotice[];
  /** Part of the totals. */
  readonly isCounted: boolean;
};

export type Basket = {
  readonly lines: readonly BasketLine[];
  readonly quote: Quote;
  /** How each entered code stands, in the order in which they were entered. */
  readonly codes: readonly AssessedCode[];
  /** Ways of delivery; empty when the shop does not deliver there. */
  readonly options: readonly DeliveryOption[];
  /** Why the buyer pays no tax. */
  readonly relief?: TaxRelief;
  /** What is missing for free delivery, in minor units. */
  readonly freeDeliveryGapMinor?: number;
};

export type BasketRequest = {
  readonly lines: readonly CartLine[];
  readonly currency: string;
  readonly country: string;
  /** Of the address, once it is known. */
  readonly postcode?: string;
  readonly deliveryMethodId?: string;
  /**
   * `cart`: sold-out lines do not count. `order`: every line that can be priced counts, because it is what would be
   * charged.
   */
  readonly purpose: "cart" | "order";
  readonly entered?: EnteredCodes;
};

/** What the buyer entered; whether it applies is worked out here, and decided by the vouchers when the order is placed. */
export type EnteredCodes = {
  readonly codes: readonly CartCode[];
  /** Of the buyer, once it is known. */
  readonly email?: string;
  /** The instant for the dates of vouchers. */
  readonly at: EpochMs;
};

/** Prices lines at what holds now. The same truth, request and moment always give the same basket. */
export function priceBasket(request: BasketRequest, truth: PriceTruth, now: LocalMoment): Basket {
  const lines = request.lines.map((line) => describeLine(line, request, truth));
  const priced = lines.flatMap(toPriced);
  const itemsMinor = priced.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  const counted = lines.filter((line) => line.isCounted);
  const assessment = assess(counted, request, truth);
  const options = optionsFor(counted, itemsMinor, { request, truth, now });
  const chosen = chooseDelivery(options, request.deliveryMethodId);
  const wanted = {
    currency: request.currency,
    country: request.country,
    lines: priced,
    taxRates: truth.taxRates,
    isTaxAdded: truth.terms?.market.pricesIncludeTax === false,
    ...(chosen && counted.length > 0 ? { delivery: chosen } : {}),
    reductions: assessment.reductions,
    funds: assessment.funds,
  };
  const result = quoteImport(wanted, truth.importLimitMinor);
  const quoted = new Map(result.lines.map((line) => [line.lineId, line]));
  const gap = chosen && freeDeliveryGapMinor(chosen, itemsMinor);
  return {
    lines: lines.map((line) => withTotal(line, quoted.get(line.lineId))),
    quote: result,
    codes: assessment.codes,
    options,
    ...(truth.relief ? { relief: truth.relief } : {}),
    ...(gap === undefined ? {} : { freeDeliveryGapMinor: gap }),
  };
}

/**
 * Goods that come into the EU are taxed here up to a worth and where they enter above it. Their worth is what is paid for
 * them without tax and delivery.
 */
function quoteImport(wanted: QuoteInput, limitMinor: number | undefined): Quote {
  const result = quote(wanted);
  if (limitMinor === undefined) return result;
  const taxMinor = result.isTaxAdded ? 0 : result.lines.reduce((sum, line) => sum + line.taxMinor, 0);
  const worthMinor = result.itemsMinor - result.discountMinor - taxMinor;
  return worthMinor > limitMinor ? quote({ ...wanted, taxRates: [] }) : result;
}

function describeLine(line: CartLine, request: BasketRequest, truth: PriceTruth): BasketLine {
  const sold = truth.variants.find((row) => row.variantId === line.variantId);
  const variant = sold && priceFor(sold, line.quantity, truth.terms);
  if (!variant)
    return { ...line, ...withVariant(sold), notices: [{ code: "unavailable" }], isCounted: false };
  if (variant.productStatus !== "active" || variant.currency !== request.currency) {
    return { ...line, variant, notices: [{ code: "unavailable" }], isCounted: false };
  }
  const notices: LineNotice[] = [];
  const isSoldOut = variant.availability === "sold_out";
  if (isSoldOut) notices.push({ code: "sold_out" });
  else if (unitsShort(line, variant))
    notices.push({ code: "few_left", available: variant.availableUnits ?? 0 });
  if (hasMoved(line, variant, truth)) {
    notices.push({ code: "price_changed", fromMinor: line.seenUnitPriceMinor, toMinor: variant.priceMinor });
  }
  return { ...line, variant, notices, isCounted: !(isSoldOut && request.purpose === "cart") };
}

const withVariant = (variant: SellableVariant | undefined) => (variant ? { variant } : {});

/** A step of the same prices that another quantity reaches is no change of price: the page shows the steps. */
const hasMoved = (line: CartLine, variant: SellableVariant, { terms }: PriceTruth): boolean =>
  variant.priceMinor !== line.seenUnitPriceMinor &&
  !stepsOf(line.variantId, terms?.prices ?? []).some((step) => step.amountMinor === line.seenUnitPriceMinor);

/** Counted stock that is on the shelf and does not suffice; goods on their way may be ordered all the same. */
function unitsShort(line: CartLine, variant: SellableVariant): boolean {
  if (variant.availability === "backorder" || variant.availability === "preorder") return false;
  return (
    variant.availableUnits !== undefined &&
    variant.availableUnits > 0 &&
    variant.availableUnits < line.quantity
  );
}

function toPriced(line: BasketLine): PricedLine[] {
  if (!line.isCounted || !line.variant) return [];
  const { variantId, sku, priceMinor, taxClass } = line.variant;
  return [
    { lineId: line.lineId, variantId, sku, quantity: line.quantity, unitPriceMinor: priceMinor, taxClass },
  ];
}

const withTotal = (line: BasketLine, quoted: QuoteLine | undefined): BasketLine =>
  quoted === undefined
    ? line
    : { ...line, totalMinor: quoted.totalMinor + quoted.discountMinor, discountMinor: quoted.discountMinor };

/** Which codes apply. The minimum of a coupon looks at the goods before discounts, as free delivery does. */
function assess(lines: readonly BasketLine[], request: BasketRequest, truth: PriceTruth): Assessment {
  const { entered, currency, country } = request;
  if (!entered || entered.codes.length === 0) return { codes: [], reductions: [], funds: [] };
  const { codes, at, ...buyer } = entered;
  return assessCodes(codes, truth.vouchers ?? [], {
    currency,
    country,
    ...buyer,
    lines: lines.flatMap(toFacts),
    collections: truth.collections ?? [],
    now: at,
  });
}

const toFacts = ({ lineId, quantity, variant }: BasketLine): BasketFacts["lines"] =>
  variant
    ? [{ lineId, productHandle: variant.productHandle, totalMinor: variant.priceMinor * quantity }]
    : [];

function optionsFor(
  lines: readonly BasketLine[],
  itemsMinor: number,
  { request, truth, now }: { request: BasketRequest; truth: PriceTruth; now: LocalMoment },
): readonly DeliveryOption[] {
  const parcels = lines.filter((line) => line.variant?.requiresShipping !== false);
  if (lines.length > 0 && parcels.length === 0) return [nothingToDeliver(now)];
  const goodsFrom = parcels.reduce<string | undefined>((latest, line) => {
    const due =
      line.variant?.availability === "backorder" || line.variant?.availability === "preorder"
        ? line.variant.expectedAt
        : undefined;
    return due !== undefined && (latest === undefined || due > latest) ? due : latest;
  }, undefined);
  return deliveryOptions({
    methods: truth.methods,
    country: request.country,
    ...(request.postcode === undefined ? {} : { postcode: request.postcode }),
    currency: request.currency,
    itemsMinor,
    now,
    ...(goodsFrom === undefined ? {} : { goodsFrom }),
  });
}
