import type { LineQuantity, OrderLine } from "../contract.ts";
import type { OrderState } from "./state.ts";
import { parcelledOf, returningOf } from "./units.ts";

/** Units of a line that may still be asked back: what was sent, or for staff also what needs no sending. */
export function returnableUnits(state: OrderState, lineId: string, by: "customer" | "staff"): number {
  const line = state.draft.lines.find((entry) => entry.lineId === lineId);
  if (!line) return 0;
  const sent = line.requiresShipping ? parcelledOf(state, lineId) : by === "staff" ? line.quantity : 0;
  return Math.max(0, Math.min(sent, line.quantity) - returningOf(state, lineId));
}

/** Units of a line that have come back in any return. */
const receivedOf = (state: OrderState, lineId: string): number =>
  state.returns
    .flatMap((entry) => entry.lines)
    .reduce((sum, line) => (line.lineId === lineId ? sum + line.restocked + line.scrapped : sum), 0);

/**
 * The share of the first `units` of a line in what the line cost, by largest remainder: the earlier units carry the
 * odd cents, so that the shares of all units sum to the line's total whatever comes back in whatever parts.
 */
function shareMinor(line: OrderLine, units: number): number {
  const paidMinor = line.totalMinor + (line.addedTaxMinor ?? 0);
  const each = Math.floor(paidMinor / line.quantity);
  return each * units + Math.min(units, paidMinor % line.quantity);
}

/** What these further units are worth: their share of the line's price after discounts, tax counted in. */
export function worthOf(state: OrderState, lines: readonly LineQuantity[]): number {
  const back = new Map<string, number>();
  for (const { lineId, quantity } of lines) back.set(lineId, (back.get(lineId) ?? 0) + quantity);
  let worth = 0;
  for (const [lineId, quantity] of back) {
    const line = state.draft.lines.find((entry) => entry.lineId === lineId);
    if (!line) continue;
    const before = Math.min(receivedOf(state, lineId), line.quantity);
    const until = Math.min(before + quantity, line.quantity);
    worth += shareMinor(line, until) - shareMinor(line, before);
  }
  return worth;
}
