import type { StockLevel, StockRpc } from "#inventory";
import type { OrderRpc } from "#orders";
import { objectNamespace, platformClock } from "#platform";
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
import type { ReconciliationPorts } from "../../src/reconciliation/app/ports.ts";

/** The bindings that it needs. Without the sandbox's address its book is not compared. */
export type ReconciliationEnv = {
  readonly DB: D1Database;
  readonly ORDERS: DurableObjectNamespace;
  readonly STOCK: DurableObjectNamespace;
  readonly VOUCHERS: DurableObjectNamespace;
  readonly PAYMENT_SANDBOX_URL?: string;
  readonly PAYMENT_SANDBOX_KEY?: string;
};

/** Reconciliation's ports over a Worker's bindings. */
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

function writeLevels(db: D1Database, levels: readonly StockLevel[]): Promise<void> {
  const changedAtMs = platformClock.now();
  const facts = levels.map(({ locations: _locations, ...level }) => ({ ...level, changedAtMs }));
  return applyStockFacts(db, facts, [projectLocationLevels(db, levels)]);
}
