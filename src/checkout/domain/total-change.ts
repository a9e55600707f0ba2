/** Why a total is not the one that the buyer saw: facts for a sentence. */
export type TotalChange = {
  readonly currency: string;
  readonly fromMinor: number;
  readonly toMinor: number;
  /** Lines whose price moved, with the difference that each makes. */
  readonly movedLines: readonly MovedLine[];
  /** What codes take off, that much more (or less). */
  readonly discountChangeMinor: number;
  /** What neither line nor code explains: delivery costs that much more (or less). */
  readonly deliveryChangeMinor: number;
  /** What is left to pay after gift cards and credits: as it was shown, and now. */
  readonly dueFromMinor: number;
  readonly dueToMinor: number;
};

export type MovedLine = {
  readonly lineId: string;
  readonly title: string;
  readonly fromMinor: number;
  readonly toMinor: number;
  /** Units in the line; the prices are of one unit. */
  readonly quantity: number;
};

export type SeenLine = {
  readonly lineId: string;
  readonly title: string;
  readonly quantity: number;
  readonly seenUnitPriceMinor: number;
  readonly unitPriceMinor: number;
};

/**
 * Explains a total that moved. The parts always sum to the whole: Σ (to − from) × quantity − discount change +
 * delivery change = new total − old total.
 */
export function explainTotalChange(input: {
  readonly currency: string;
  readonly fromMinor: number;
  readonly toMinor: number;
  readonly discountChangeMinor: number;
  readonly dueFromMinor: number;
  readonly dueToMinor: number;
  readonly lines: readonly SeenLine[];
}): TotalChange {
  const movedLines = input.lines
    .filter((line) => line.unitPriceMinor !== line.seenUnitPriceMinor)
    .map(({ lineId, title, quantity, seenUnitPriceMinor, unitPriceMinor }) => ({
      lineId,
      title,
      quantity,
      fromMinor: seenUnitPriceMinor,
      toMinor: unitPriceMinor,
    }));
  const byLines = movedLines.reduce((sum, line) => sum + (line.toMinor - line.fromMinor) * line.quantity, 0);
  return {
    currency: input.currency,
    fromMinor: input.fromMinor,
    toMinor: input.toMinor,
    movedLines,
    discountChangeMinor: input.discountChangeMinor,
    deliveryChangeMinor: input.toMinor - input.fromMinor - byLines + input.discountChangeMinor,
    dueFromMinor: input.dueFromMinor,
    dueToMinor: input.dueToMinor,
  };
}
