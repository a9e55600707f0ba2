import type { Clock, ObjectNamespace } from "#platform";
import type { ParcelRecords, ProviderBook, ReconciliationPorts } from "../app/ports.ts";
import { createBreakTable } from "./break-table.ts";
import { createCopies, type CopySources } from "./copies.ts";
import { createJobTable } from "./job-table.ts";
import { createOrderDesk, type AuditedOrder, type ExpectedImage } from "./order-desk.ts";
import { createVoucherBook, type VoucherSources } from "./voucher-desk.ts";
import { createStockDesk, type AuditedStock, type ExpectedLevel } from "./stock-desk.ts";

/** What a Worker brings along; the rest is the same for all. */
export type ReconciliationSources = Pick<CopySources, "orderCopies" | "stockCopies"> & {
  readonly db: D1Database;
  readonly clock: Clock;
  readonly orders: ObjectNamespace<AuditedOrder> & CopySources["orders"];
  readonly stock: ObjectNamespace<AuditedStock>;
  readonly expectedOrder: ExpectedImage;
  readonly expectedLevel: ExpectedLevel;
  readonly vouchers: VoucherSources;
  readonly parcels: ParcelRecords;
  readonly provider?: ProviderBook;
};

/** Builds every port; holds nothing between calls. */
export function composeReconciliation(sources: ReconciliationSources): ReconciliationPorts {
  const { db, clock, orders, stock, expectedOrder, expectedLevel, vouchers, parcels, provider } = sources;
  return {
    clock,
    orders: createOrderDesk(orders, { expected: expectedOrder, clock }),
    stock: createStockDesk(stock, expectedLevel),
    copies: createCopies(sources),
    vouchers: createVoucherBook(vouchers),
    parcels,
    breaks: createBreakTable(db),
    jobs: createJobTable(db),
    ...(provider === undefined ? {} : { provider }),
  };
}
