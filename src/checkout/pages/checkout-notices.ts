import { formatMinor, plural } from "#web";
import type { CartDifference, ResumedCheckout } from "../app/resume-checkout.ts";
import type { CheckoutNotice } from "./checkout-frame.tsx";
import { lineTitle } from "./words.ts";

/** How the cart differs from what the checkout had; empty when it does not. */
export const cartNotices = ({ differences }: ResumedCheckout): readonly CheckoutNotice[] =>
  differences.length === 0
    ? []
    : [{ tone: "wait", title: "Your cart changed.", text: differences.map(differenceSentence).join(" ") }];

/** What has changed since the buyer last looked: in the cart, and in prices. */
export function noticesOf(resumed: ResumedCheckout): readonly CheckoutNotice[] {
  const { priced } = resumed;
  const { currency } = priced.checkout;
  const prices = priced.basket.lines.flatMap((line) =>
    line.notices.flatMap((notice) =>
      notice.code === "price_changed"
        ? [
            `${lineTitle(line)} now costs ${formatMinor(notice.toMinor, currency)} instead of ${formatMinor(notice.fromMinor, currency)}.`,
          ]
        : [],
    ),
  );
  return [
    ...cartNotices(resumed),
    ...(prices.length > 0 ? [{ tone: "wait" as const, text: prices.join(" ") }] : []),
  ];
}

function differenceSentence({ line, from, to }: CartDifference): string {
  if (from === 0) return `${lineTitle(line)} is new: ${to}.`;
  if (to === 0) return `${plural(from, { one: "item was", other: "items were" })} taken out.`;
  return `${lineTitle(line)}: ${to} instead of ${from}.`;
}
