import type { Speech } from "#web";
import type { CartDifference, ResumedCheckout } from "../app/resume-checkout.ts";
import type { CheckoutNotice } from "./checkout-frame.tsx";
import { lineTitle } from "./words.ts";

/** How the cart differs from what the checkout had; empty when it does not. */
export const cartNotices = (speech: Speech, { differences }: ResumedCheckout): readonly CheckoutNotice[] =>
  differences.length === 0
    ? []
    : [
        {
          tone: "wait",
          title: speech.say("checkout.cart_changed"),
          text: differences.map((difference) => differenceSentence(speech, difference)).join(" "),
        },
      ];

/** What has changed since the buyer last looked: in the cart, and in prices. */
export function noticesOf(speech: Speech, resumed: ResumedCheckout): readonly CheckoutNotice[] {
  const { priced } = resumed;
  const { currency } = priced.checkout;
  const prices = priced.basket.lines.flatMap((line) =>
    line.notices.flatMap((notice) =>
      notice.code === "price_changed"
        ? [
            speech.say("checkout.now_costs", {
              title: lineTitle(speech, line),
              to: speech.money(notice.toMinor, currency),
              from: speech.money(notice.fromMinor, currency),
            }),
          ]
        : [],
    ),
  );
  return [
    ...cartNotices(speech, resumed),
    ...(prices.length > 0 ? [{ tone: "wait" as const, text: prices.join(" ") }] : []),
  ];
}

function differenceSentence(speech: Speech, { line, from, to }: CartDifference): string {
  const { say } = speech;
  if (to === 0) return say("checkout.taken_out", { count: from });
  const title = lineTitle(speech, line);
  return from === 0
    ? say("checkout.is_new", { title, quantity: to })
    : say("checkout.instead", { title, from, to });
}
