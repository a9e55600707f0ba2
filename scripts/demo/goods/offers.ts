import type { Sale } from "../variants.ts";
import type { PatternSpec } from "./good.ts";

type ClothOffer = {
  readonly option?: string;
  readonly choices: readonly (readonly [
    label: string,
    code: string,
    priceMinor: number,
    weightGrams: number,
  ])[];
  readonly sale?: Sale;
};

/** What is sold of each cloth: option, values, prices in cents, weights in grams. */
export const CLOTH_OFFERS: Readonly<Record<string, ClothOffer>> = {
  "kiln-leaf": {
    option: "Colour",
    choices: [
      ["Rust", "RUST", 1_800, 120],
      ["Pine", "PINE", 1_800, 120],
    ],
  },
  "harbour-stripe": {
    option: "Colour",
    choices: [
      ["Indigo", "INDIGO", 1_900, 110],
      ["Madder", "MADDER", 1_900, 110],
    ],
  },
  "tooth-check": {
    option: "Pack",
    choices: [
      ["One", "1", 1_600, 130],
      ["Set of three", "3", 4_300, 390],
    ],
  },
  plait: {
    option: "Size",
    choices: [
      ["50 × 50 cm", "50", 4_200, 280],
      ["60 × 40 cm", "60", 4_200, 270],
    ],
  },
  marguerite: {
    option: "Size",
    choices: [
      ["50 × 50 cm", "50", 4_400, 260],
      ["60 × 40 cm", "60", 4_400, 250],
    ],
  },
  sawtooth: {
    option: "Size",
    choices: [
      ["110 × 140 cm", "110", 13_900, 820],
      ["140 × 180 cm", "140", 17_900, 1_300],
    ],
  },
  sedge: {
    option: "Colour",
    choices: [
      ["Celery", "CELERY", 3_600, 340],
      ["Pine", "PINE", 3_600, 340],
    ],
  },
  "long-meadow": { choices: [["", "RUNNER", 5_800, 310]] },
  "scallop-bay": {
    option: "Size",
    choices: [
      ["50 × 100 cm", "50", 2_600, 300],
      ["70 × 140 cm", "70", 4_400, 560],
    ],
    sale: { compareAtMinor: 5_500, lowest30DaysMinor: 4_900 },
  },
  packhouse: {
    option: "Size",
    choices: [
      ["50 × 50 cm", "50", 1_600, 60],
      ["70 × 70 cm", "70", 2_200, 90],
      ["100 × 100 cm", "100", 3_400, 160],
    ],
  },
};

/** The second colour of a cloth that comes in two. */
export const SECOND_COLOURS: Readonly<Record<string, Pick<PatternSpec, "ground" | "inks">>> = {
  "kiln-leaf": { ground: "oat", inks: ["pine", "moss", "umber", "ochre"] },
  "harbour-stripe": { ground: "bone", inks: ["madder", "rust", "rose"] },
  sedge: { ground: "pine", inks: ["celery", "sage", "marigold"] },
};

/** Price of one tile in a box, in cents, by handle; 380 where nothing is said. */
export const TILE_PRICES: Readonly<Record<string, number>> = {
  "courtyard-star": 520,
  gravel: 460,
  compass: 490,
  fernery: 560,
};
