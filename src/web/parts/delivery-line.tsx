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
};

const cost = ({ priceMinor, freeFromMinor, countryName }: DeliveryEstimate, currency: string): string => {
  if (priceMinor === 0) return `Delivery to ${countryName} is free.`;
  const free = freeFromMinor === undefined ? "" : `, free from ${formatMinorShort(freeFromMinor, currency)}`;
  return `Delivery to ${countryName} costs ${formatMinor(priceMinor, currency)}${free}.`;
};

/** When it arrives and what that costs, in two sentences. */
export const DeliveryLine = ({
  estimate,
  currency,
}: {
  readonly estimate: DeliveryEstimate;
  readonly currency: string;
}) => (
  <p class="delivery-line">
    <strong>Arrives {formatDayRange(estimate.earliestDate, estimate.latestDate)}</strong>
    {estimate.cutoffHour === undefined ? ". " : ` if you order before ${estimate.cutoffHour}:00 today. `}
    {cost(estimate, currency)}
  </p>
);
