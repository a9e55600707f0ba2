import type { StockLevel, StockRpc } from "#inventory";
import type { OrderRpc } from "#orders";
import { createLogger, objectNamespace, platformClock } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { listKnownSkus } from "../../src/catalog/adapters/sku-query.ts";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { findParcelsOfOrders } from "../../src/fulfilment/adapters/queries.ts";
import {
  expectedLevelParts,
  forgetLevels,
  readLevelImages,
} from "../../src/inventory/adapters/level-images.ts";
import { projectLocationLevels } from "../../src/inventory/adapters/location-levels.ts";
import { expectedOrderImage, listOrderIds, readOrderImages } from "../../src/orders/adapters/order-images.ts";
import {
  listQuietOrders,
  markOrdersChecked,
  rewriteOrder,
} from "../../src/orders/adapters/order-projector.ts";
import { createSandboxBook } from "../../src/payments/adapters/sandbox-book.ts";
import {
  expectedVoucherParts,
  listVoucherIds,
  readVoucherImages,
} from "../../src/vouchers/adapters/voucher-images.ts";
import { rewriteVoucher } from "../../src/vouchers/adapters/voucher-projector.ts";
import { composeReconciliation } from "../../src/reconciliation/adapters/compose-ports.ts";
import { runReconciliation } from "../../src/reconciliation/app/run.ts";
import type { ReconciliationPorts } from "../../src/reconciliation/app/ports.ts";

/** The bindings that it needs. Without the sandbox's address its book is not compared. */
export type ReconciliationEnv = Pick<FulfilmentEnv, "DB" | "ORDERS" | "STOCK" | "VOUCHERS"> & {
  readonly PAYMENT_SANDBOX_URL?: string;
  readonly PAYMENT_SANDBOX_KEY?: string;
};

/** Reconciliation's ports over this Worker's bindings. */
export function reconciliationPorts(env: ReconciliationEnv): ReconciliationPorts {
  const { DB: db, PAYMENT_SANDBOX_URL: baseUrl, PAYMENT_SANDBOX_KEY: apiKey } = env;
  return composeReconciliation({
    db,
    clock: platformClock,
    orders: objectNamespace<OrderRpc>(env.ORDERS),
    stock: objectNamespace<StockRpc>(env.STOCK),
    expectedOrder: expectedOrderImage,
    expectedLevel: expectedLevelParts,
    vouchers: {
      objects: objectNamespace<VoucherRpc>(env.VOUCHERS),
      expected: expectedVoucherParts,
      listIds: (page) => listVoucherIds(db, page),
      read: (voucherIds) => readVoucherImages(db, voucherIds),
      rewrite: (view, seenVersion) => rewriteVoucher(db, view, seenVersion),
    },
    parcels: (orderIds) => findParcelsOfOrders(db, orderIds),
    orderCopies: {
      listIds: (page) => listOrderIds(db, page),
      read: (orderIds) => readOrderImages(db, orderIds),
      quiet: (before, limit) => listQuietOrders(db, before, limit),
      markChecked: (orderIds, at) => markOrdersChecked(db, orderIds, at),
      rewrite: (order) => rewriteOrder(db, order),
    },
    stockCopies: {
      listSkus: (page) => listKnownSkus(db, page),
      read: (skus) => readLevelImages(db, skus),
      forget: (seen) => forgetLevels(db, seen),
      write: (levels) => writeLevels(db, levels),
    },
    ...(baseUrl === undefined || apiKey === undefined
      ? {}
      : { provider: createSandboxBook({ baseUrl, apiKey }) }),
  });
}

/** The cron's comparison; what it came to is one log line, and breaks that stand are an error for the alarm to see. */
export async function reconcile(ports: ReconciliationPorts): Promise<void> {
  const log = createLogger("reconciliation");
  const answer = await runReconciliation({ actor: "system:reconciliation" }, ports);
  if (!answer.ok) return log.info("reconciliation.stood_back", { reason: answer.refusal.code });
  log.info("reconciliation.finished", answer.value);
  const { open, accepted, openByClass } = await ports.breaks.countOpen();
  const { waiting } = await ports.jobs.lastRun();
  log.info("reconciliation.waiting", { events: waiting.events, oldestAtMs: waiting.oldestAt ?? null });
  if (open === 0) return;
  const byClass = Object.fromEntries(openByClass.map((entry) => [entry.class, entry.open]));
  log.error("reconciliation.breaks_open", { open, accepted, ...byClass });
}

function writeLevels(db: D1Database, levels: readonly StockLevel[]): Promise<void> {
  const changedAtMs = platformClock.now();
  const facts = levels.map(({ locations: _locations, ...level }) => ({ ...level, changedAtMs }));
  return applyStockFacts(db, facts, [projectLocationLevels(db, levels)]);
}
