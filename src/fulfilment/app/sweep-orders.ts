import { after, epochMs, type OrderId } from "#kernel";
import type { OrderView } from "#orders";
import type { Clock } from "#platform";
import { SWEEP_BATCH, SWEEP_MAX_ORDERS, SWEEP_QUIET_MS } from "../domain/limits.ts";
import { mapBounded } from "./map-bounded.ts";
import type { Orders, OrderTable } from "./ports.ts";

export type SweepReport = {
  readonly compared: number;
  /** Copies that were behind their object and have been written again. */
  readonly repaired: number;
  /** Objects that did not answer; they are compared first the next time. */
  readonly unreachable: number;
};

/**
 * Compares open orders in D1 with their objects and writes again what is behind (P5). No lease: two sweeps at once do
 * the same work twice and change nothing more, because copies are applied by version.
 */
export async function sweepOrders(ports: {
  readonly orders: Orders;
  readonly orderTable: OrderTable;
  readonly clock: Clock;
}): Promise<SweepReport> {
  const now = ports.clock.now();
  const quiet = await ports.orderTable.listQuiet(after(now, -SWEEP_QUIET_MS), SWEEP_MAX_ORDERS);
  const behind: OrderView[] = [];
  const answered: OrderId[] = [];
  await mapBounded(quiet, async ({ orderId, version }) => {
    const view = await ports.orders
      .getByName(orderId)
      .view()
      .catch(() => undefined);
    if (!view) return;
    answered.push(orderId);
    if (view.ok && view.value.version > version) behind.push(view.value);
  });
  for (let start = 0; start < behind.length; start += SWEEP_BATCH) {
    await ports.orderTable.project(behind.slice(start, start + SWEEP_BATCH));
  }
  await ports.orderTable.markChecked(answered, epochMs(now));
  return { compared: answered.length, repaired: behind.length, unreachable: quiet.length - answered.length };
}
