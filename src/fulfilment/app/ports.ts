import type { EpochMs, OrderId } from "#kernel";
import type { OrderRpc, OrderView } from "#orders";
import type { Clock, ObjectNamespace } from "#platform";
import type { CarrierScanMessage, DeadLetter, ParcelBooking, ParcelRpc } from "../contract.ts";

/** The order objects, as far as fulfilment may act on them. */
export type Orders = ObjectNamespace<Pick<OrderRpc, "startFulfilment" | "recordScan" | "view">>;
export type Parcels = ObjectNamespace<ParcelRpc>;

/** The copies of parcels for staff lists; both methods may be repeated. */
export type ParcelTable = {
  /** Adds the parcel when it is not there yet. */
  add(parcel: Omit<ParcelBooking, "stepSeconds" | "traceparent">, at: EpochMs): Promise<void>;
  /** Records how far it came, never backwards; adds the parcel when a scan arrives before its row. */
  advance(scan: CarrierScanMessage): Promise<void>;
};

/** The copies of orders for staff lists. */
export type OrderTable = {
  listQuiet(before: EpochMs, limit: number): Promise<readonly { orderId: OrderId; version: number }[]>;
  project(views: readonly OrderView[]): Promise<void>;
  markChecked(orderIds: readonly OrderId[], at: EpochMs): Promise<void>;
};

export type DeadLetterTable = {
  /** Keeps the message; a message that is already there is counted once more and open again. */
  keep(letter: DeadLetter): Promise<void>;
  find(id: string): Promise<DeadLetter | undefined>;
  markReplayed(id: string, at: EpochMs): Promise<void>;
  /** Letters that nobody has replayed, counted up to `atMost`. */
  countOpen(atMost: number): Promise<number>;
};

export type ShippingPorts = {
  readonly orders: Orders;
  readonly parcels: Parcels;
  readonly parcelTable: ParcelTable;
  /** Seconds between two scans of the simulated carrier. */
  readonly stepSeconds: number;
  /** Seconds between a confirmation, or an edit, and the parcel: in them the order can be called off or edited. */
  readonly packAfterSeconds: number;
  readonly clock: Clock;
};
