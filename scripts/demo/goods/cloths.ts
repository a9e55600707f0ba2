import type { ClothRoomName } from "../rooms/cloth-rooms.ts";
import type { PatternSpec, RoomSpec } from "./good.ts";

export type ClothGood = {
  readonly handle: string;
  readonly name: string;
  readonly kind: string;
  readonly code: string;
  readonly character: string;
  readonly material: string;
  /** Width and height of the finished piece in millimetres. */
  readonly size: readonly [width: number, height: number];
  readonly pattern: PatternSpec;
  readonly room: RoomSpec & { readonly place: ClothRoomName };
};

/** Ten cloths, in the order in which the shop shows them. */
export const CLOTHS: readonly ClothGood[] = [
  {
    handle: "kiln-leaf",
    name: "Kiln leaf",
    kind: "tea towel",
    code: "KILN",
    character: "Leaf sprigs in the colours of a biscuit firing.",
    material: "half linen, half cotton, 240 g/m²",
    size: [500, 700],
    pattern: {
      rule: "leaves",
      seed: 9,
      motif: 118,
      ground: "oat",
      inks: ["rust", "clay", "umber", "marigold"],
    },
    room: { place: "oven", wall: "mist", floor: "oak", wood: "oak", accent: "rust", second: "sage" },
  },
  {
    handle: "harbour-stripe",
    name: "Harbour stripe",
    kind: "tea towel",
    code: "HARBOUR",
    character: "Wide and narrow stripes that meet at right angles, as harbour walls do.",
    material: "linen, 210 g/m²",
    size: [500, 700],
    pattern: { rule: "stripes", seed: 21, motif: 190, ground: "bone", inks: ["indigo", "denim", "sky"] },
    room: { place: "pegs", wall: "clay", floor: "oak", wood: "ash", accent: "indigo", second: "bone" },
  },
  {
    handle: "tooth-check",
    name: "Tooth check",
    kind: "tea towel",
    code: "TOOTH",
    character: "A check that the loom makes by itself when two threads follow two.",
    material: "cotton, 260 g/m²",
    size: [500, 700],
    pattern: { rule: "check", seed: 6, motif: 62, ground: "bone", inks: ["pine", "rust"] },
    room: { place: "bread", wall: "oat", floor: "oak", wood: "oak", accent: "pine", second: "rust" },
  },
  {
    handle: "plait",
    name: "Plait",
    kind: "cushion cover",
    code: "PLAIT",
    character: "Three strands over three, in plum and rose.",
    material: "cotton canvas, 320 g/m², zip of brass",
    size: [500, 500],
    pattern: {
      rule: "basket",
      seed: 12,
      motif: 84,
      ground: "aubergine",
      inks: ["plum", "rose", "apricot", "blush"],
    },
    room: {
      place: "cushion",
      wall: "lilac",
      floor: "walnut",
      wood: "walnut",
      accent: "apricot",
      second: "bone",
    },
  },
  {
    handle: "marguerite",
    name: "Marguerite",
    kind: "cushion cover",
    code: "MARGUERITE",
    character: "Petals wherever two circles cross.",
    material: "linen, 280 g/m², buttons of corozo",
    size: [500, 500],
    pattern: { rule: "petals", seed: 30, motif: 100, ground: "ochre", inks: ["bone", "straw", "umber"] },
    room: { place: "cushion", wall: "olive", floor: "ash", wood: "oak", accent: "rust", second: "pine" },
  },
  {
    handle: "sawtooth",
    name: "Sawtooth",
    kind: "lambswool throw",
    code: "SAWTOOTH",
    character: "Squares halved on the diagonal, like a roof seen from the next hill.",
    material: "lambswool, 420 g/m², fringed",
    size: [1100, 1400],
    pattern: {
      rule: "triangles",
      seed: 14,
      motif: 140,
      ground: "bone",
      inks: ["slate", "sky", "ochre", "ink"],
    },
    room: { place: "throw", wall: "denim", floor: "oak", wood: "oak", accent: "ochre", second: "oat" },
  },
  {
    handle: "sedge",
    name: "Sedge",
    kind: "napkins, set of four",
    code: "SEDGE",
    character: "Small stems that grow in rows, no two rows alike.",
    material: "linen, 190 g/m²",
    size: [450, 470],
    pattern: { rule: "growth", seed: 25, motif: 92, ground: "celery", inks: ["pine", "moss", "rust"] },
    room: { place: "place", wall: "oat", floor: "oak", wood: "walnut", accent: "celery", second: "pine" },
  },
  {
    handle: "long-meadow",
    name: "Long meadow",
    kind: "table runner",
    code: "MEADOW",
    character: "A meadow that runs the length of the table.",
    material: "stonewashed linen, 230 g/m²",
    size: [340, 1600],
    pattern: {
      rule: "leaves",
      seed: 33,
      motif: 112,
      ground: "ink",
      inks: ["sage", "celery", "bone", "marigold"],
    },
    room: { place: "runner", wall: "oat", floor: "oak", wood: "ash", accent: "sage", second: "apricot" },
  },
  {
    handle: "scallop-bay",
    name: "Scallop bay",
    kind: "bath towel",
    code: "SCALLOP",
    character: "Overlapping shells in fine rings.",
    material: "cotton terry, 480 g/m²",
    size: [700, 740],
    pattern: { rule: "scallops", seed: 18, motif: 150, ground: "bone", inks: ["teal", "verdigris", "clay"] },
    room: { place: "ladder", wall: "duck", floor: "ash", wood: "oak", accent: "clay", second: "bone" },
  },
  {
    handle: "packhouse",
    name: "Packhouse",
    kind: "wrapping cloth",
    code: "PACKHOUSE",
    character: "Quarter circles to knot round a bottle, a book or a lunch.",
    material: "cotton lawn, 120 g/m²",
    size: [700, 700],
    pattern: {
      rule: "quarters",
      seed: 27,
      motif: 100,
      ground: "blush",
      inks: ["madder", "plum", "marigold"],
    },
    room: { place: "gift", wall: "straw", floor: "oak", wood: "walnut", accent: "plum", second: "bone" },
  },
];
