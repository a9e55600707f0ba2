/** Nanograms in one unit, exact by definition (international avoirdupois pound of 1959). */
const NANOGRAMS: Readonly<Record<WeightUnit, bigint>> = {
  g: 1_000_000_000n,
  kg: 1_000_000_000_000n,
  lb: 453_592_370_000n,
  oz: 28_349_523_125n,
};
const NANOGRAMS_PER_GRAM = 1_000_000_000n;

export type WeightUnit = "g" | "kg" | "lb" | "oz";

const UNIT_NAMES: ReadonlyMap<string, WeightUnit> = new Map([
  ...["g", "gram", "grams"].map((name) => [name, "g"] as const),
  ...["kg", "kilogram", "kilograms"].map((name) => [name, "kg"] as const),
  ...["lb", "lbs", "pound", "pounds"].map((name) => [name, "lb"] as const),
  ...["oz", "ounce", "ounces"].map((name) => [name, "oz"] as const),
]);

/** Reads a unit of weight; `undefined` when it is none of the four. */
export const parseWeightUnit = (text: string): WeightUnit | undefined =>
  UNIT_NAMES.get(text.trim().toLowerCase());

/**
 * Converts a decimal weight to whole grams: exact arithmetic, rounded half up, and at least 1 g for anything that
 * weighs something. `undefined` for text that is not a decimal number of at least zero.
 */
export function toGrams(text: string, unit: WeightUnit): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{0,20}))?$/.exec(text.trim());
  if (!match) return undefined;
  const fraction = match[2] ?? "";
  const scale = 10n ** BigInt(fraction.length) * NANOGRAMS_PER_GRAM;
  const scaled = BigInt((match[1] ?? "") + fraction) * NANOGRAMS[unit];
  if (scaled === 0n) return 0;
  return Math.max(1, Number((2n * scaled + scale) / (2n * scale)));
}
