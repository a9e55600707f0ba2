import { isId, type OrderId } from "#kernel";
import type { OrderFateAnswer } from "#orders";
import { describeError, type CallContext } from "#platform";
import type { RepairAction } from "../domain/breaks.ts";
import type { Done, OpenBreak, ReconciliationPorts } from "./ports.ts";

export type RepairPorts = Pick<ReconciliationPorts, "orders" | "stock" | "copies" | "parcels" | "vouchers">;

type Repairing = {
  readonly about: OpenBreak;
  readonly ports: RepairPorts;
  readonly call: CallContext;
};

const done = (detail: string): Done => ({ isDone: true, detail });
const notDone = (detail: string): Done => ({ isDone: false, detail });

/**
 * Does one repair. Each is safe to repeat: it asks the objects first, and they do nothing twice. Never throws: what
 * went wrong is in the answer.
 */
export async function performRepair(
  action: RepairAction,
  repairing: Repairing,
): Promise<Done & { readonly hasFailed: boolean }> {
  try {
    return { ...(await act(action, repairing)), hasFailed: false };
  } catch (error) {
    return { isDone: false, detail: describeError(error), hasFailed: true };
  }
}

function act(action: RepairAction, repairing: Repairing): Promise<Done> {
  switch (action) {
    case "reproject":
      return reproject(repairing);
    case "settle":
      return settle(repairing);
    case "nudge":
      return nudge(repairing);
    case "release":
      return release(repairing);
    case "recommit":
      return recommit(repairing);
    case "rescan":
      return rescan(repairing);
  }
}

async function reproject({ about, ports }: Repairing): Promise<Done> {
  const { kind, id } = about.aggregate;
  const words = (seen: { readonly version: number } | undefined): string =>
    `Wrote the copy anew; it was ${seen ? `at version ${seen.version}` : "missing"}.`;
  if (kind === "stock") {
    const seen = await ports.copies.stockImages([id]);
    await ports.copies.rewriteStock([id], seen);
    return done(words(seen.get(id)));
  }
  if (kind === "voucher") {
    const seen = (await ports.vouchers.images([id])).get(id);
    const isWritten = await ports.vouchers.rewrite(id, seen);
    return isWritten ? done(words(seen)) : notDone("Its object knows of no voucher.");
  }
  if (!isId("ord", id)) return notDone("Only orders and SKUs have copies.");
  const seen = await ports.copies.orderImages([id]);
  await ports.copies.rewriteOrders([id], seen);
  return done(words(seen.get(id)));
}

async function settle({ about, ports, call }: Repairing): Promise<Done> {
  const orderId = orderOf(about);
  if (!orderId) return notDone("There is no order to ask.");
  return done(`The order is ${await ports.orders.settle(orderId, call)}.`);
}

async function nudge({ about, ports }: Repairing): Promise<Done> {
  const { kind, id } = about.aggregate;
  if (kind === "stock") await ports.stock.nudge(id);
  else if (kind === "voucher") await ports.vouchers.nudge(id);
  else if (isId("ord", id)) await ports.orders.nudge(id);
  else return notDone("There is nothing to wake.");
  return done("Its alarm was set anew.");
}

/** The order has the last word: a claim is freed only when it says that it is over, or that there is no such order. */
async function release({ about, ports, call }: Repairing): Promise<Done> {
  const claim = claimOf(about);
  if (!claim) return notDone("The break names no claim.");
  const fate = await ports.orders.fateOf(claim.orderId, claim.part);
  if (about.aggregate.kind === "voucher") return releaseVoucher(claim, fate, { about, ports, call });
  switch (fate) {
    case "cancelled":
    case "unknown":
      return ports.stock.release(claim, call);
    case "committing":
      return ports.stock.commit(claim, call);
    case "live":
      await ports.stock.nudge(claim.sku);
      return notDone("The order is still being paid, so its units stay held.");
  }
}

async function releaseVoucher(
  claim: { readonly orderId: OrderId; readonly part: number },
  fate: OrderFateAnswer,
  { about, ports, call }: Repairing,
): Promise<Done> {
  const { id } = about.aggregate;
  const name = { orderId: claim.orderId, part: claim.part };
  if (fate === "cancelled" || fate === "unknown") return ports.vouchers.release(id, name, call);
  if (fate === "committing") return ports.vouchers.commit(id, name, call);
  await ports.vouchers.nudge(id);
  return notDone("The order is still being paid, so its claim stays held.");
}

async function recommit({ about, ports, call }: Repairing): Promise<Done> {
  const claim = claimOf(about);
  if (!claim) return notDone("The break names no claim.");
  const order = await ports.orders.facts(claim.orderId);
  const demand = order?.demand.find((entry) => entry.sku === claim.sku && entry.part === claim.part);
  if (demand?.state !== "committed") return notDone("The order does not say that it has these units.");
  return ports.stock.recommit({ ...claim, quantity: demand.quantity }, call);
}

async function rescan({ about, ports, call }: Repairing): Promise<Done> {
  const orderId = orderOf(about);
  const parcels = orderId ? (await ports.parcels([orderId])).get(orderId) : undefined;
  // A break of before the order had several names no parcel.
  const parcel = parcels?.find(({ parcelId }) => about.subject === "" || about.subject === parcelId);
  if (!orderId || !parcel) return notDone("No such parcel of this order is on record.");
  return done(`The order is ${await ports.orders.recordScan(orderId, parcel, call)}.`);
}

const orderOf = ({ aggregate }: OpenBreak): OrderId | undefined =>
  aggregate.kind === "order" && isId("ord", aggregate.id) ? aggregate.id : undefined;

/** A claim is named `{SKU}/{part}` in a break of an order, `{order}/{part}` in one of a SKU or voucher. */
function claimOf({
  aggregate,
  subject,
}: OpenBreak): { sku: string; orderId: OrderId; part: number } | undefined {
  const slash = subject.lastIndexOf("/");
  const other = subject.slice(0, slash);
  const part = Number(subject.slice(slash + 1));
  if (slash <= 0 || !Number.isSafeInteger(part)) return undefined;
  const [sku, orderId] = aggregate.kind === "order" ? [other, aggregate.id] : [aggregate.id, other];
  return isId("ord", orderId) ? { sku, orderId, part } : undefined;
}
