import type { Child } from "hono/jsx";
import {
  ErrorSummary,
  Notice,
  OrderSummary,
  Page,
  Steps,
  useSpeech,
  type Speech,
  type NoticeTone,
  type Step,
  type SummaryError,
} from "#web";
import type { PricedCheckout } from "../app/price-checkout.ts";
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

/** Step list, notices, the step's own form, and the order beside it; no navigation to get lost in. */
export const CheckoutFrame = (props: FrameProps) => {
  const { priced, step, heading, errors = [], notices = [], leftInCart = 0 } = props;
  const speech = useSpeech();
  const { say } = speech;
  return (
    <Page
      title={errors.length > 0 ? say("shell.error_title", { title: heading }) : heading}
      kind="checkout"
      frame="checkout"
      script="checkout"
      isIndexed={false}
    >
      <checkout-form>
        <Steps steps={stepsOf(speech, priced, step)} />
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

function stepsOf({ say }: Speech, { checkout }: PricedCheckout, current: CheckoutStep): readonly Step[] {
  const at = CHECKOUT_STEPS.indexOf(current);
  return CHECKOUT_STEPS.map((step, index) => ({
    label: say(`checkout.${step}`),
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
  const speech = useSpeech();
  const { say } = speech;
  const money = (minor: number): string => speech.money(minor, checkout.currency);
  return (
    <OrderSummary
      isCollapsible={true}
      lines={basket.lines.map((line) => ({
        title: line.variant?.productTitle ?? say("cart.this_item"),
        variantTitle: line.variant?.variantTitle ?? "",
        quantity: line.quantity,
        amount: line.totalMinor === undefined ? "–" : money(line.totalMinor),
        ...(line.variant?.picture ? { picture: line.variant.picture } : {}),
      }))}
      rows={summaryRows(speech, basket, missing.includes("address"))}
      total={{ label: say("summary.total"), amount: money(basket.quote.totalMinor) }}
      payments={paymentRows(speech, basket)}
    >
      {basket.codes.map(({ label, status }) => {
        const sentence = codeSentence(speech, status, checkout.currency);
        return sentence === undefined ? null : (
          <p class="hint">
            <bdi>{label}</bdi>: {sentence}
          </p>
        );
      })}
      {leftInCart > 0 && <p class="hint">{say("summary.stays", { count: leftInCart })}</p>}
      <p class="hint">
        {say("product.returns")}
        {basket.quote.dueMinor > 0 && !isPaymentShown && ` ${say("summary.payment_later")}`}
      </p>
    </OrderSummary>
  );
};
