import { env } from "cloudflare:workers";
import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { epochMs, ok, refuse, type OrderId, type Result } from "#kernel";
import type { OrderRefusal, OrderView, Parcel, ParcelScan } from "#orders";
import { compose } from "../../workers/fulfilment/compose.ts";
import { dispatch } from "../../workers/fulfilment/dispatch.ts";
import type { FulfilmentPorts } from "../../workers/fulfilment/ports.ts";

export const NOW = epochMs(Date.UTC(2026, 10, 27, 12));

/** A database in which every call fails, for a dead D1. */
export const DEAD_DB = new Proxy(env.DB, {
  get: () => () => {
    throw new Error("D1 is down");
  },
});

/** Order objects that remember what they were told and answer as the test wishes. */
export class FakeOrders {
  readonly acknowledged: { id: string; destination: string; sequences: readonly number[] }[] = [];
  readonly started: { id: string; parcelId: string }[] = [];
  /** Runs before a parcel is told to the order: what comes between looking and packing. */
  between: (() => void) | undefined;
  readonly scans: ParcelScan[] = [];
  refusal: OrderRefusal | undefined;
  isUnreachable = false;
  readonly views = new Map<string, OrderView>();

  getByName(id: string) {
    const answer = (): Result<OrderView, OrderRefusal> => {
      if (this.isUnreachable) throw new Error("the object is unreachable");
      const view = this.views.get(id);
      if (this.refusal) return refuse(this.refusal);
      return view ? ok(view) : refuse({ code: "order_unknown" });
    };
    return {
      acknowledge: async (destination: string, sequences: readonly number[]) => {
        if (this.isUnreachable) throw new Error("the object is unreachable");
        this.acknowledged.push({ id, destination, sequences });
      },
      startFulfilment: async (parcel: Omit<Parcel, "status">) => {
        this.between?.();
        const result = answer();
        if (!result.ok) return result;
        this.started.push({ id, parcelId: parcel.parcelId });
        return ok(this.#pack(result.value, parcel));
      },
      recordScan: async (scan: ParcelScan) => {
        const result = answer();
        if (result.ok) this.scans.push(scan);
        return result;
      },
      view: async () => answer(),
    };
  }

  #pack(view: OrderView, parcel: Omit<Parcel, "status">): OrderView {
    const isKnown = view.parcels.some((known) => known.parcelId === parcel.parcelId);
    const parcels = isKnown
      ? view.parcels
      : [...view.parcels, { ...parcel, status: "label_created" as const }];
    const packed = { ...view, status: "fulfilling" as const, parcels };
    this.views.set(view.orderId, packed);
    return packed;
  }
}

/** Parcel objects that remember their bookings. */
export class FakeParcels {
  readonly booked: string[] = [];
  readonly acknowledged: string[] = [];
  getByName(id: string) {
    return {
      book: async () => void this.booked.push(id),
      acknowledgeScans: async (scanIds: readonly string[]) => void this.acknowledged.push(...scanIds),
    };
  }
}

/** The Worker's ports over the test's own D1, with doubles for the objects and a clock that stands still. */
export function testPorts(db: D1Database = env.DB) {
  const orders = new FakeOrders();
  const parcels = new FakeParcels();
  const clock = { now: () => NOW };
  const real = compose({ ...env, DB: db, SHOP_ORIGIN: "https://shop.example" });
  const ports: FulfilmentPorts = {
    ...real,
    clock,
    orders,
    stock: orders,
    vouchers: orders,
    shipping: { ...real.shipping, clock, orders, parcels },
    mail: { ...real.mail, clock },
  };
  return { ports, orders, parcels };
}

/** Hands bodies to the consumer of a queue; says which were acknowledged and which go back, by their place. */
export async function deliver(queue: string, bodies: readonly unknown[], ports: FulfilmentPorts) {
  const messages = bodies.map((body, index) => ({ id: String(index), timestamp: NOW, attempts: 1, body }));
  const batch = createMessageBatch(queue, messages);
  const context = createExecutionContext();
  await dispatch(batch, ports);
  const result = await getQueueResult(batch, context);
  return {
    acked: result.explicitAcks.map(Number).sort((a, b) => a - b),
    retried: result.retryMessages.map((message) => Number(message.msgId)).sort((a, b) => a - b),
  };
}

/** The order ids that a view map wants. */
export const knows = (orders: FakeOrders, view: OrderView): OrderId => {
  orders.views.set(view.orderId, view);
  return view.orderId;
};
