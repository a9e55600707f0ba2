import { compareText } from "#kernel";
import type { OrderDraft, OrderLine, SkuQuantity } from "../contract.ts";
import type { OrderState } from "./state.ts";

/** What `quantity` units of a line take from stock: the line's own SKU, or what a bundle is made of. */
export const unitsOf = (line: OrderLine, quantity: number): SkuQuantity[] =>
  (line.components ?? [{ sku: line.sku, quantity: 1 }]).map((part) => ({
    sku: part.sku,
    quantity: part.quantity * quantity,
  }));

/** Adds up per SKU, in canonical order, so that no two orders can deadlock. Nothing is left out but zeros. */
export function sumBySku(units: readonly SkuQuantity[]): SkuQuantity[] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of units) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return [...sums]
    .map(([sku, quantity]) => ({ sku, quantity }))
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

/** Units by which `to` is more than `from`, per SKU. */
export const surplus = (to: readonly SkuQuantity[], from: readonly SkuQuantity[]): SkuQuantity[] =>
  sumBySku([...to, ...from.map(({ sku, quantity }) => ({ sku, quantity: 0 - quantity }))]).filter(
    ({ quantity }) => quantity > 0,
  );
