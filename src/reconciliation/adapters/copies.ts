import type { EpochMs, OrderId } from "#kernel";
import type { StockLevel, StockRpc } from "#inventory";
import type { OrderRpc, OrderView, StoredOrderEvent } from "#orders";
import type { ObjectNamespace } from "#platform";
import { mapBounded } from "../app/map-bounded.ts";
import type { Copies } from "../app/ports.ts";
import { imageOf, type Image } from "../domain/image.ts";
import { readEventsBefore } from "./order-desk.ts";

type Rows = { readonly version: number; readonly parts: Readonly<Record<string, unknown>> };

/** The rooms that own the copies, as far as reconciliation reads and writes them; filled by the Worker. */
export type CopySources = {
  readonly orders: ObjectNamespace<Pick<OrderRpc, "view" | "events">>;
  readonly stock: ObjectNamespace<Pick<StockRpc, "level">>;
  readonly orderCopies: {
    listIds(page: { readonly after: string; readonly limit: number }): Promise<readonly OrderId[]>;
    read(orderIds: readonly OrderId[]): Promise<ReadonlyMap<string, Rows>>;
    quiet(before: EpochMs, limit: number): Promise<readonly { readonly orderId: OrderId }[]>;
    markChecked(orderIds: readonly OrderId[], at: EpochMs): Promise<void>;
    rewrite(order: {
      readonly view: OrderView;
      readonly seenVersion: number | undefined;
      readonly olderEvents: readonly StoredOrderEvent[];
    }): Promise<void>;
  };
  readonly stockCopies: {
    listSkus(page: { readonly after: string; readonly limit: number }): Promise<readonly string[]>;
    read(skus: readonly string[]): Promise<ReadonlyMap<string, Rows>>;
    /** Lets the next write of these levels through although it is not newer, while the rows are at these versions. */
    forget(seen: readonly { readonly sku: string; readonly version: number }[]): Promise<void>;
    write(levels: readonly StockLevel[]): Promise<void>;
  };
};

const images = (rows: ReadonlyMap<string, Rows>): ReadonlyMap<string, Image> =>
  new Map([...rows].map(([name, { version, parts }]) => [name, imageOf(version, parts)]));

/** The copies in D1 through the rooms that own them. */
export function createCopies(sources: CopySources): Copies {
  const { orderCopies, stockCopies } = sources;
  return {
    orderIds: (page) => orderCopies.listIds(page),
    orderImages: async (orderIds) => images(await orderCopies.read(orderIds)),
    quietOrders: async (before, limit) =>
      (await orderCopies.quiet(before, limit)).map((entry) => entry.orderId),
    markChecked: (orderIds, at) => orderCopies.markChecked(orderIds, at),
    async rewriteOrders(orderIds, seen) {
      await mapBounded(orderIds, async (orderId) => {
        const object = sources.orders.getByName(orderId);
        const answer = await object.view();
        if (!answer.ok) return;
        const view = answer.value;
        const olderEvents = await readEventsBefore(object, view.timeline[0]?.sequence ?? 1);
        await orderCopies.rewrite({ view, seenVersion: seen.get(orderId)?.version, olderEvents });
      });
    },
    skus: (page) => stockCopies.listSkus(page),
    stockImages: async (skus) => images(await stockCopies.read(skus)),
    async rewriteStock(skus, seen) {
      const levels = await mapBounded(skus, (sku) => sources.stock.getByName(sku).level());
      const touched = levels.filter((level) => level.version > 0);
      await stockCopies.forget(touched.map(({ sku }) => ({ sku, version: seen.get(sku)?.version ?? 0 })));
      await stockCopies.write(touched);
    },
  };
}
