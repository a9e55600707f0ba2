import type { PriceEntry, PriceList } from "../domain/price-list.ts";

export type ListRow = {
  readonly id: string;
  readonly title: string;
  readonly kind: PriceList["kind"];
  readonly status: PriceList["status"];
  readonly priority: number;
  readonly market_id: string | null;
  readonly customer_group: string | null;
  readonly channel: string | null;
  readonly currency: string | null;
  readonly starts_at_ms: number | null;
  readonly ends_at_ms: number | null;
  readonly percent_off_ppm: number | null;
  readonly collection: string | null;
  readonly entry_count: number;
  readonly version: number;
};

/** A collection that is gone is nobody's handle, so that its list takes off nothing rather than everything. */
export const LIST_COLUMNS = `id, title, kind, status, priority, market_id, customer_group, channel, currency, starts_at_ms,
  ends_at_ms, percent_off_ppm, entry_count, version,
  CASE WHEN collection_id IS NULL THEN NULL ELSE
    coalesce((SELECT handle FROM collections WHERE collections.id = price_lists.collection_id), '') END AS collection`;

const present = <K extends string, V>(key: K, value: V | null): { readonly [Key in K]?: V } =>
  // The computed key is exactly K.
  value === null ? {} : ({ [key]: value } as { readonly [Key in K]?: V });

export const toList = (row: ListRow): PriceList => ({
  listId: row.id,
  title: row.title,
  kind: row.kind,
  status: row.status,
  priority: row.priority,
  ...present("marketId", row.market_id),
  ...present("customerGroup", row.customer_group),
  ...present("channel", row.channel),
  ...present("currency", row.currency),
  ...present("startsAtMs", row.starts_at_ms),
  ...present("endsAtMs", row.ends_at_ms),
  ...present("percentOffPpm", row.percent_off_ppm),
  ...present("collection", row.collection),
});

export type EntryRow = {
  readonly variant_id: string;
  readonly list_id: string;
  readonly min_quantity: number;
  readonly amount_minor: number | null;
  readonly compare_at_minor: number | null;
  readonly percent_off_ppm: number | null;
};

export const ENTRY_COLUMNS =
  "e.variant_id, e.list_id, e.min_quantity, e.amount_minor, e.compare_at_minor, e.percent_off_ppm";

export const toEntry = (row: EntryRow): PriceEntry => ({
  listId: row.list_id,
  variantId: row.variant_id,
  minQuantity: row.min_quantity,
  price:
    row.amount_minor === null
      ? { kind: "percent", percentOffPpm: row.percent_off_ppm ?? 0 }
      : { kind: "fixed", amountMinor: row.amount_minor, ...present("compareAtMinor", row.compare_at_minor) },
});
