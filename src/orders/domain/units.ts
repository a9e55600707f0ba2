import { compareText } from "#kernel";
import type { OrderDraft, OrderLine, SkuQuantity } from "../contract.ts";
import type { OrderState } from "./state.ts";

/** What `quantity` units of a line take from stock: the line's own SKU, or what a bundle is made of. */
export const unitsOf = (line: OrderLine, quantity: number): SkuQuantity[] =>
  line.components?.map((part) => ({ sku: part.sku, quantity: part.quantity * quantity })) ?? [
    { sku: line.sku, quantity, ...(line.stockShards ? { shards: line.stockShards } : {}) },
  ];

/**
 * Adds up per SKU, in canonical order, so that no two orders can deadlock. Nothing is left out but zeros. A SKU that
 * several lines have gets the most shards that one of them knew.
 */
export function sumBySku(units: readonly SkuQuantity[]): SkuQuantity[] {
  const sums = new Map<string, { readonly quantity: number; readonly shards: number }>();
  for (const { sku, quantity, shards = 0 } of units) {
    const before = sums.get(sku);
    const most = Math.max(before?.shards ?? 0, shards);
    sums.set(sku, { quantity: (before?.quantity ?? 0) + quantity, shards: most });
  }
  return [...sums]
    .map(([sku, { quantity, shards }]) => ({ sku, quantity, ...(shards > 0 ? { shards } : {}) }))
    .filter(({ quantity }) => quantity !== 0)
    .sort((a, b) => compareText(a.sku, b.sku));
}

/** The demand of a draft per SKU, summed over its lines and their components first. */
export const demandBySku = (draft: OrderDraft): SkuQuantity[] =>
  sumBySku(draft.lines.flatMap((line) => unitsOf(line, line.quantity)));

/** Units of a line that are in a parcel, sent or not. */
export const parcelledOf = (state: OrderState, lineId: string): number =>
  state.parcels
    .flatMap((parcel) => parcel.lines)
    .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);

/** Units of a line that a return has claimed and that was not declined. */
export const returningOf = (state: OrderState, lineId: string): number =>
  state.returns
    .filter((entry) => entry.status !== "declined")
    .flatMap((entry) =>
      // A closed return has claimed only what came back.
      entry.lines.map((line) => ({
        lineId: line.lineId,
        quantity: entry.status === "closed" ? line.restocked + line.scrapped : line.quantity,
      })),
    )
    .reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);

/** Units by which `to` is more than `from`, per SKU. No shards: an edit asks the SKU's own object. */
export const surplus = (to: readonly SkuQuantity[], from: readonly SkuQuantity[]): SkuQuantity[] =>
  sumBySku([
    ...to.map(({ sku, quantity }) => ({ sku, quantity })),
    ...from.map(({ sku, quantity }) => ({ sku, quantity: 0 - quantity })),
  ]).filter(({ quantity }) => quantity > 0);
