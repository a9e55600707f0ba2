import { unreachable, type OrderId } from "#kernel";
import type { JobName } from "../contract.ts";
import type { CheckName } from "../domain/breaks.ts";
import type { Waiting } from "../domain/image.ts";
import { SAMPLE_ORDERS, SAMPLE_PAYMENTS, SAMPLE_SKUS, SAMPLE_VOUCHERS } from "../domain/limits.ts";
import { checkOrders, sumWaiting } from "./check-orders.ts";
import { checkProvider } from "./check-provider.ts";
import { checkStock, type StockLook, type StockReport } from "./check-stock.ts";
import { checkVouchers, type VoucherLook, type VoucherReport } from "./check-vouchers.ts";
import type { PageDone, ReconciliationPorts } from "./ports.ts";
import { rebuildOrders, rebuildStock } from "./rebuild.ts";
import { recordCheck, type CheckReport } from "./record-check.ts";

/** What a run has done so far; its pages add to it. */
export type Tally = {
  checked: number;
  opened: number;
  resolved: number;
  rebuilt: number;
  unreachable: number;
  waiting: Waiting;
};

export const emptyTally = (): Tally => ({
  checked: 0,
  opened: 0,
  resolved: 0,
  rebuilt: 0,
  unreachable: 0,
  waiting: { waiting: 0 },
});

/** A run, as far as its pages go. */
export type PageRun = { readonly ports: ReconciliationPorts; readonly tally: Tally };

/** Compares the next page of a job; the caller keeps where the one after it starts. */
export function runPage(name: JobName, cursor: string, run: PageRun): Promise<PageDone> {
  switch (name) {
    case "sample-orders":
    case "full-orders":
      return orderPage(cursor, run);
    case "sample-stock":
    case "full-stock":
      return stockPage(cursor, run);
    case "sample-provider":
    case "full-provider":
      return providerPage(cursor, run);
    case "sample-vouchers":
    case "full-vouchers":
      return voucherPage(cursor, run);
    case "rebuild-orders":
      return rebuilt(rebuildOrders(cursor, run.ports), run);
    case "rebuild-stock":
      return rebuilt(rebuildStock(cursor, run.ports), run);
    default:
      return unreachable(name, "runPage");
  }
}

async function rebuilt(page: Promise<PageDone>, { tally }: PageRun): Promise<PageDone> {
  const done = await page;
  tally.rebuilt += done.found;
  return done;
}

/** Compares these orders and records what comes of it; gives those that answered. */
export async function checkOrderIds(orderIds: readonly OrderId[], run: PageRun): Promise<readonly OrderId[]> {
  if (orderIds.length === 0) return [];
  const report = await checkOrders(orderIds, run.ports);
  await record(report, "orders", run);
  const answered = new Set(report.looked.map((entry) => entry.id));
  return orderIds.filter((id) => answered.has(id));
}

/** The same for SKUs. */
export async function checkSkus(looks: readonly StockLook[], run: PageRun): Promise<StockReport | undefined> {
  if (looks.length === 0) return undefined;
  const report = await checkStock(looks, run.ports);
  await record(report, "stock", run);
  return report;
}

/** The same for vouchers. */
export async function checkVoucherLooks(
  looks: readonly VoucherLook[],
  run: PageRun,
): Promise<VoucherReport | undefined> {
  if (looks.length === 0) return undefined;
  const report = await checkVouchers(looks, run.ports);
  await record(report, "vouchers", run);
  return report;
}

const KINDS = { orders: "order", stock: "stock", provider: "order", vouchers: "voucher" } as const;

async function record(report: CheckReport, check: CheckName, run: PageRun): Promise<void> {
  const { ports, tally } = run;
  const about = { check, kind: KINDS[check] };
  const recorded = await recordCheck(report, about, { breaks: ports.breaks, now: ports.clock.now() });
  tally.checked += report.looked.length;
  tally.opened += recorded.opened.length;
  tally.resolved += recorded.resolved.length;
  tally.unreachable += report.unreachable;
  tally.waiting = sumWaiting([tally.waiting, report.waiting]);
}

