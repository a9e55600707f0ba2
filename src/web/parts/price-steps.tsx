import { formatMinor } from "../format/money.ts";
import { usePlace } from "./shop-place.ts";

export type PriceStep = { readonly minQuantity: number; readonly priceMinor: number };

/** What one unit costs when more are bought, as a table; nothing when the quantity changes nothing. */
export const PriceSteps = ({
  steps,
  currency,
}: {
  readonly steps: readonly PriceStep[] | undefined;
  readonly currency: string;
}) => {
  const { locale } = usePlace();
  if (!steps || steps.length < 2) return null;
  return (
    <table class="price-steps">
      <caption>Price by quantity</caption>
      <thead>
        <tr>
          <th scope="col">Units</th>
          <th scope="col">Each</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          <tr>
            <th scope="row">{range(step, steps[index + 1])}</th>
            <td>{formatMinor(step.priceMinor, currency, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

function range(step: PriceStep, next: PriceStep | undefined): string {
  if (!next) return `${step.minQuantity} and more`;
  const last = next.minQuantity - 1;
  return last === step.minQuantity ? String(last) : `${step.minQuantity} to ${last}`;
}
