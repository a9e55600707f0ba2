import { formatDayRange } from "../format/dates.ts";
import { formatMinor, formatMinorShort } from "../format/money.ts";

/** What is known of a delivery before checkout; dates are YYYY-MM-DD, both inclusive. */
export type DeliveryEstimate = {
  readonly earliestDate: string;
  readonly latestDate: string;
  readonly priceMinor: number;
  readonly freeFromMinor?: number;
  /** Hour of today before which an order keeps these dates, 0 to 23. */
  readonly cutoffHour?: number;
  /** Name of the country it is for, such as Germany. */
  readonly countryName: string;
  /** Where else the shop delivers to, by name; the country of the estimate comes first. */
  readonly countries?: readonly DeliveryCountry[];
};

/** A country that the shop delivers to. */
export type DeliveryCountry = { readonly code: string; readonly name: string };

/** What delivery costs, as a sentence: `Delivery to Germany costs €4.90, free from €60.` */
export function deliveryCost(
  { priceMinor, freeFromMinor, countryName }: DeliveryEstimate,
  currency: string,
): string {
  if (priceMinor === 0) return `Delivery to ${countryName} is free.`;
  const free = freeFromMinor === undefined ? "" : `, free from ${formatMinorShort(freeFromMinor, currency)}`;
  return `Delivery to ${countryName} costs ${formatMinor(priceMinor, currency)}${free}.`;
}

/** The days on which it arrives, with the hour of today that this depends on. */
export const ArrivalLine = ({ estimate }: { readonly estimate: DeliveryEstimate }) => (
  <p class="delivery-line">
    <strong>Arrives {formatDayRange(estimate.earliestDate, estimate.latestDate)}</strong>
    {estimate.cutoffHour === undefined ? "." : ` if you order before ${estimate.cutoffHour}:00 today.`}
  </p>
);
