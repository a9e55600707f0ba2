import { isId, type EpochMs, type OrderId, type ParcelId, type ShipmentId } from "#kernel";
import * as z from "zod";

/** What crosses to and from a parcel object. Its name is the parcel id. */

export const PARCEL_STATUSES = [
  "label_created",
  "in_transit",
  "out_for_delivery",
  "delivered",
  "delayed",
] as const;

export type ParcelBooking = {
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly parcelId: ParcelId;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Seconds between two scans; more than 0. */
  readonly stepSeconds: number;
  readonly traceparent: string;
};

export type ParcelRpc = {
  /** Books the simulated carrier. The first booking counts; repeats change nothing. */
  book(booking: ParcelBooking): Promise<void>;
  /** The consumer has recorded these scans; they are not sent again. Repeating is safe. */
  acknowledgeScans(scanIds: readonly string[]): Promise<void>;
};

const MAX_TEXT = 200;
const instant = z.custom<EpochMs>((value) => Number.isSafeInteger(value) && Number(value) > 0);

/**
 * A carrier's scan as it travels through the carrier queue, version 1. `scanId` is `{parcel id}:{number}` and stays the
 * same when a scan is sent again.
 */
export const carrierScanSchema = z.object({
  version: z.literal(1),
  scanId: z.string().min(1).max(MAX_TEXT),
  orderId: z.custom<OrderId>((value) => isId("ord", value)),
  shipmentId: z.custom<ShipmentId>((value) => isId("shp", value)),
  parcelId: z.custom<ParcelId>((value) => isId("pcl", value)),
  carrier: z.string().min(1).max(MAX_TEXT),
  trackingNumber: z.string().min(1).max(MAX_TEXT),
  status: z.enum(PARCEL_STATUSES),
  occurredAtMs: instant,
  traceparent: z.string().max(MAX_TEXT),
});
export type CarrierScanMessage = Readonly<z.infer<typeof carrierScanSchema>>;

/** A message that a queue gave up on. */
export type DeadLetter = {
  /** Made from the queue and the message, so that the same message keeps one letter. */
  readonly id: string;
  /** The queue that the message was meant for. */
  readonly queue: string;
  /** The message as JSON. */
  readonly body: string;
  readonly reason: string;
  readonly receivedAt: EpochMs;
};
