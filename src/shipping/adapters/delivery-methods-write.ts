import type { DeliveryMethod } from "../contract.ts";
import { MAX_DELIVERY_METHODS } from "../domain/limits.ts";
import { DELIVERY_METHOD_COLUMNS, toDeliveryMethod, type DeliveryMethodRow } from "./delivery-method-row.ts";

/** Creates or replaces a way of delivery. Repeating changes nothing. */
export async function saveDeliveryMethod(db: D1Database, method: DeliveryMethod): Promise<void> {
  await db
    .prepare(
      `INSERT INTO delivery_methods (${DELIVERY_METHOD_COLUMNS})
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
       ON CONFLICT (method_id) DO UPDATE SET name = excluded.name, carrier = excluded.carrier, countries = excluded.countries,
         currency = excluded.currency, price_minor = excluded.price_minor, free_from_minor = excluded.free_from_minor,
         min_days = excluded.min_days, max_days = excluded.max_days, cutoff_hour = excluded.cutoff_hour,
         position = excluded.position, is_active = excluded.is_active,
         postcode_zones = excluded.postcode_zones`,
    )
    .bind(
      method.methodId,
      method.name,
      method.carrier,
      JSON.stringify(method.countries),
      method.currency,
      method.priceMinor,
      method.freeFromMinor ?? null,
      method.minDays,
      method.maxDays,
      method.cutoffHour,
      method.position,
      method.isActive ? 1 : 0,
      JSON.stringify(method.postcodeZones),
    )
    .run();
}

/** All ways of delivery, switched off or not, in the merchant's order. */
export async function listDeliveryMethods(db: D1Database): Promise<readonly DeliveryMethod[]> {
  const { results } = await db
    .prepare(
      `SELECT ${DELIVERY_METHOD_COLUMNS} FROM delivery_methods ORDER BY is_active DESC, position, method_id LIMIT ?1`,
    )
    .bind(MAX_DELIVERY_METHODS)
    .all<DeliveryMethodRow>();
  return results.map(toDeliveryMethod);
}
