import { DEFAULT_LOCALE, formatMinor } from "#web";
import type { Basket, BasketLine, LineNotice } from "../app/price-basket.ts";
import type { TotalChange } from "../app/refusal-facts.ts";

/** `Heron, print on cotton paper` or, in one breath with its options, `Heron, A3, oak`. */
export const lineTitle = (line: BasketLine): string =>
  line.variant
    ? [line.variant.productTitle, line.variant.variantTitle].filter(Boolean).join(", ")
    : "This item";

const names = new Intl.DisplayNames([DEFAULT_LOCALE], { type: "region" });

/** A country's name in the shop's language; the code where there is none. */
export const countryName = (code: string): string => names.of(code) ?? code;

/** What a shopper must know about a line, in one sentence. */
export function noticeSentence(notice: LineNotice, currency: string): string {
  switch (notice.code) {
    case "price_changed":
      return `The price changed from ${formatMinor(notice.fromMinor, currency)} to ${formatMinor(notice.toMinor, currency)}.`;
    case "few_left":
      return `We have ${notice.available} of these.`;
    case "quantity_lowered":
      return `We have ${notice.to} of these. Your cart now holds ${notice.to}.`;
    case "sold_out":
      return "Sold out. It is not part of the total.";
    case "unavailable":
      return "We do not sell this any more. Remove it to tidy your cart.";
  }
}

/** Why the total moved, in one sentence that ends with what it means for the buyer's money. */
export function totalChangedSentence(change: TotalChange): string {
  const { currency, fromMinor, toMinor, movedLines, deliveryChangeMinor } = change;
  const money = (minor: number): string => formatMinor(minor, currency);
  const causes = movedLines.map((line) =>
    line.toMinor > line.fromMinor
      ? `${line.title} costs ${money(line.toMinor - line.fromMinor)} more`
      : `${line.title} costs ${money(line.fromMinor - line.toMinor)} less`,
  );
  if (deliveryChangeMinor > 0)
    causes.push(`delivery to this address costs ${money(deliveryChangeMinor)} more`);
  if (deliveryChangeMinor < 0)
    causes.push(`delivery to this address costs ${money(-deliveryChangeMinor)} less`);
  return `The total changed from ${money(fromMinor)} to ${money(toMinor)}: ${causes.join("; ")}. Nothing was charged.`;
}

type SummaryRow = { readonly label: string; readonly amount: string };

/** Items, delivery and VAT of a basket. `isEstimate` says so beside the delivery. */
export function summaryRows(basket: Basket, isEstimate: boolean): readonly SummaryRow[] {
  const { quote } = basket;
  const money = (minor: number): string => formatMinor(minor, quote.currency);
  const delivery = quote.delivery
    ? [
        {
          label: `Delivery to ${countryName(quote.country)}${isEstimate ? " (estimate)" : ""}`,
          amount: quote.deliveryMinor === 0 ? "Free" : money(quote.deliveryMinor),
        },
      ]
    : [];
  return [
    { label: "Items", amount: money(quote.itemsMinor) },
    ...delivery,
    { label: "VAT included", amount: money(quote.taxMinor) },
  ];
}
