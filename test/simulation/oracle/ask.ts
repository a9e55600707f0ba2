import type { StockRpc } from "#inventory";
import type { OrderId } from "#kernel";
import type { OrderRpc, OrderView } from "#orders";
import type { VoucherRpc } from "#vouchers";
import type { ObjectHost } from "../core/object-host.ts";
import type { World } from "../world/world.ts";

/** The objects themselves, reached past the network: for the oracle, when the world is at rest. */
const instanceOf = <Rpc>(world: World, host: ObjectHost): Rpc => {
  const instance = host.wake();
  host.endTurn();
  world.scheduler.current = undefined;
  // The host's kind says which class it makes.
  return instance as unknown as Rpc;
};

export const orderRpc = (world: World, orderId: OrderId): OrderRpc =>
  instanceOf<OrderRpc>(world, world.host("order", orderId));

export const stockRpc = (world: World, sku: string): StockRpc =>
  instanceOf<StockRpc>(world, world.host("stock", sku));

/** The shards that a SKU has ever had. */
export const shardsOf = (world: World, sku: string): readonly ObjectHost[] =>
  [...world.hosts.values()].filter((host) => host.kind === "shard" && host.name.endsWith(`:${sku}`));

/** A page of a stock object's proof that its shards have no part in: they are asked one by one, past the network. */
export const OWN_PROOF = { after: "~", limit: 1 } as const;

/** The order's own view; undefined when it was never placed. */
export async function viewIn(world: World, orderId: OrderId): Promise<OrderView | undefined> {
  const view = await orderRpc(world, orderId).view();
  return view.ok ? view.value : undefined;
}

export const voucherRpc = (world: World, voucherId: string): VoucherRpc =>
  instanceOf<VoucherRpc>(world, world.host("voucher", voucherId));

/** The world at rest, with the view of every order that was ever placed, read once. */
export type Rest = { readonly world: World; readonly views: ReadonlyMap<OrderId, OrderView> };

export async function atRest(world: World): Promise<Rest> {
  const views = new Map<OrderId, OrderView>();
  for (const orderId of world.book.orders.keys()) {
    const view = await viewIn(world, orderId);
    if (view) views.set(orderId, view);
  }
  return { world, views };
}

/** Statuses in which the buyer owns the goods. */
const SOLD: readonly string[] = ["confirmed", "fulfilling", "shipped", "delivered", "closed"];
export const isSold = (view: OrderView | undefined): boolean =>
  view !== undefined && SOLD.includes(view.status);

/** Whether the buyer was ever told that the order stands: it does, or it was called off after it was paid. */
export const wasConfirmed = (view: OrderView): boolean => isSold(view) || view.status === "refunded";
