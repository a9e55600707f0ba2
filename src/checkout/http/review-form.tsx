import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { CheckoutId } from "#kernel";
import type { Shortage } from "#orders";
import { declinedSentence } from "#orders";
import { isTrouble } from "#platform";
import { htmlPage, speechOf, type FormFields, type Speech } from "#web";
import { removeCode } from "../app/cart-codes.ts";
import { viewCheckout } from "../app/checkout-use-cases.ts";
import type { PricedCheckout } from "../app/price-checkout.ts";
import type { PaymentMethodId } from "#payments";
import { paymentOffers } from "../app/payment-choice.ts";
import { placeOrder, type PlaceRefusal } from "../app/place-order.ts";
import type { TotalChange } from "../app/refusal-facts.ts";
import type { ResumedCheckout } from "../app/resume-checkout.ts";
import { cartNotices } from "../pages/checkout-notices.ts";
import type { CheckoutNotice } from "../pages/checkout-frame.tsx";
import { readMethod } from "../pages/payment-choice.tsx";
import { ReviewStep, type ShortLine } from "../pages/review-step.tsx";
import { totalChangedSentence, voucherSentence } from "../pages/words.ts";
import { callOf } from "./call-context.ts";
import { grantOrderAccess } from "./order-cookies.ts";
import type { Visit } from "./visit.ts";
import { siteOrigin } from "./request-parts.ts";

export type ReviewForm = {
  readonly checkoutId: CheckoutId;
  readonly form: FormFields;
  readonly configuredOrigin: string;
  /** The checkout as its page shows it, or the answer that stands in its place. */
  readonly resume: () => Promise<ResumedCheckout | Response>;
};

/**
 * Step three: makes the order and sends the buyer to pay. Pressing twice, reloading and going back after paying all end
 * on the same order, because the form carries the key of the order to be.
 */
export async function answerReview({ c, ports }: Visit, input: ReviewForm): Promise<Response> {
  const { checkoutId, form } = input;
  const key = form["key"];
  const expected = /^\d{1,15}$/.exec(form["expectedTotal"] ?? "")?.[0];
  const expectedDue = /^\d{1,15}$/.exec(form["expectedDue"] ?? expected ?? "")?.[0];
  const method = readMethod(form["paymentMethod"]);
  // A form that is not ours: show the real one.
  if (
    method === undefined ||
    key === undefined ||
    !/^[\w-]{16,64}$/.test(key) ||
    expected === undefined ||
    expectedDue === undefined
  )
    return c.redirect(`/checkout/${checkoutId}?step=review`, 303);
  const request = {
    checkoutId,
    key,
    requestHash: await ports.names.hash(JSON.stringify(["page", checkoutId, expected, expectedDue, method])),
    payment: method === "card" ? ({ kind: "redirect" } as const) : ({ kind: "manual", method } as const),
    expectedTotal: { amountMinor: Number(expected) },
    expectedDueMinor: Number(expectedDue),
    origin: siteOrigin(c, input.configuredOrigin),
  };
  try {
    const placed = await placeOrder(ports, request, callOf(c));
    if (!placed.ok) return await answerRefusal({ c, ports }, input, placed.refusal);
    const { orderId, accessKey, redirectUrl } = placed.value;
    grantOrderAccess(c, orderId, accessKey);
    return c.redirect(redirectUrl ?? `/orders/${orderId}`, 303);
  } catch (error) {
    if (!isTrouble(error)) throw error;
    // The same key stays in the form: whatever became of the order, pressing again finds out.
    const { resume } = input;
    return showReview(
      { c, ports },
      { resume, orderKey: key, notice: lost(speechOf(c)), status: 503, method },
    );
  }
}

const lost = ({ say }: Speech): CheckoutNotice => ({ tone: "wait", text: say("place.lost") });

