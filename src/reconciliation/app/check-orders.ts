import { epochMs, type EpochMs, type OrderId } from "#kernel";
import { compareOrder } from "../domain/compare-order.ts";
import { seenTwice, type Finding } from "../domain/breaks.ts";
import type { ClaimWitness, OrderEvidence, OrderFacts } from "../domain/evidence.ts";
import type { Waiting } from "../domain/image.ts";
import { mapBounded } from "./map-bounded.ts";
import type { ReconciliationPorts } from "./ports.ts";
import type { CheckReport } from "./record-check.ts";

type OrderPorts = Pick<ReconciliationPorts, "clock" | "orders" | "stock" | "copies" | "parcels" | "provider">;

/**
 * Compares orders with their copies, the stock objects, the provider's book and their parcels. What is found is looked
 * at a second time, because the first look may have met an order in the middle of a step.
 */
export async function checkOrders(orderIds: readonly OrderId[], ports: OrderPorts): Promise<CheckReport> {
  const first = await lookAtOrders(orderIds, ports);
  const doubtful = [...new Set(first.findings.map((finding) => finding.aggregate.id))];
  if (doubtful.length === 0) return first;
  const second = await lookAtOrders(
    orderIds.filter((id) => doubtful.includes(id)),
    ports,
  );
  // An order that answered only once is not said to be sound.
  const answeredTwice = new Set(second.looked.map((entry) => entry.id));
  return {
    ...first,
    looked: first.looked.filter(({ id }) => !doubtful.includes(id) || answeredTwice.has(id)),
    findings: seenTwice(first.findings, second.findings),
    unreachable: first.unreachable + second.unreachable,
  };
}

async function lookAtOrders(orderIds: readonly OrderId[], ports: OrderPorts): Promise<CheckReport> {
  // The copies first: an object that moves on meanwhile is then ahead with an event in its outbox, never behind.
  const [copies, parcels] = await Promise.all([ports.copies.orderImages(orderIds), ports.parcels(orderIds)]);
  const evidence = await mapBounded(orderIds, async (orderId): Promise<OrderEvidence | undefined> => {
    try {
      const order = await ports.orders.facts(orderId);
      const others = order ? await askOthers(orderId, order, ports) : { claims: [], provider: undefined };
      const known = { copy: copies.get(orderId), parcels: parcels.get(orderId) ?? [] };
      return { orderId, order, ...others, ...known, now: ports.clock.now() };
    } catch {
      return undefined;
    }
  });
  const answered = evidence.filter((entry) => entry !== undefined);
  return {
    looked: answered.map(({ orderId }) => ({ id: orderId })),
    findings: answered.flatMap((entry): Finding[] => compareOrder(entry)),
    unreachable: evidence.length - answered.length,
    waiting: sumWaiting(answered.map((entry) => entry.order?.outbox ?? { waiting: 0 })),
  };
}

async function askOthers(
  orderId: OrderId,
  order: OrderFacts,
  { stock, provider }: OrderPorts,
): Promise<Pick<OrderEvidence, "claims" | "provider">> {
  const skus = [...new Set(order.demand.map((demand) => demand.sku))];
  const claims: ClaimWitness[] = [];
  for (const sku of skus) {
    for (const { part, quantity, status } of await stock.claimsOf(sku, orderId))
      claims.push({ sku, part, quantity, found: status });
  }
  const isAsked = provider !== undefined && provider.provider === order.provider && order.ledger.length > 0;
  return { claims, provider: isAsked ? await provider.sumsOf(orderId) : undefined };
}

/** Adds up what waits; the oldest of all is the oldest. */
export function sumWaiting(all: readonly Waiting[]): Waiting {
  const waiting = all.reduce((sum, each) => sum + each.waiting, 0);
  const known = all.flatMap((each): EpochMs[] => (each.oldestAt === undefined ? [] : [each.oldestAt]));
  return known.length === 0 ? { waiting } : { waiting, oldestAt: epochMs(Math.min(...known)) };
}
