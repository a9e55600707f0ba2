import type { DeliveryMethod, PostcodeZone } from "../contract.ts";

/** A row of `delivery_methods`. */
export type DeliveryMethodRow = {
  readonly method_id: string;
  readonly name: string;
  readonly carrier: string;
  readonly countries: string;
  readonly currency: string;
  readonly price_minor: number;
  readonly free_from_minor: number | null;
  readonly min_days: number;
  readonly max_days: number;
  readonly cutoff_hour: number;
  readonly position: number;
  readonly is_active: number;
  readonly postcode_zones: string;
};

/** The columns of {@link DeliveryMethodRow}. */
export const DELIVERY_METHOD_COLUMNS =
  "method_id, name, carrier, countries, currency, price_minor, free_from_minor, min_days, max_days, cutoff_hour, position, is_active, postcode_zones";

/** Reads a row. */
export const toDeliveryMethod = (row: DeliveryMethodRow): DeliveryMethod => ({
  methodId: row.method_id,
  name: row.name,
  carrier: row.carrier,
  // The table's CHECK keeps this JSON; only the admin's API writes it.
  countries: JSON.parse(row.countries) as readonly string[],
  currency: row.currency,
  priceMinor: row.price_minor,
  ...(row.free_from_minor === null ? {} : { freeFromMinor: row.free_from_minor }),
  minDays: row.min_days,
  maxDays: row.max_days,
  cutoffHour: row.cutoff_hour,
  position: row.position,
  postcodeZones: JSON.parse(row.postcode_zones) as readonly PostcodeZone[],
  isActive: row.is_active === 1,
});
