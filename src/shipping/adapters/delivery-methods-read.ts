import type { D1Read, D1Reader } from "#platform";
import type { DeliveryMethod } from "../contract.ts";
import { MAX_DELIVERY_METHODS } from "../domain/limits.ts";
import { DELIVERY_METHOD_COLUMNS, toDeliveryMethod, type DeliveryMethodRow } from "./delivery-method-row.ts";

/** Every active way of delivery in the merchant's order: the list is short and the basket decides which serve it. */
export const deliveryMethodsRead = (db: D1Reader): D1Read<readonly DeliveryMethod[]> => ({
  statement: db
    .prepare(
      `SELECT ${DELIVERY_METHOD_COLUMNS} FROM delivery_methods WHERE is_active = 1 ORDER BY position, method_id LIMIT ?1`,
    )
    .bind(MAX_DELIVERY_METHODS),
  parse: (rows) => (rows as readonly DeliveryMethodRow[]).map(toDeliveryMethod),
});
