import type { Child } from "hono/jsx";
import {
  ErrorSummary,
  formatMinor,
  Notice,
  OrderSummary,
  Page,
  plural,
  Steps,
  type NoticeTone,
  type Step,
  type SummaryError,
} from "#web";
import type { PricedCheckout } from "../app/checkout-use-cases.ts";
import { codeSentence, paymentRows, summaryRows } from "./words.ts";

export const CHECKOUT_STEPS = ["details", "delivery", "review"] as const;
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number];

/** One thing to say above a step. */
export type CheckoutNotice = { readonly tone: NoticeTone; readonly title?: string; readonly text: string };

export type FrameProps = {
  readonly priced: PricedCheckout;
  readonly step: CheckoutStep;
  readonly heading: string;
  readonly errors?: readonly SummaryError[];
  readonly notices?: readonly CheckoutNotice[];
  /** Lines that stay in the cart because they cannot be had now. */
  readonly leftInCart?: number;
  readonly children?: Child;
};

const LABELS: Readonly<Record<CheckoutStep, string>> = {
  details: "Details",
  delivery: "Delivery",
  review: "Review and pay",
};

/** Step list, notices, the step's own form, and the order beside it; no navigation to get lost in. */
export const CheckoutFrame = (props: FrameProps) => {
  const { priced, step, heading, errors = [], notices = [], leftInCart = 0 } = props;
  return (
    <Page
      title={errors.length > 0 ? `Error: ${heading}` : heading}
      kind="checkout"
      frame="checkout"
      script="checkout"
      isIndexed={false}
    >
      <checkout-form>
        <Steps steps={stepsOf(priced, step)} />
        <div class="split checkout">
          <div class="checkout-main stack">
            <ErrorSummary errors={errors} />
            {notices.map((notice) => (
              <Notice
                tone={notice.tone}
                role={notice.tone === "error" ? "alert" : "status"}
                {...(notice.title === undefined ? {} : { title: notice.title })}
              >
                <p>{notice.text}</p>
              </Notice>
            ))}
            <h1 class="checkout-title" tabindex={-1} autofocus={errors.length === 0 && notices.length === 0}>
              {heading}
            </h1>
            {props.children}
          </div>
          <div class="split-side checkout-side">
            <Summary priced={priced} leftInCart={leftInCart} isPaymentShown={step === "review"} />
          </div>
        </div>
      </checkout-form>
    </Page>
  );
};

function stepsOf({ checkout }: PricedCheckout, current: CheckoutStep): readonly Step[] {
  const at = CHECKOUT_STEPS.indexOf(current);
  return CHECKOUT_STEPS.map((step, index) => ({
    label: LABELS[step],
    href: `/checkout/${checkout.checkoutId}?step=${step}`,
    state: index < at ? "done" : index === at ? "current" : "ahead",
  }));
}

type SummaryProps = {
  readonly priced: PricedCheckout;
  readonly leftInCart: number;
  /** The step beside it says how it is paid. */
  readonly isPaymentShown: boolean;
};

const Summary = ({ priced, leftInCart, isPaymentShown }: SummaryProps) => {
  const { basket, checkout, missing } = priced;
  const money = (minor: number): string => formatMinor(minor, checkout.currency);
  return (
    <OrderSummary
      isCollapsible={true}
      lines={basket.lines.map((line) => ({
        title: line.variant?.productTitle ?? "This item",
        variantTitle: line.variant?.variantTitle ?? "",
        quantity: line.quantity,
        amount: line.totalMinor === undefined ? "–" : money(line.totalMinor),
        ...(line.variant?.picture ? { picture: line.variant.picture } : {}),
      }))}
      rows={summaryRows(basket, missing.includes("address"))}
      total={{ label: "Total", amount: money(basket.quote.totalMinor) }}
      payments={paymentRows(basket)}
    >
      {basket.codes.map(({ label, status }) => {
        const sentence = codeSentence(status, checkout.currency);
        return sentence === undefined ? null : (
          <p class="hint">
            <bdi>{label}</bdi>: {sentence}
          </p>
        );
      })}
      {leftInCart > 0 && (
        <p class="hint">
          {plural(leftInCart, { one: "item stays", other: "items stay" })} in your cart: sold out.
        </p>
      )}
      <p class="hint">
        Send it back within 30 days; return postage is free.
        {basket.quote.dueMinor > 0 && !isPaymentShown && " How you pay is chosen in step 3."}
      </p>
    </OrderSummary>
  );
};
