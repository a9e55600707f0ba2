import { Hono, type Context } from "hono";
import { isId, type CheckoutId, type Result } from "#kernel";
import { cartIdOfCheckout } from "#cart";
import type { CallContext } from "#platform";
import {
  answerProblem,
  htmlPage,
  Page,
  readForm,
  speechOf,
  useSpeech,
  type FormFields,
  type WebEnv,
} from "#web";
import type { AddressField } from "../app/address-book.ts";
import { changeLine } from "../app/cart-use-cases.ts";
import { changeDetails } from "../app/checkout-use-cases.ts";
import type { MissingDetail } from "../app/price-checkout.ts";
import { paymentOffers } from "../app/payment-choice.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import {
  peekCheckout,
  resumeCheckout,
  type ResumedCheckout,
  type ResumeRefusal,
} from "../app/resume-checkout.ts";
import { CHECKOUT_STEPS, type CheckoutStep } from "../pages/checkout-frame.tsx";
import { DeliveryStep } from "../pages/delivery-step.tsx";
import { DetailsStep, type DetailsValues } from "../pages/details-step.tsx";
import { ReviewStep } from "../pages/review-step.tsx";
import { callOf } from "./call-context.ts";
import { standInCart } from "./cart-place.ts";
import { keepCart } from "./cart-cookies.ts";
import { answerDetails, ADDRESS_FIELDS } from "./details-form.tsx";
import { grantOrderAccess } from "./order-cookies.ts";
import { answerReview } from "./review-form.tsx";
import { noticesOf } from "../pages/checkout-notices.ts";
import type { Visit } from "./visit.ts";

export type CheckoutPagesOptions = {
  readonly portsOf: (c: Context) => CheckoutPorts;
  /** The shop's public origin, or empty for the request's own. */
  readonly shopOrigin: (c: Context) => string;
};

/** `/checkout/{id}`: three steps, each with an address of its own. Whoever has the address has the checkout. */
export function createCheckoutPages({ portsOf, shopOrigin }: CheckoutPagesOptions) {
  const app = new Hono<WebEnv>();

  app.get("/checkout/:checkoutId", async (c) => {
    const visit = { c, ports: portsOf(c) };
    const resumed = await look(visit, resumeCheckout);
    if (resumed instanceof Response) return resumed;
    const step = reachable(c.req.query("step"), resumed.priced.missing);
    return showStep(visit, { resumed, step });
  });

  app.post("/checkout/:checkoutId", async (c) => {
    const visit = { c, ports: portsOf(c) };
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const peeked = await look(visit, peekCheckout);
    if (peeked instanceof Response) return peeked;
    switch (reachable(c.req.query("step"), peeked.priced.missing)) {
      case "details":
        return answerDetails(visit, { resumed: peeked, form: form.value });
      case "delivery":
        return answerDelivery(visit, { resumed: peeked, form: form.value });
      case "review": {
        const { checkoutId } = peeked.priced.checkout;
        return answerReview(visit, {
          checkoutId,
          form: form.value,
          configuredOrigin: shopOrigin(c),
          // A refused order shows the review as it stands now, and says what is new.
          resume: () => look(visit, resumeCheckout),
        });
      }
    }
  });

  app.post("/checkout/:checkoutId/lines", async (c) => {
    const ports = portsOf(c);
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const id = c.req.param("checkoutId");
    const cartId = cartIdOfCheckout(id);
    const quantity = /^\d{1,2}$/.test(form.value["quantity"] ?? "")
      ? Number(form.value["quantity"])
      : undefined;
    if (cartId && quantity !== undefined) {
      const changed = await changeLine(
        ports,
        { cartId, lineId: form.value["lineId"] ?? "", quantity },
        callOf(c),
      );
      if (changed.ok) keepCart(c, changed.value);
    }
    return c.redirect(`/checkout/${encodeURIComponent(id)}?step=review`, 303);
  });

  return app;
}

type Look = (
  ports: CheckoutPorts,
  checkoutId: CheckoutId,
  call: CallContext,
) => Promise<Result<ResumedCheckout, ResumeRefusal>>;