async function answerRefusal(
  { c, ports }: Visit,
  { checkoutId, form, resume }: ReviewForm,
  refusal: PlaceRefusal,
): Promise<Response> {
  const speech = speechOf(c);
  const { say } = speech;
  const show = (
    notice: CheckoutNotice | Told,
    status: ContentfulStatusCode,
    shortLines: readonly ShortLine[] = [],
  ): Promise<Response> =>
    showReview(
      { c, ports },
      {
        ...{ resume, orderKey: ports.names.mintKey(), notice, status, shortLines },
        method: readMethod(form["paymentMethod"]),
        isCardDownTold: refusal.code === "payment_unavailable",
      },
    );
  switch (refusal.code) {
    case "total_changed":
      return show(totalNotice(speech, refusal), 409);
    case "out_of_stock":
      return show(shortageNotice(speech, refusal.shortages), 409, refusal.shortages.flatMap(toShortLines));
    case "lines_unavailable":
      return show(
        soldOut(speech),
        409,
        refusal.lineIds.map((lineId) => ({ lineId, available: 0 })),
      );
    case "line_open":
      return c.redirect(`/checkout/${checkoutId}/line`, 303);
    case "customer_limit":
      return show(limitNotice(speech, refusal), 409);
    case "voucher_refused":
      return show(await dropCode({ c, ports }, checkoutId, refusal), 409);
    case "payment_declined":
      return show({ tone: "error", text: declinedSentence(speech, refusal.reason) }, 422);
    case "payment_unavailable":
      return show({ tone: "wait", text: say("place.card_down") }, 503);
    case "invalid_details":
      if (!refusal.mistakes.some((mistake) => mistake.field === "payment")) break;
      return show({ tone: "wait", text: say("place.method_gone") }, 422);
    case "checkout_closed":
      if (refusal.orderId === undefined) break;
      grantOrderAccess(c, refusal.orderId, await ports.names.orderAccessKey(refusal.orderId));
      return c.redirect(`/orders/${refusal.orderId}`, 303);
    default:
      break;
  }
  // Whatever is left (the cart changed, a detail is missing) the page itself tells when it is opened again.
  return c.redirect(`/checkout/${checkoutId}`, 303);
}

type VoucherRefused = Extract<PlaceRefusal, { readonly code: "voucher_refused" }>;

/**
 * Takes a code out that cannot be used any more, so that the page shows the total without it. A card that only holds
 * less than a moment ago stays, and the page shows what it still pays.
 */
async function dropCode(
  { c, ports }: Visit,
  checkoutId: CheckoutId,
  { voucherId, reason }: VoucherRefused,
): Promise<Told> {
  const checkout = await viewCheckout(ports, checkoutId);
  const code = checkout.ok
    ? checkout.value.checkout.codes.find((row) => row.voucherId === voucherId)
    : undefined;
  const speech = speechOf(c);
  const { say, money } = speech;
  const sentence = voucherSentence(speech, code?.label ?? say("code.a_code"), reason);
  const isTaken = reason !== "insufficient" && checkout.ok;
  if (isTaken)
    await removeCode(ports, { cartId: checkout.value.checkout.cartId, code: voucherId }, callOf(c));
  return ({ basket, checkout: { currency } }) => ({
    tone: "wait",
    title: say("code.refused"),
    text: say(isTaken ? "code.taken_out" : "code.total_is", {
      sentence,
      total: money(basket.quote.totalMinor, currency),
    }),
  });
}

const soldOut = ({ say }: Speech): CheckoutNotice => ({
  tone: "wait",
  title: say("place.sold_out"),
  text: say("place.nothing_held"),
});

const shortageNotice = (speech: Speech, shortages: readonly Shortage[]): CheckoutNotice =>
  shortages.some((shortage) => shortage.available <= 0)
    ? soldOut(speech)
    : { ...soldOut(speech), title: speech.say("place.fewer") };

const limitNotice = (
  { say }: Speech,
  { limit, title }: Extract<PlaceRefusal, { readonly code: "customer_limit" }>,
): CheckoutNotice => ({
  tone: "wait",
  title: say("place.limit", { limit }),
  text: say("place.limit_text", { title }),
});

const totalNotice = (speech: Speech, change: TotalChange): CheckoutNotice => ({
  tone: "wait",
  title: speech.say("place.total_changed"),
  text: totalChangedSentence(speech, change),
});

const toShortLines = (shortage: Shortage): readonly ShortLine[] =>
  shortage.lineIds.map((lineId) => ({ lineId, available: Math.max(0, shortage.available) }));

/** A notice that names what the page shows. */
type Told = (priced: PricedCheckout) => CheckoutNotice;

type ShowReview = {
  readonly resume: ReviewForm["resume"];
  readonly orderKey: string;
  readonly notice: CheckoutNotice | Told;
  readonly status: ContentfulStatusCode;
  readonly shortLines?: readonly ShortLine[];
  readonly method: PaymentMethodId | undefined;
  readonly isCardDownTold?: boolean;
};

async function showReview(
  { c, ports }: Visit,
  { resume, orderKey, notice, status, shortLines = [], method, isCardDownTold = false }: ShowReview,
): Promise<Response> {
  const resumed = await resume();
  if (resumed instanceof Response) return resumed;
  const { priced, leftInCart } = resumed;
  const offers = await paymentOffers(ports, priced);
  return htmlPage(
    c,
    <ReviewStep
      priced={priced}
      leftInCart={leftInCart}
      orderKey={orderKey}
      notices={[typeof notice === "function" ? notice(priced) : notice, ...cartNotices(speechOf(c), resumed)]}
      shortLines={shortLines}
      payment={{ offers, chosen: method, isCardDownTold }}
    />,
    status,
  );
}
