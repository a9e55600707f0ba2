import { allocate, compareText, invariant, PPM } from "#kernel";

/** What takes something off the goods, or off their delivery. */
export type Reduction = {
  /** Absent for a reduction that staff gives by hand. */
  readonly voucherId?: string;
  readonly label: string;
  readonly benefit:
    | { readonly kind: "percent"; readonly ppm: number }
    | { readonly kind: "fixed"; readonly amountMinor: number }
    | { readonly kind: "free_delivery" };
  /** The lines that count; absent for all of them. */
  readonly lineIds?: readonly string[];
};

/** A line before discounts: its total in minor units, at least 0. */
export type DiscountableLine = { readonly lineId: string; readonly totalMinor: number };

export type AppliedDiscount = {
  readonly voucherId?: string;
  readonly label: string;
  readonly amountMinor: number;
};

export type DiscountedLines = {
  /** Reductions that take something off, in the order in which they were applied. */
  readonly discounts: readonly AppliedDiscount[];
  /** Each line's share of all of them, from 0 to the line's total. */
  readonly discountByLine: ReadonlyMap<string, number>;
  /** The reduction that pays for delivery, if there is one. */
  readonly freeDelivery?: Reduction;
};

/**
 * Splits an amount over lines in proportion to their totals, by largest remainder; ties go to the smaller line id, so
 * the order of the lines changes nothing. The shares sum to the amount, none is below 0 or above its line, and a dearer
 * line never gets less than a cheaper one. The amount is from 0 to the sum of the lines.
 */
export function splitOverLines(
  amountMinor: number,
  lines: readonly DiscountableLine[],
): ReadonlyMap<string, number> {
  const sum = lines.reduce((total, line) => total + line.totalMinor, 0);
  invariant(
    Number.isSafeInteger(amountMinor) && amountMinor >= 0 && amountMinor <= sum,
    "what is split is not more than the lines",
  );
  if (amountMinor === 0) return new Map(lines.map((line) => [line.lineId, 0]));
  const sorted = [...lines].sort((a, b) => compareText(a.lineId, b.lineId));
  const parts = allocate(
    amountMinor,
    sorted.map((line) => line.totalMinor),
  );
  return new Map(sorted.map((line, index) => [line.lineId, parts[index] ?? 0]));
}

const RANK = { percent: 0, fixed: 1, free_delivery: 2 } as const;

/**
 * Applies reductions: percentages first, then fixed amounts, each to what the ones before have left; within a kind by
 * voucher and label, so the order in which codes were typed changes nothing. A percentage is rounded once, half up, and
 * a fixed amount ends at what its lines still cost.
 */
export function applyReductions(
  lines: readonly DiscountableLine[],
  reductions: readonly Reduction[],
): DiscountedLines {
  const left = new Map(lines.map((line) => [line.lineId, line.totalMinor]));
  const discounts: AppliedDiscount[] = [];
  const sorted = [...reductions].sort(inOrder);
  for (const reduction of sorted) {
    const counted = lines
      .filter((line) => reduction.lineIds?.includes(line.lineId) ?? true)
      .map((line) => ({ lineId: line.lineId, totalMinor: left.get(line.lineId) ?? 0 }));
    const amountMinor = amountOf(
      reduction,
      counted.reduce((total, line) => total + line.totalMinor, 0),
    );
    if (amountMinor === 0) continue;
    for (const [lineId, share] of splitOverLines(amountMinor, counted))
      left.set(lineId, (left.get(lineId) ?? 0) - share);
    discounts.push(named(reduction, amountMinor));
  }
  const freeDelivery = sorted.find((reduction) => reduction.benefit.kind === "free_delivery");
  return {
    discounts,
    discountByLine: new Map(
      lines.map((line) => [line.lineId, line.totalMinor - (left.get(line.lineId) ?? 0)]),
    ),
    ...(freeDelivery ? { freeDelivery } : {}),
  };
}

/** A reduction as an order keeps it. */
export const named = ({ voucherId, label }: Reduction, amountMinor: number): AppliedDiscount => ({
  ...(voucherId === undefined ? {} : { voucherId }),
  label,
  amountMinor,
});

const inOrder = (a: Reduction, b: Reduction): number =>
  RANK[a.benefit.kind] - RANK[b.benefit.kind] ||
  compareText(a.voucherId ?? "", b.voucherId ?? "") ||
  compareText(a.label, b.label);

function amountOf({ benefit }: Reduction, sumMinor: number): number {
  switch (benefit.kind) {
    case "percent": {
      invariant(
        Number.isSafeInteger(benefit.ppm) && benefit.ppm >= 0 && benefit.ppm <= PPM,
        "a percentage is a whole number of parts per million, at most all",
      );
      const doubled = 2n * BigInt(sumMinor) * BigInt(benefit.ppm) + BigInt(PPM);
      return Number(doubled / (2n * BigInt(PPM)));
    }
    case "fixed":
      invariant(
        Number.isSafeInteger(benefit.amountMinor) && benefit.amountMinor >= 0,
        "a fixed reduction is a whole number of minor units",
      );
      return Math.min(benefit.amountMinor, sumMinor);
    case "free_delivery":
      return 0;
  }
}
