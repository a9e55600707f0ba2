import type { DyeName } from "../draw/dyes.ts";
import type { TileRoomName } from "../rooms/tile-rooms.ts";
import type { PatternSpec, RoomSpec } from "./good.ts";

export type TileGood = {
  readonly handle: string;
  readonly name: string;
  /** The whole title where it is not "{name}, ceramic tile". */
  readonly title?: string;
  readonly code: string;
  readonly character: string;
  readonly material: string;
  readonly grout: DyeName;
  readonly pattern: PatternSpec;
  readonly room: RoomSpec & { readonly place: TileRoomName };
};

/** Eight tiles, 15 × 15 cm, in the order in which the shop shows them. */
export const TILES: readonly TileGood[] = [
  {
    handle: "courtyard-star",
    name: "نجمة الفناء",
    title: "نجمة الفناء، بلاط سيراميك مزجّج",
    code: "COURTYARD",
    character: "نجوم ثمانية وصلبان بينها، مرسومة بقاعدة واحدة وبذرة واحدة.",
    material: "stoneware, glazed, 9 mm",
    grout: "bone",
    pattern: {
      rule: "stars",
      seed: 5,
      motif: 150,
      ground: "bone",
      inks: ["indigo", "teal", "marigold", "sky"],
    },
    room: { place: "basin", wall: "blush", floor: "oak", wood: "oak", accent: "indigo", second: "bone" },
  },
  {
    handle: "culvert",
    name: "Culvert",
    code: "CULVERT",
    character: "Quarter arcs that join into channels, however you turn the tile.",
    material: "stoneware, satin glaze, 9 mm",
    grout: "bone",
    pattern: { rule: "truchet", seed: 31, motif: 75, ground: "bone", inks: ["verdigris", "teal", "clay"] },
    room: { place: "sink", wall: "oat", floor: "oak", wood: "oak", accent: "clay", second: "pine" },
  },
  {
    handle: "fish-scale",
    name: "Fish scale",
    code: "SCALE",
    character: "Scallops in fine rings, four to the tile.",
    material: "stoneware, gloss glaze, 9 mm",
    grout: "mist",
    pattern: { rule: "scallops", seed: 10, motif: 150, ground: "mist", inks: ["denim", "ink", "apricot"] },
    room: { place: "bath", wall: "mist", floor: "ash", wood: "oak", accent: "denim", second: "apricot" },
  },
  {
    handle: "half-moon",
    name: "Half moon",
    code: "HALFMOON",
    character: "One quarter circle to the tile. Turn them as you lay them.",
    material: "stoneware, satin glaze, 9 mm",
    grout: "bone",
    pattern: { rule: "quarters", seed: 15, motif: 150, ground: "bone", inks: ["rust", "ochre", "blush"] },
    room: { place: "stove", wall: "oat", floor: "oak", wood: "walnut", accent: "teal", second: "teal" },
  },
  {
    handle: "gravel",
    name: "Gravel",
    code: "GRAVEL",
    character: "Stone chips of four sizes in a pale ground; no two tiles repeat.",
    material: "terrazzo, cement bound, 12 mm",
    grout: "oat",
    pattern: {
      rule: "terrazzo",
      seed: 2,
      motif: 180,
      ground: "bone",
      inks: ["slate", "clay", "sage", "ochre"],
    },
    room: { place: "sink", wall: "oat", floor: "oak", wood: "ash", accent: "sage", second: "slate" },
  },
  {
    handle: "compass",
    name: "Compass",
    code: "COMPASS",
    character: "Four petals to the tile and a dot where they meet.",
    material: "cement, hand pressed, 15 mm",
    grout: "ink",
    pattern: { rule: "petals", seed: 24, motif: 150, ground: "ink", inks: ["bone", "sky", "marigold"] },
    room: {
      place: "stairs",
      wall: "bone",
      floor: "terracotta",
      wood: "oak",
      accent: "terracotta",
      second: "denim",
    },
  },
  {
    handle: "bunting",
    name: "Bunting",
    code: "BUNTING",
    character: "Squares halved on the diagonal, four to the tile.",
    material: "stoneware, matt glaze, 9 mm",
    grout: "bone",
    pattern: {
      rule: "triangles",
      seed: 20,
      motif: 75,
      ground: "bone",
      inks: ["pine", "sage", "apricot", "madder"],
    },
    room: { place: "hearth", wall: "sage", floor: "oak", wood: "oak", accent: "apricot", second: "pine" },
  },
  {
    handle: "fernery",
    name: "Fernery",
    code: "FERNERY",
    character: "Small stems in rows, painted by brush and fired twice.",
    material: "earthenware, gloss glaze, 8 mm",
    grout: "oat",
    pattern: { rule: "growth", seed: 17, motif: 125, ground: "straw", inks: ["moss", "olive", "madder"] },
    room: { place: "basin", wall: "celery", floor: "oak", wood: "oak", accent: "madder", second: "straw" },
  },
];
