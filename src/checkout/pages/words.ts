import { toIso } from "#kernel";
import type { Speech } from "#web";
import type { VoucherRefusalReason } from "#orders";
import type { CodeStatus } from "#vouchers";
import type { Basket, BasketLine, LineNotice } from "../app/price-basket.ts";
import type { TotalChange } from "../app/refusal-facts.ts";

/** `Heron, print on cotton paper` or, in one breath with its options, `Heron, A3, oak`. */
export const lineTitle = ({ say }: Speech, line: BasketLine): string =>
  line.variant
    ? [line.variant.productTitle, line.variant.variantTitle].filter(Boolean).join(", ")
    : say("cart.this_item");

/** What a shopper must know about a line, in one sentence. */
export function noticeSentence({ say, money }: Speech, notice: LineNotice, currency: string): string {
  switch (notice.code) {
    case "price_changed":
      return say("notice.price", {
        from: money(notice.fromMinor, currency),
        to: money(notice.toMinor, currency),
      });
    case "few_left":
      return say("notice.few_left", { available: notice.available });
    case "quantity_lowered":
      return say("notice.lowered", { count: notice.to });
    case "sold_out":
      return say("notice.sold_out");
    case "unavailable":
      return say("notice.unavailable");
  }
}

/** Why the total moved, in one sentence that ends with what it means for the buyer's money. */
export function totalChangedSentence(speech: Speech, change: TotalChange): string {
  const { say } = speech;
  const { currency, fromMinor, toMinor, movedLines, discountChangeMinor, deliveryChangeMinor } = change;
  const money = (minor: number): string => speech.money(minor, currency);
  const causes = movedLines.map(({ title, ...line }) =>
    line.toMinor > line.fromMinor
      ? say("place.costs_more", { title, amount: money(line.toMinor - line.fromMinor) })
      : say("place.costs_less", { title, amount: money(line.fromMinor - line.toMinor) }),
  );
  if (discountChangeMinor > 0) causes.push(say("place.codes_more", { amount: money(discountChangeMinor) }));
  if (discountChangeMinor < 0) causes.push(say("place.codes_less", { amount: money(-discountChangeMinor) }));
  if (deliveryChangeMinor > 0)
    causes.push(say("place.delivery_more", { amount: money(deliveryChangeMinor) }));
  if (deliveryChangeMinor < 0)
    causes.push(say("place.delivery_less", { amount: money(-deliveryChangeMinor) }));
  const { dueFromMinor, dueToMinor } = change;
  if (fromMinor === toMinor)
    return say("place.due_moved", { to: money(dueToMinor), from: money(dueFromMinor) });
  return say("place.total_moved", {
    from: money(fromMinor),
    to: money(toMinor),
    causes: causes.join("; "),
  });
}

type SummaryRow = { readonly label: string; readonly amount: string };

const taxWord = ({ quote, relief }: Basket) => {
  if (relief) return relief.reason === "exempt" ? "summary.tax_exempt" : "summary.tax_reverse_charge";
  return quote.isTaxAdded ? "summary.tax" : "summary.tax_in";
};

/** Items, discounts, delivery and VAT of a basket. `isEstimate` says so beside the delivery. */
export function summaryRows(speech: Speech, basket: Basket, isEstimate: boolean): readonly SummaryRow[] {
  const { say } = speech;
  const { quote } = basket;
  const money = (minor: number): string => speech.money(minor, quote.currency);
  const country = speech.countryInSentence(quote.country);
  const delivery = quote.delivery
    ? [
        {
          label: say(isEstimate ? "summary.delivery_estimate" : "summary.delivery_to", { country }),
          amount: quote.deliveryMinor === 0 ? say("summary.free") : money(quote.deliveryMinor),
        },
      ]
    : [];
  const discounts = quote.discounts
    .filter((discount) => discount.amountMinor > 0)
    .map((discount) => ({ label: discount.label, amount: `−${money(discount.amountMinor)}` }));
  return [
    { label: say("summary.items"), amount: money(quote.itemsMinor) },
    ...discounts,
    ...delivery,
    { label: say(taxWord(basket)), amount: money(quote.taxMinor) },
  ];
}

/** What gift cards and credits pay, and what is left; empty when they pay nothing. */
export function paymentRows(speech: Speech, { quote }: Basket): readonly SummaryRow[] {
  const money = (minor: number): string => speech.money(minor, quote.currency);
  if (quote.tenders.length === 0) return [];
  return [
    ...quote.tenders.map(({ label, amountMinor }) => ({ label, amount: `−${money(amountMinor)}` })),
    { label: speech.say("summary.left"), amount: money(quote.dueMinor) },
  ];
}

/** How a code stands, in one sentence; `undefined` when it simply applies. */
export function codeSentence(
  { say, day, money }: Speech,
  status: CodeStatus,
  currency: string,
): string | undefined {
  switch (status.code) {
    case "applied":
      return undefined;
    case "unknown":
      return say("code.unknown");
    case "expired":
      return say("code.expired");
    case "not_yet_valid":
      return say("code.not_yet", { day: day(toIso(status.validFrom).slice(0, 10)) });
    case "minimum_not_reached":
      return say("code.minimum", { price: money(status.missingMinor, currency) });
    case "not_for_these_goods":
      return say("code.other_goods");
    case "not_for_this_country":
      return say("code.other_country");
    case "wrong_currency":
      return say("code.other_currency");
    case "used_up":
      return say("code.used_up");
    case "empty":
      return say("code.empty");
    case "not_combinable":
      return say("code.not_combinable");
    case "not_yours":
      return say("code.not_yours");
  }
}

/** Why a voucher was refused when the order was placed. */
export function voucherSentence({ say }: Speech, label: string, reason: VoucherRefusalReason): string {
  switch (reason) {
    case "unknown":
      return say("code.refused_unknown", { label });
    case "used_up":
      return say("code.refused_used_up", { label });
    case "customer_limit":
      return say("code.refused_limit", { label });
    case "not_yet_valid":
      return say("code.refused_not_yet", { label });
    case "expired":
    case "disabled":
      return say("code.refused_expired", { label });
    case "insufficient":
      return say("code.refused_less", { label });
  }
}
