import { gatherWrites } from "#platform";
import type { ParcelTable } from "../app/ports.ts";

/** How far a status is, for comparing two; `delayed` may replace anything but a later fact. */
const RANK =
  "CASE %s WHEN 'label_created' THEN 0 WHEN 'in_transit' THEN 1 WHEN 'delayed' THEN 1 WHEN 'out_for_delivery' THEN 2 ELSE 3 END";
const rankOf = (column: string): string => RANK.replace("%s", column);

const COLUMNS =
  "parcel_id, order_id, shipment_id, carrier, tracking_number, status, created_at_ms, updated_at_ms";

/** The parcels of D1. The writes of one invocation share their trips. */
export function createParcelTable(db: D1Database): ParcelTable {
  const writes = gatherWrites(db);
  return {
    async add(plan, at) {
      await writes.run(
        db
          .prepare(
            `INSERT INTO parcels (${COLUMNS}) VALUES (?, ?, ?, ?, ?, 'label_created', ?, ?)
         ON CONFLICT (parcel_id) DO NOTHING`,
          )
          .bind(plan.parcelId, plan.orderId, plan.shipmentId, plan.carrier, plan.trackingNumber, at, at),
      );
    },
    async advance(scan) {
      await writes.run(
        db
          .prepare(
            `INSERT INTO parcels (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (parcel_id) DO UPDATE SET status = excluded.status, updated_at_ms = excluded.updated_at_ms
         WHERE ${rankOf("excluded.status")} > ${rankOf("parcels.status")}
           OR (excluded.status = 'delayed' AND parcels.status = 'in_transit')`,
          )
          .bind(
            scan.parcelId,
            scan.orderId,
            scan.shipmentId,
            scan.carrier,
            scan.trackingNumber,
            scan.status,
            scan.occurredAtMs,
            scan.occurredAtMs,
          ),
      );
    },
  };
}
