import type { VariantInput } from "#catalog";

/** Makes the variants of each kind of goods. Prices are euro cents and contain VAT; weights are grams with packing. */
export type Choice = { readonly label: string; readonly code: string };
export type Sale = { readonly compareAtMinor: number; readonly lowest30DaysMinor: number };

type Plain = {
  readonly sku: string;
  readonly optionValues: readonly string[];
  readonly priceMinor: number;
  readonly weightGrams: number;
};

export const plainVariant = (plain: Plain): VariantInput => ({
  ...plain,
  taxClass: "standard",
  requiresShipping: true,
});

const SIZES = [
  { label: "A4", code: "A4", priceMinor: 2_200, frameMinor: 600, weightGrams: 90, frameGrams: 700 },
  { label: "A3", code: "A3", priceMinor: 2_600, frameMinor: 800, weightGrams: 150, frameGrams: 1_200 },
  {
    label: "50x70",
    code: "50X70",
    priceMinor: 3_800,
    frameMinor: 1_800,
    weightGrams: 320,
    frameGrams: 2_900,
  },
  {
    label: "70x100",
    code: "70X100",
    priceMinor: 5_400,
    frameMinor: 2_800,
    weightGrams: 520,
    frameGrams: 5_200,
  },
] as const;
const FRAMES = [
  { label: "None", code: "NONE" },
  { label: "Oak", code: "OAK" },
  { label: "Black", code: "BLACK" },
] as const;

/** Four sizes by three frames, by an ink where there are several. */
export function printVariants(code: string, inks: readonly Choice[] = []): VariantInput[] {
  const stems =
    inks.length === 0
      ? [{ sku: `KE-PR-${code}`, values: [] as string[] }]
      : inks.map((ink) => ({ sku: `KE-PR-${code}-${ink.code}`, values: [ink.label] }));
  return stems.flatMap(({ sku, values }) =>
    SIZES.flatMap((size) =>
      FRAMES.map((frame): VariantInput => {
        const isBare = frame.code === "NONE";
        return plainVariant({
          sku: `${sku}-${size.code}-${frame.code}`,
          optionValues: [...values, size.label, frame.label],
          priceMinor: size.priceMinor + (isBare ? 0 : size.frameMinor),
          weightGrams: isBare ? size.weightGrams : size.frameGrams,
        });
      }),
    ),
  );
}

const PACKS = [
  { label: "Sample", code: "SAMPLE", count: 1 },
  { label: "25 tiles", code: "25", count: 25 },
  { label: "50 tiles", code: "50", count: 50 },
] as const;

/** A sample tile, or a box of 25 or 50; the larger box costs a little less for each. */
export const tileVariants = (code: string, tileMinor: number): VariantInput[] =>
  PACKS.map(({ label, code: pack, count }) =>
    plainVariant({
      sku: `KE-TI-${code}-${pack}`,
      optionValues: [label],
      priceMinor: count === 1 ? 300 : Math.round((tileMinor * count * (count === 50 ? 0.95 : 1)) / 100) * 100,
      weightGrams: count * 420 + 180,
    }),
  );

const RULINGS = [
  { label: "Plain", code: "PLAIN" },
  { label: "Lined", code: "LINED" },
  { label: "Dotted", code: "DOTTED" },
] as const;

/** Three rulings of one book. */
export const notebookVariants = (
  code: string,
  {
    priceMinor,
    weightGrams,
    sale,
  }: { readonly priceMinor: number; readonly weightGrams: number; readonly sale?: Sale },
): VariantInput[] =>
  RULINGS.map((ruling) => ({
    ...plainVariant({
      sku: `KE-NB-${code}-${ruling.code}`,
      optionValues: [ruling.label],
      priceMinor,
      weightGrams,
    }),
    ...sale,
  }));
