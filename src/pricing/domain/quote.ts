import { currency, includedTaxMinor, invariant, money, timesMoney } from "#kernel";
import type { Quote, QuoteLine } from "../contract.ts";
import { applyReductions, named, type Reduction } from "./discounts.ts";
import { MAX_UNIT_PRICE_MINOR } from "./limits.ts";
import { applyFunds, type Fund } from "./tenders.ts";
import { addedTaxMinor, deliveryRatePpm, taxRatePpm, type TaxClass, type TaxRate } from "./tax-table.ts";

/** A line with the price that holds now. */
export type PricedLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly sku: string;
  /** Whole units, at least 1. */
  readonly quantity: number;
  /** Price of one unit in minor units, at least 0. */
  readonly unitPriceMinor: number;
  readonly taxClass: TaxClass;
};

export type QuoteInput = {
  readonly currency: string;
  /** Destination: its rates decide the tax contained in the prices. */
  readonly country: string;
  readonly lines: readonly PricedLine[];
  readonly taxRates: readonly TaxRate[];
  /** True: prices are without tax, and it is added on top of each line. */
  readonly isTaxAdded?: boolean;
  /** Already priced for this basket; absent while no way of delivery is chosen. */
  readonly delivery?: NonNullable<Quote["delivery"]>;
  readonly reductions?: readonly Reduction[];
  /** In the order in which they pay. */
  readonly funds?: readonly Fund[];
};

/**
 * Prices a basket. Prices contain the tax of the destination, or, where a market says so, it is added on top of them.
 * Discounts are split over the lines to the last minor unit, and tax is rounded once per discounted line, half up
 * (`includedTaxMinor`, `addedTaxMinor`); delivery is taxed at the destination's standard rate. Guards:
 * total = items − discounts + delivery (+ tax, where it is added) = Σ tenders + due, and
 * tax = Σ line taxes + delivery tax.
 */
export function quote(input: QuoteInput): Quote {
  const totals = input.lines.map((line) => ({
    lineId: line.lineId,
    totalMinor: listTotalMinor(input, line),
  }));
  const reduced = applyReductions(totals, input.reductions ?? []);
  const lines = input.lines.map((line) =>
    quoteLine(input, line, reduced.discountByLine.get(line.lineId) ?? 0),
  );
  const delivery = quoteDelivery(input, reduced.freeDelivery);
  const itemsMinor = sum(totals.map((line) => line.totalMinor));
  const discountMinor = sum(lines.map((line) => line.discountMinor));
  const taxMinor = sum(lines.map((line) => line.taxMinor)) + delivery.deliveryTaxMinor;
  const isTaxAdded = input.isTaxAdded === true;
  const totalMinor = itemsMinor - discountMinor + delivery.deliveryMinor + (isTaxAdded ? taxMinor : 0);
  invariant(Number.isSafeInteger(totalMinor) && totalMinor >= 0, "a total is a safe integer of minor units");
  const tenders = applyFunds(totalMinor, input.funds ?? []);
  return {
    currency: currency(input.currency),
    country: input.country,
    lines,
    itemsMinor,
    discounts: [...reduced.discounts, ...delivery.discounts],
    discountMinor,
    ...(input.delivery ? { delivery: input.delivery } : {}),
    deliveryMinor: delivery.deliveryMinor,
    deliveryTaxMinor: delivery.deliveryTaxMinor,
    taxMinor,
    isTaxAdded,
    totalMinor,
    tenders,
    dueMinor: totalMinor - sum(tenders.map((tender) => tender.amountMinor)),
  };
}

/** Free delivery is a discount only where delivery costs something: a code that takes nothing off is not used. */
function quoteDelivery(input: QuoteInput, freeDelivery: Reduction | undefined) {
  const priceMinor = input.delivery?.priceMinor ?? 0;
  const isPaidFor = freeDelivery !== undefined && priceMinor > 0;
  const deliveryMinor = isPaidFor ? 0 : priceMinor;
  const ratePpm = deliveryRatePpm(input.taxRates, input.country);
  return {
    deliveryMinor,
    deliveryTaxMinor: taxOf(input, deliveryMinor, ratePpm),
    discounts: isPaidFor ? [named(freeDelivery, 0)] : [],
  };
}

function listTotalMinor(input: QuoteInput, line: PricedLine): number {
  invariant(
    Number.isSafeInteger(line.quantity) && line.quantity >= 1,
    "a quoted line has whole units, at least one",
  );
  invariant(
    Number.isSafeInteger(line.unitPriceMinor) &&
      line.unitPriceMinor >= 0 &&
      line.unitPriceMinor <= MAX_UNIT_PRICE_MINOR,
    "a unit price is a whole number of minor units in range",
  );
  return timesMoney(money(currency(input.currency), line.unitPriceMinor), line.quantity).amountMinor;
}

function quoteLine(input: QuoteInput, line: PricedLine, discountMinor: number): QuoteLine {
  const ratePpm = taxRatePpm(input.taxRates, input.country, line.taxClass);
  const totalMinor = listTotalMinor(input, line) - discountMinor;
  return {
    lineId: line.lineId,
    variantId: line.variantId,
    sku: line.sku,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    discountMinor,
    totalMinor,
    taxRatePpm: ratePpm,
    taxMinor: taxOf(input, totalMinor, ratePpm),
  };
}

/** Rounded once per line and once for delivery, half up; nothing else is. */
const taxOf = ({ isTaxAdded }: QuoteInput, amountMinor: number, ratePpm: number): number =>
  isTaxAdded === true ? addedTaxMinor(amountMinor, ratePpm) : includedTaxMinor(amountMinor, ratePpm);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
