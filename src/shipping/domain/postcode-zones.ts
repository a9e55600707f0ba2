import type { DeliveryMethod, PostcodeZone } from "../contract.ts";

/** A postcode as zones compare it: capitals and digits only. */
export const compactPostcode = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, "");

/** Tells whether a compact postcode lies between two beginnings, both inclusive: `25849` lies in `258`–`259`. */
function isWithin(postcode: string, { from, to }: PostcodeZone): boolean {
  return postcode.slice(0, from.length) >= from && postcode.slice(0, to.length) <= to;
}

/**
 * What a way of delivery does about a postcode: `undefined` when it does not go there, else the working days that it takes
 * longer. The first zone that fits counts; without one, or without a postcode, it goes there in its usual time.
 */
export function extraDaysFor(
  { postcodeZones }: Pick<DeliveryMethod, "postcodeZones">,
  country: string,
  postcode: string | undefined,
): number | undefined {
  if (postcode === undefined) return 0;
  const compact = compactPostcode(postcode);
  const zone = postcodeZones.find((each) => each.country === country && isWithin(compact, each));
  return zone === undefined ? 0 : zone.extraDays;
}