async function orderPage(cursor: string, run: PageRun): Promise<PageDone> {
  const ids = await run.ports.copies.orderIds({ after: cursor, limit: SAMPLE_ORDERS });
  const before = run.tally.opened;
  await checkOrderIds(ids, run);
  return pageDone(ids, SAMPLE_ORDERS, run.tally.opened - before);
}

const pageDone = (names: readonly string[], limit: number, found: number): PageDone => {
  const last = names.at(-1);
  const page = { checked: names.length, found };
  return last !== undefined && names.length === limit ? { ...page, nextCursor: last } : page;
};

/** A cursor in the stock lap: the SKU last done with or, behind a tab, the claim of it that was looked at last. */
const CLAIM_MARK = "\t";

/**
 * Looks at a page of SKUs. One with more claims than a page is finished before the next one begins, and the orders
 * that claims name are looked for in D1: so an order is found even when D1 has lost every trace of it.
 */
async function stockPage(cursor: string, run: PageRun): Promise<PageDone> {
  const [sku = "", claim] = cursor.split(CLAIM_MARK);
  const before = run.tally.opened;
  if (claim !== undefined) {
    const report = await checkSkus([{ sku, after: claim }], run);
    await findLostOrders(report, run);
    const next = report?.nextClaims.get(sku);
    const nextCursor = next === undefined ? sku : `${sku}${CLAIM_MARK}${next}`;
    return { nextCursor, checked: 0, found: run.tally.opened - before };
  }
  const skus = await run.ports.copies.skus({ after: sku, limit: SAMPLE_SKUS });
  const report = await checkSkus(
    skus.map((each) => ({ sku: each })),
    run,
  );
  await findLostOrders(report, run);
  const found = run.tally.opened - before;
  // The first SKU with more claims ends the page, so that the cursor can stand inside it.
  const crowded = skus.findIndex((each) => report?.nextClaims.has(each));
  const long = skus[crowded];
  if (long === undefined) return pageDone(skus, SAMPLE_SKUS, found);
  const nextCursor = `${long}${CLAIM_MARK}${report?.nextClaims.get(long) ?? ""}`;
  return { nextCursor, checked: crowded + 1, found };
}

async function findLostOrders(report: StockReport | undefined, run: PageRun): Promise<void> {
  const named = report?.orderIds ?? [];
  if (named.length === 0) return;
  const known = await run.ports.copies.orderImages(named);
  await checkOrderIds(
    named.filter((id) => !known.has(id)),
    run,
  );
}

/** Looks at a page of vouchers; one with more claims than a page is finished before the next one begins. */
async function voucherPage(cursor: string, run: PageRun): Promise<PageDone> {
  const [id = "", claim] = cursor.split(CLAIM_MARK);
  const before = run.tally.opened;
  const isInside = claim !== undefined;
  const ids = isInside ? [id] : await run.ports.vouchers.ids({ after: id, limit: SAMPLE_VOUCHERS });
  const looks = ids.map((voucherId) => ({ voucherId, ...(isInside ? { after: claim } : {}) }));
  const report = await checkVoucherLooks(looks, run);
  const found = run.tally.opened - before;
  const crowded = ids.findIndex((each) => report?.nextClaims.has(each));
  const long = ids[crowded];
  if (long !== undefined) {
    const nextCursor = `${long}${CLAIM_MARK}${report?.nextClaims.get(long) ?? ""}`;
    return { nextCursor, checked: isInside ? 0 : crowded + 1, found };
  }
  return isInside ? { nextCursor: id, checked: 0, found } : pageDone(ids, SAMPLE_VOUCHERS, found);
}

async function providerPage(cursor: string, run: PageRun): Promise<PageDone> {
  const { provider } = run.ports;
  if (!provider) return { checked: 0, found: 0 };
  const report = await checkProvider({ cursor, limit: SAMPLE_PAYMENTS }, { ...run.ports, provider });
  const before = run.tally.opened;
  await record(report, "provider", run);
  const page = { checked: report.looked.length, found: run.tally.opened - before };
  return report.nextCursor === undefined ? page : { ...page, nextCursor: report.nextCursor };
}
