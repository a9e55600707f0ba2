import { Choice, formatDayRange, formatMinor, Notice } from "#web";
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
  const { options, quote } = basket;
  const only = options.length === 1 ? options[0] : undefined;
  const meant = checkout.email === undefined ? undefined : suggestEmail(checkout.email);
  return (
    <CheckoutFrame
      {...frame}
      step="delivery"
      heading="How it comes to you"
      errors={error === undefined ? [] : [{ field: FIELD, message: error }]}
    >
      {meant !== undefined && (
        <Notice tone="note">
          <p>
            We will write to <bdi>{checkout.email}</bdi>. Did you mean <bdi>{meant}</bdi>?{" "}
            <a href={`/checkout/${checkout.checkoutId}?step=details`}>Change the e-mail</a>
          </p>
        </Notice>
      )}
      <form class="form" action={`/checkout/${checkout.checkoutId}?step=delivery`} method="post" novalidate>
        {only ? (
          <>
            <input type="hidden" name={FIELD} value={only.methodId} />
            <p>
              <strong>Arrives {formatDayRange(only.earliestDate, only.latestDate)}</strong>
              <br />
              {priceWords(only, checkout.currency)}, {only.name}
              {only.carrier ? `, ${only.carrier}` : ""}
            </p>
          </>
        ) : (
          <Choice
            name={FIELD}
            legend="Delivery"
            isLegendHidden={true}
            value={quote.delivery?.methodId}
            error={error}
            options={options.map((option) => ({
              value: option.methodId,
              label: `Arrives ${formatDayRange(option.earliestDate, option.latestDate)}`,
              hint: [option.name, option.carrier].filter(Boolean).join(", "),
              amount: priceWords(option, checkout.currency),
            }))}
          />
        )}
        <div class="form-actions">
          <button class="button" type="submit">
            Continue to review
          </button>
        </div>
      </form>
    </CheckoutFrame>
  );
};

const priceWords = (option: DeliveryOption, currency: string): string =>
  option.priceMinor === 0 ? "Free" : formatMinor(option.priceMinor, currency);
