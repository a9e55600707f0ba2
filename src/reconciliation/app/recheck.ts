import { isId, type OrderId } from "#kernel";
import type { OpenBreak, ReconciliationPorts } from "./ports.ts";
import { claimLook } from "./check-vouchers.ts";
import { checkOrderIds, checkSkus, checkVoucherLooks, emptyTally, type PageRun } from "./pages.ts";

/** Looks again at everything that these breaks are about; those that are gone are resolved. */
export async function recheckBreaks(open: readonly OpenBreak[], run: PageRun): Promise<void> {
  const ids = open.flatMap(({ aggregate: { kind, id } }) =>
    kind === "order" && isId("ord", id) ? [id] : [],
  );
  await checkOrderIds([...new Set(ids)], run);
  const stock = Map.groupBy(
    open.filter((entry) => entry.aggregate.kind === "stock"),
    (entry) => entry.aggregate.id,
  );
  const looks = [...stock].map(([sku, entries]) => ({
    sku,
    orderIds: [...new Set(entries.flatMap(({ subject }) => orderIn(subject)))],
  }));
  await checkSkus(looks, run);
  for (const { aggregate, subject } of open)
    if (aggregate.kind === "voucher") await checkVoucherLooks([claimLook(aggregate.id, subject)], run);
}

/** The same for one break, after somebody has acted on it. */
export const recheck = (about: OpenBreak, ports: ReconciliationPorts): Promise<void> =>
  recheckBreaks([about], { ports, tally: emptyTally() });

/** The order whose claim a break of a SKU is about. */
function orderIn(subject: string): OrderId[] {
  const text = subject.slice(0, Math.max(0, subject.lastIndexOf("/")));
  return isId("ord", text) ? [text] : [];
}
