import { currency, includedTaxMinor, invariant, money, timesMoney } from "#kernel";
import type { Quote, QuoteLine } from "../contract.ts";
import { MAX_UNIT_PRICE_MINOR } from "./limits.ts";
import { taxRatePpm, type TaxClass, type TaxRate } from "./tax-table.ts";

/** A line with the price that holds now. */
export type PricedLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly sku: string;
  /** Whole units, at least 1. */
  readonly quantity: number;
  /** Gross price of one unit in minor units, at least 0. */
  readonly unitPriceMinor: number;
  readonly taxClass: TaxClass;
};

export type QuoteInput = {
  readonly currency: string;
  /** Destination: its rates decide the tax contained in the prices. */
  readonly country: string;
  readonly lines: readonly PricedLine[];
  readonly taxRates: readonly TaxRate[];
  /** Already priced for this basket; absent while no way of delivery is chosen. */
  readonly delivery?: NonNullable<Quote["delivery"]>;
};

/**
 * Prices a basket. Prices are gross: the buyer pays the same everywhere and the tax of the destination is contained.
 * Tax is rounded once per line, half up (`includedTaxMinor`), and delivery is taxed at the destination's standard
 * rate; no other rounding takes place. Guards: total = items + delivery = Σ line totals + delivery, and
 * tax = Σ line taxes + delivery tax.
 */
export function quote(input: QuoteInput): Quote {
  const lines = input.lines.map((line) => quoteLine(input, line));
  const itemsMinor = sum(lines.map((line) => line.totalMinor));
  const deliveryMinor = input.delivery?.priceMinor ?? 0;
  const standardPpm = taxRatePpm(input.taxRates, input.country, "standard");
  const deliveryTaxMinor = includedTaxMinor(deliveryMinor, standardPpm);
  const totalMinor = itemsMinor + deliveryMinor;
  invariant(Number.isSafeInteger(totalMinor) && totalMinor >= 0, "a total is a safe integer of minor units");
  return {
    currency: currency(input.currency),
    country: input.country,
    lines,
    itemsMinor,
    ...(input.delivery ? { delivery: input.delivery } : {}),
    deliveryMinor,
    deliveryTaxMinor,
    taxMinor: sum(lines.map((line) => line.taxMinor)) + deliveryTaxMinor,
    totalMinor,
  };
}

function quoteLine(input: QuoteInput, line: PricedLine): QuoteLine {
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
  const ratePpm = taxRatePpm(input.taxRates, input.country, line.taxClass);
  const total = timesMoney(money(currency(input.currency), line.unitPriceMinor), line.quantity);
  return {
    lineId: line.lineId,
    variantId: line.variantId,
    sku: line.sku,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    totalMinor: total.amountMinor,
    taxRatePpm: ratePpm,
    taxMinor: includedTaxMinor(total.amountMinor, ratePpm),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
