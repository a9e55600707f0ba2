import type { Speech } from "#words";
import { useSpeech } from "./use-speech.ts";

/** What is known of a delivery before checkout; dates are YYYY-MM-DD, both inclusive. */
export type DeliveryEstimate = {
  readonly earliestDate: string;
  readonly latestDate: string;
  readonly priceMinor: number;
  readonly freeFromMinor?: number;
  /** Hour of today before which an order keeps these dates, 0 to 23. */
  readonly cutoffHour?: number;
  /** ISO 3166-1 alpha-2 of the country it is for; the shop's own when absent. */
  readonly countryCode?: string;
  /** Name of that country in the language of the page, such as Germany. */
  readonly countryName: string;
  /** Where else the shop delivers to, by name; the country of the estimate comes first. */
  readonly countries?: readonly DeliveryCountry[];
};

/** A country that the shop delivers to. */
export type DeliveryCountry = { readonly code: string; readonly name: string };

/** What delivery costs, as a sentence: `Delivery to Germany costs €4.90, free from €60.` */
export function deliveryCost(
  { say, money, moneyShort }: Speech,
  { priceMinor, freeFromMinor, countryName: country }: DeliveryEstimate,
  currency: string,
): string {
  if (priceMinor === 0) return say("delivery.free", { country });
  const price = money(priceMinor, currency);
  return freeFromMinor === undefined
    ? say("delivery.cost", { country, price })
    : say("delivery.cost_free_from", { country, price, free: moneyShort(freeFromMinor, currency) });
}

/** The days on which it arrives, with the hour of today that this depends on. */
export const ArrivalLine = ({ estimate }: { readonly estimate: DeliveryEstimate }) => {
  const { say, parts, days, hour } = useSpeech();
  const { earliestDate, latestDate, cutoffHour } = estimate;
  const arrives = <strong>{say("delivery.arrives", { days: days(earliestDate, latestDate) })}</strong>;
  return (
    <p class="delivery-line">
      {cutoffHour === undefined ? (
        <>{arrives}.</>
      ) : (
        parts("delivery.cutoff", { arrives, time: hour(cutoffHour) })
      )}
    </p>
  );
};