/** Loads the checkout of this request, or the answer that stands in its place. */
async function look({ c, ports }: Visit, read: Look): Promise<ResumedCheckout | Response> {
  const id = c.req.param("checkoutId");
  // The address is a secret. The private pages' policy (same-origin) keeps it from other sites; no-referrer would also
  // take the Origin away from our own forms.
  c.header("referrer-policy", "same-origin");
  if (!isId("chk", id)) return answerEnded(c);
  const found = await read(ports, id, callOf(c));
  if (!found.ok) return answerInstead({ c, ports }, found.refusal);
  standInCart(c, await ports.markets(), found.value.priced.checkout.marketId);
  return found.value;
}

async function answerInstead({ c, ports }: Visit, refusal: ResumeRefusal): Promise<Response> {
  if (
    (refusal.code === "checkout_became_order" || refusal.code === "checkout_closed") &&
    refusal.orderId !== undefined
  ) {
    grantOrderAccess(c, refusal.orderId, await ports.names.orderAccessKey(refusal.orderId));
    return c.redirect(`/orders/${refusal.orderId}`, 303);
  }
  return refusal.code === "cart_empty" ? c.redirect("/cart", 303) : answerEnded(c);
}

const answerEnded = async (c: Context): Promise<Response> => htmlPage(c, <EndedPage />, 404);

const EndedPage = () => {
  const { say } = useSpeech();
  return (
    <Page title={say("checkout.ended")} kind="checkout" frame="checkout" isIndexed={false}>
      <div class="plain">
        <h1>{say("checkout.ended")}</h1>
        <p>{say("checkout.ended_text")}</p>
        <p>
          <a class="button" href="/cart">
            {say("checkout.to_cart")}
          </a>
        </p>
      </div>
    </Page>
  );
};

/** The step that was asked for, or the first one that still misses something. */
function reachable(asked: string | undefined, missing: readonly MissingDetail[]): CheckoutStep {
  const first: CheckoutStep =
    missing.includes("email") || missing.includes("address")
      ? "details"
      : missing.includes("delivery")
        ? "delivery"
        : "review";
  const step = CHECKOUT_STEPS.find((name) => name === asked) ?? first;
  return CHECKOUT_STEPS.indexOf(step) <= CHECKOUT_STEPS.indexOf(first) ? step : first;
}

type ShowStep = { readonly resumed: ResumedCheckout; readonly step: CheckoutStep };

async function showStep({ c, ports }: Visit, { resumed, step }: ShowStep): Promise<Response> {
  const { priced, leftInCart } = resumed;
  const frame = { priced, leftInCart, notices: noticesOf(speechOf(c), resumed) };
  switch (step) {
    case "details":
      return htmlPage(c, <DetailsStep {...frame} values={storedValues(resumed)} />);
    case "delivery":
      return htmlPage(c, <DeliveryStep {...frame} />);
    case "review":
      return htmlPage(
        c,
        <ReviewStep
          {...frame}
          orderKey={ports.names.mintKey()}
          payment={{ offers: await paymentOffers(ports, priced) }}
        />,
      );
  }
}

function storedValues({ priced }: ResumedCheckout): DetailsValues {
  const { email, address, country, wantsNews } = priced.checkout;
  const fields: Partial<Record<AddressField, string>> = {};
  for (const field of ADDRESS_FIELDS) {
    const value = address?.[field];
    if (value !== undefined) fields[field] = value;
  }
  return {
    ...fields,
    country,
    ...(email === undefined ? {} : { email }),
    ...(wantsNews ? { wantsNews: "yes" } : {}),
  };
}

async function answerDelivery(
  { c, ports }: Visit,
  { resumed, form }: { resumed: ResumedCheckout; form: FormFields },
): Promise<Response> {
  const { priced, leftInCart } = resumed;
  const checkoutId: CheckoutId = priced.checkout.checkoutId;
  const deliveryMethodId = form["deliveryMethodId"];
  const error = speechOf(c).say("delivery_step.choose");
  const frame = { priced, leftInCart };
  if (deliveryMethodId === undefined) return htmlPage(c, <DeliveryStep {...frame} error={error} />, 422);
  const changed = await changeDetails(ports, { checkoutId, details: { deliveryMethodId } }, callOf(c));
  if (changed.ok) return c.redirect(`/checkout/${checkoutId}?step=review`, 303);
  if (changed.refusal.code === "invalid_details")
    return htmlPage(c, <DeliveryStep {...frame} error={error} />, 422);
  return c.redirect(`/checkout/${checkoutId}`, 303);
}
