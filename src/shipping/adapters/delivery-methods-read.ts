import type { D1Read } from "#platform";
import type { DeliveryMethod } from "../contract.ts";
import { MAX_DELIVERY_METHODS } from "../domain/limits.ts";

type Row = {
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
};

/** Every active way of delivery in the merchant's order: the list is short and the basket decides which serve it. */
export const deliveryMethodsRead = (db: D1Database): D1Read<readonly DeliveryMethod[]> => ({
  statement: db
    .prepare(
      `SELECT method_id, name, carrier, countries, currency, price_minor, free_from_minor, min_days, max_days, cutoff_hour, position
       FROM delivery_methods WHERE is_active = 1 ORDER BY position, method_id LIMIT ?1`,
    )
    .bind(MAX_DELIVERY_METHODS),
  parse: (rows) => (rows as readonly Row[]).map(toMethod),
});

const toMethod = (row: Row): DeliveryMethod => ({
  methodId: row.method_id,
  name: row.name,
  carrier: row.carrier,
  // The table's CHECK keeps this JSON; only the seed and the admin write it.
  countries: JSON.parse(row.countries) as readonly string[],
  currency: row.currency,
  priceMinor: row.price_minor,
  ...(row.free_from_minor === null ? {} : { freeFromMinor: row.free_from_minor }),
  minDays: row.min_days,
  maxDays: row.max_days,
  cutoffHour: row.cutoff_hour,
  position: row.position,
  isActive: true,
});
