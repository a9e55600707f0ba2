import { epochMs } from "#kernel";
import type { VoucherTerms, VoucherView } from "../contract.ts";

export type VoucherRow = {
  readonly voucher_id: string;
  readonly terms: string;
  readonly used_count: number;
  readonly held: number;
  readonly balance_minor: number;
  readonly version: number;
  readonly updated_at_ms: number;
};

export const VOUCHER_COLUMNS = "voucher_id, terms, used_count, held, balance_minor, version, updated_at_ms";

/** A row as the object last told it. */
export const readVoucherRow = (row: VoucherRow): VoucherView => ({
  voucherId: row.voucher_id,
  // Written by the projector only, from a checked event.
  terms: JSON.parse(row.terms) as VoucherTerms,
  usedCount: row.used_count,
  held: row.held,
  balanceMinor: row.balance_minor,
  version: row.version,
  updatedAt: epochMs(row.updated_at_ms),
});
