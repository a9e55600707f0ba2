import type { Speech } from "#words";
import { useSpeech } from "./use-speech.ts";

export type PriceStep = { readonly minQuantity: number; readonly priceMinor: number };

/** What one unit costs when more are bought, as a table; nothing when the quantity changes nothing. */
export const PriceSteps = ({
  steps,
  currency,
}: {
  readonly steps: readonly PriceStep[] | undefined;
  readonly currency: string;
}) => {
  const speech = useSpeech();
  const { say, money } = speech;
  if (!steps || steps.length < 2) return null;
  return (
    <table class="price-steps">
      <caption>{say("price.steps")}</caption>
      <thead>
        <tr>
          <th scope="col">{say("price.units")}</th>
          <th scope="col">{say("price.each")}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          <tr>
            <th scope="row">{range(speech, step, steps[index + 1])}</th>
            <td>{money(step.priceMinor, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

function range({ say }: Speech, step: PriceStep, next: PriceStep | undefined): string {
  if (!next) return say("price.and_more", { count: step.minQuantity });
  const last = next.minQuantity - 1;
  return last === step.minQuantity ? String(last) : say("price.range", { from: step.minQuantity, to: last });
}
