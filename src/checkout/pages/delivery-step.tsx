import { Choice, Notice, useSpeech, type Speech } from "#web";
import type { DeliveryOption } from "#shipping";
import { suggestEmail } from "../app/address-book.ts";
import { CheckoutFrame, type FrameProps } from "./checkout-frame.tsx";

export type DeliveryStepProps = Omit<FrameProps, "step" | "heading" | "errors" | "children"> & {
  readonly error?: string;
};

const FIELD = "deliveryMethodId";

/** When it comes, for how much, by whom. One way only is shown, not asked. */
export const DeliveryStep = ({ error, ...frame }: DeliveryStepProps) => {
  const { checkout, basket } = frame.priced;
  const speech = useSpeech();
  const { say, days } = speech;
  const { options, quote } = basket;
  const only = options.length === 1 ? options[0] : undefined;
  const meant = checkout.email === undefined ? undefined : suggestEmail(checkout.email);
  return (
    <CheckoutFrame
      {...frame}
      step="delivery"
      heading={say("delivery_step.heading")}
      errors={error === undefined ? [] : [{ field: FIELD, message: error }]}
    >
      {meant !== undefined && <Meant checkout={checkout} meant={meant} />}
      <form class="form" action={`/checkout/${checkout.checkoutId}?step=delivery`} method="post" novalidate>
        {only ? (
          <>
            <input type="hidden" name={FIELD} value={only.methodId} />
            <p>
              <strong>{say("cart.arrives", { days: days(only.earliestDate, only.latestDate) })}</strong>
              <br />
              {priceWords(speech, only, checkout.currency)}, {only.name}
              {only.carrier ? `, ${only.carrier}` : ""}
            </p>
          </>
        ) : (
          <Choice
            name={FIELD}
            legend={say("checkout.delivery")}
            isLegendHidden={true}
            value={quote.delivery?.methodId}
            error={error}
            options={options.map((option) => ({
              value: option.methodId,
              label: say("cart.arrives", { days: days(option.earliestDate, option.latestDate) }),
              hint: [option.name, option.carrier].filter(Boolean).join(", "),
              amount: priceWords(speech, option, checkout.currency),
            }))}
          />
        )}
        <div class="form-actions">
          <button class="button" type="submit">
            {say("delivery_step.continue")}
          </button>
        </div>
      </form>
    </CheckoutFrame>
  );
};

type MeantProps = Pick<FrameProps["priced"], "checkout"> & { readonly meant: string };

/** A likely slip in the address is a question, not an error. */
const Meant = ({ checkout, meant }: MeantProps) => {
  const { say, parts } = useSpeech();
  const href = `/checkout/${checkout.checkoutId}?step=details`;
  return (
    <Notice tone="note">
      <p>
        {parts("delivery_step.meant", {
          email: <bdi>{checkout.email}</bdi>,
          meant: <bdi>{meant}</bdi>,
          change: <a href={href}>{say("delivery_step.change_email")}</a>,
        })}
      </p>
    </Notice>
  );
};

const priceWords = ({ say, money }: Speech, option: DeliveryOption, currency: string): string =>
  option.priceMinor === 0 ? say("summary.free") : money(option.priceMinor, currency);
