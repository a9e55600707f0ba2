import type { VoucherView } from "../contract.ts";
import { readVoucherRow, VOUCHER_COLUMNS, type VoucherRow } from "./voucher-rows.ts";

type Rows = { readonly version: number; readonly parts: Readonly<Record<string, unknown>> };

/** What D1 should have of a voucher, as plain rows. */
export const expectedVoucherParts = (view: VoucherView): Readonly<Record<string, unknown>> => {
  const { terms, usedCount, held, balanceMinor } = view;
  return { terms, numbers: { usedCount, held, balanceMinor } };
};

/** What D1 has of these vouchers; at most 100. */
export async function readVoucherImages(
  db: D1Database,
  voucherIds: readonly string[],
): Promise<ReadonlyMap<string, Rows>> {
  if (voucherIds.length === 0) return new Map();
  const { results } = await db
    .prepare(
      `SELECT ${VOUCHER_COLUMNS} FROM vouchers WHERE voucher_id IN (SELECT value FROM json_each(?1)) LIMIT ?2`,
    )
    .bind(JSON.stringify(voucherIds), voucherIds.length)
    .all<VoucherRow>();
  return new Map(
    results
      .map(readVoucherRow)
      .map((view) => [view.voucherId, { version: view.version, parts: expectedVoucherParts(view) }]),
  );
}

/** Voucher ids above `after`, in their order. */
export async function listVoucherIds(
  db: D1Database,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { results } = await db
    .prepare("SELECT voucher_id AS id FROM vouchers WHERE voucher_id > ? ORDER BY voucher_id LIMIT ?")
    .bind(after, limit)
    .all<{ readonly id: string }>();
  return results.map(({ id }) => id);
}
