import type { PaymentMethodId, PaymentOffer } from "#payments";
import { Choice, Notice, useSpeech } from "#web";

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
  const { say } = useSpeech();
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
          <p class="hint">{say(`pay.${only.method}_alone`)}</p>
          {only.details !== undefined && <TransferTo details={only.details} />}
        </>
      )}
      {!only && shown.length > 1 && (
        <Choice
          name={FIELD}
          legend={say("pay.how")}
          value={shown.find((offer) => offer.method === chosen)?.method ?? shown[0]?.method}
          options={shown.map(({ method, details }) => ({
            value: method,
            label: say(`pay.${method}`),
            hint: (
              <>
                {say(`pay.${method}_hint`)}
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
  <span class="transfer-to">{useSpeech().parts("pay.transfer_to", { details: <bdi>{details}</bdi> })}</span>
);

const CardDown = ({ hasOther }: { readonly hasOther: boolean }) => (
  <Notice tone="wait" title={useSpeech().say("pay.card_down")}>
    <p>{useSpeech().say(hasOther ? "pay.card_down_other" : "pay.card_down_alone")}</p>
  </Notice>
);

/** The method that a form names; cards when it names none. `undefined` for a word that is no method. */
export const readMethod = (text: string | undefined): PaymentMethodId | undefined => {
  if (text === undefined) return "card";
  return text === "card" || text === "bank_transfer" || text === "cash_on_delivery" ? text : undefined;
};
