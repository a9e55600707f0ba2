import type { FC } from "hono/jsx";
import type { Payment } from "../domain/payment.ts";
import { Layout, showMoney } from "./layout.tsx";
import { Facts } from "./pay-page.tsx";

type PaymentPageProps = { readonly payment: Payment; readonly merchant: string };

/** The buyer's bank asks: approve or refuse. */
export const ChallengePage: FC<PaymentPageProps> = ({ payment, merchant }) => (
  <Layout title="Your bank asks: is this you?">
    <h1>Your bank asks: is this you?</h1>
    <p>
      {merchant} wants to take {showMoney(payment.request.amount)} from your test card. Nothing is charged
      until you approve.
    </p>
    <Facts payment={payment} merchant={merchant} />
    <form class="stack" method="post">
      <button class="main" type="submit" name="answer" value="approve">
        Approve
      </button>
      <button type="submit" name="answer" value="refuse">
        Refuse
      </button>
    </form>
  </Layout>
);

/** A payment that takes no card any more. */
export const OverPage: FC<PaymentPageProps> = ({ payment, merchant }) => {
  const { title, text } = describe(payment);
  const { returnUrl, cancelUrl } = payment.request;
  const back = isPaid(payment) ? returnUrl : (cancelUrl ?? returnUrl);
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
      {back === undefined ? (
        <p>You can close this page.</p>
      ) : (
        <p>
          <a href={back}>Back to {merchant}</a>
        </p>
      )}
    </Layout>
  );
};

/** Tells whether the bank has agreed, whatever the merchant did with the money since. */
export const isPaid = ({ state }: Payment): boolean =>
  state.status === "authorised" || state.status === "captured" || state.status === "refunded";

function describe({ state }: Payment): { readonly title: string; readonly text: string } {
  switch (state.status) {
    case "authorised":
    case "captured":
    case "refunded":
      return { title: "You have paid", text: "The merchant knows. There is nothing left to do here." };
    case "expired":
      return { title: "This took too long", text: "The payment page is closed. Nothing was charged." };
    case "voided":
      return { title: "The merchant has ended this payment", text: "Nothing was charged." };
    case "declined":
      return {
        title: "The payment was declined",
        text: "Nothing was charged, and this payment takes no other card.",
      };
    case "requires_action":
      return { title: "The payment is open", text: "Nothing has been charged yet." };
  }
}

/** A page that says one thing, for addresses that lead nowhere and requests that cannot be read. */
export const MessagePage: FC<{ readonly title: string; readonly text: string }> = ({ title, text }) => (
  <Layout title={title}>
    <h1>{title}</h1>
    <p>{text}</p>
  </Layout>
);
