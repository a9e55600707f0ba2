import type { PaymentMethodId, PaymentOffer } from "#payments";
import { Choice, Notice } from "#web";

export type PaymentChoiceProps = {
  readonly offers: readonly PaymentOffer[];
  /** What the buyer chose before the page was shown again. */
  readonly chosen?: PaymentMethodId | undefined;
  /** A notice above says already that cards do not work. */
  readonly isCardDownTold?: boolean;
};

const FIELD = "paymentMethod";

/**
 * How to pay. With one way there is nothing to choose and it is only said; a way that is down is told of above the
 * button and left out, as long as another one works.
 */
export const PaymentChoiceFields = ({ offers, chosen, isCardDownTold = false }: PaymentChoiceProps) => {
  const working = offers.filter((offer) => offer.isAvailable);
  const shown = working.length > 0 ? working : offers;
  const only = shown.length === 1 ? shown[0] : undefined;
  const isCardDown = offers.some((offer) => offer.method === "card" && !offer.isAvailable);
  return (
    <>
      {isCardDown && !isCardDownTold && <CardDown hasOther={working.length > 0} />}
      {only && (
        <>
          <input type="hidden" name={FIELD} value={only.method} />
          <p class="hint">{WORDS[only.method].alone}</p>
          {only.details !== undefined && <TransferTo details={only.details} />}
        </>
      )}
      {!only && shown.length > 1 && (
        <Choice
          name={FIELD}
          legend="How you pay"
          value={shown.find((offer) => offer.method === chosen)?.method ?? shown[0]?.method}
          options={shown.map(({ method, details }) => ({
            value: method,
            label: WORDS[method].label,
            hint: (
              <>
                {WORDS[method].hint}
                {details !== undefined && <TransferTo details={details} />}
              </>
            ),
          }))}
        />
      )}
    </>
  );
};

/** Where the money goes; among other ways to pay it shows once it is chosen. The order page says it again. */
const TransferTo = ({ details }: { readonly details: string }) => (
  <span class="transfer-to">
    To <bdi>{details}</bdi>. The order number to write on it comes with your order.
  </span>
);

const CardDown = ({ hasOther }: { readonly hasOther: boolean }) => (
  <Notice tone="wait" title="Card payment is not working right now.">
    <p>
      {hasOther
        ? "Your cart is kept. Choose another way to pay, or come back in a few minutes."
        : "Your cart is kept and nothing was charged. Come back in a few minutes."}
    </p>
  </Notice>
);

type Words = { readonly label: string; readonly hint: string; readonly alone: string };

const WORDS: Readonly<Record<PaymentMethodId, Words>> = {
  card: {
    label: "Card",
    hint: "On the provider’s page; card details never reach us.",
    alone: "You pay on the provider’s page; card details never reach us.",
  },
  bank_transfer: {
    label: "Bank transfer",
    hint: "You have 7 days. We keep your items and send them when the money has arrived.",
    alone:
      "You pay by bank transfer within 7 days. We keep your items and send them when the money has arrived.",
  },
  cash_on_delivery: {
    label: "Cash on delivery",
    hint: "You pay the carrier when the parcel comes.",
    alone: "You pay the carrier when the parcel comes.",
  },
};

/** The method that a form names; cards when it names none. `undefined` for a word that is no method. */
export const readMethod = (text: string | undefined): PaymentMethodId | undefined => {
  if (text === undefined) return "card";
  return text === "card" || text === "bank_transfer" || text === "cash_on_delivery" ? text : undefined;
};
