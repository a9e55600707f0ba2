import { toIso } from "#kernel";
import { DEFAULT_LOCALE, formatDay, formatMinor } from "#web";
import type { VoucherRefusalReason } from "#orders";
import type { CodeStatus } from "#vouchers";
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
  const { currency, fromMinor, toMinor, movedLines, discountChangeMinor, deliveryChangeMinor } = change;
  const money = (minor: number): string => formatMinor(minor, currency);
  const causes = movedLines.map((line) =>
    line.toMinor > line.fromMinor
      ? `${line.title} costs ${money(line.toMinor - line.fromMinor)} more`
      : `${line.title} costs ${money(line.fromMinor - line.toMinor)} less`,
  );
  if (discountChangeMinor > 0) causes.push(`your codes take ${money(discountChangeMinor)} more off`);
  if (discountChangeMinor < 0) causes.push(`your codes take ${money(-discountChangeMinor)} less off`);
  if (deliveryChangeMinor > 0)
    causes.push(`delivery to this address costs ${money(deliveryChangeMinor)} more`);
  if (deliveryChangeMinor < 0)
    causes.push(`delivery to this address costs ${money(-deliveryChangeMinor)} less`);
  const { dueFromMinor, dueToMinor } = change;
  if (fromMinor === toMinor)
    return `Your card pays another part of the total: ${money(dueToMinor)} is left to pay instead of ${money(dueFromMinor)}. Nothing was charged.`;
  return `The total changed from ${money(fromMinor)} to ${money(toMinor)}: ${causes.join("; ")}. Nothing was charged.`;
}

type SummaryRow = { readonly label: string; readonly amount: string };

/** Items, discounts, delivery and VAT of a basket. `isEstimate` says so beside the delivery. */
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
  const discounts = quote.discounts
    .filter((discount) => discount.amountMinor > 0)
    .map((discount) => ({ label: discount.label, amount: `−${money(discount.amountMinor)}` }));
  return [
    { label: "Items", amount: money(quote.itemsMinor) },
    ...discounts,
    ...delivery,
    { label: quote.isTaxAdded ? "Tax" : "VAT included", amount: money(quote.taxMinor) },
  ];
}

/** What gift cards and credits pay, and what is left; empty when they pay nothing. */
export function paymentRows({ quote }: Basket): readonly SummaryRow[] {
  const money = (minor: number): string => formatMinor(minor, quote.currency);
  if (quote.tenders.length === 0) return [];
  return [
    ...quote.tenders.map(({ label, amountMinor }) => ({ label, amount: `−${money(amountMinor)}` })),
    { label: "Left to pay", amount: money(quote.dueMinor) },
  ];
}

/** How a code stands, in one sentence; `undefined` when it simply applies. */
export function codeSentence(status: CodeStatus, currency: string): string | undefined {
  switch (status.code) {
    case "applied":
      return undefined;
    case "unknown":
      return "We do not know this code. Check its spelling.";
    case "expired":
      return "This code is not valid any more.";
    case "not_yet_valid":
      return `This code is valid from ${formatDay(toIso(status.validFrom).slice(0, 10))}.`;
    case "minimum_not_reached":
      return `Add goods for ${formatMinor(status.missingMinor, currency)} more to use this code.`;
    case "not_for_these_goods":
      return "This code is not for the goods in your cart.";
    case "not_for_this_country":
      return "This code is not for deliveries to this country.";
    case "wrong_currency":
      return "This code is for another currency.";
    case "used_up":
      return "This code has been used up.";
    case "empty":
      return "Nothing is left on this card at the moment.";
    case "not_combinable":
      return "This code cannot be combined with another one.";
    case "not_yours":
      return "This credit belongs to another e-mail address.";
  }
}

/** Why a voucher was refused when the order was placed. */
export function voucherSentence(label: string, reason: VoucherRefusalReason): string {
  switch (reason) {
    case "unknown":
      return `${label} is not known.`;
    case "used_up":
      return `${label} has just been used up.`;
    case "customer_limit":
      return `You have used ${label} already.`;
    case "not_yet_valid":
      return `${label} is not valid yet.`;
    case "expired":
    case "disabled":
      return `${label} is not valid any more.`;
    case "insufficient":
      return `${label} holds less money than a moment ago.`;
  }
}
