/** A price for one unit and the instant from which it held, until the next one. */
export type PricePoint = { readonly fromMs: number; readonly amountMinor: number };

/** Days that Directive 98/6/EC, article 6a, looks back from the beginning of a reduction. */
export const LOOK_BACK_DAYS = 30;
/** The same in milliseconds. */
export const LOOK_BACK_MS = LOOK_BACK_DAYS * 24 * 60 * 60 * 1000;

/**
 * The lowest price that held in the 30 days before a reduction began; `undefined` when nothing is known of them. The
 * price that held when the 30 days began counts, and one that began with the reduction does not.
 */
export function lowestBefore(points: readonly PricePoint[], reducedSinceMs: number): number | undefined {
  const sorted = [...points].sort((a, b) => a.fromMs - b.fromMs);
  const opensAtMs = reducedSinceMs - LOOK_BACK_MS;
  const counted = sorted.filter(
    ({ fromMs }, index) =>
      fromMs < reducedSinceMs && (sorted[index + 1]?.fromMs ?? Number.MAX_SAFE_INTEGER) > opensAtMs,
  );
  return counted.length === 0 ? undefined : Math.min(...counted.map((point) => point.amountMinor));
}
