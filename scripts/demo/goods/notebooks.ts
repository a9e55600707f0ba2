import type { DyeName } from "../draw/dyes.ts";
import type { NotebookRoomName } from "../rooms/notebook-rooms.ts";
import type { PatternSpec, RoomSpec } from "./good.ts";

export type NotebookGood = {
  readonly handle: string;
  readonly name: string;
  readonly code: string;
  readonly character: string;
  /** Cover in millimetres: A5 or A6. */
  readonly size: readonly [width: number, height: number];
  readonly pages: number;
  readonly spine: DyeName;
  readonly pattern: PatternSpec;
  readonly room: RoomSpec & { readonly place: NotebookRoomName };
};

const A5 = [148, 210] as const;
const A6 = [105, 148] as const;

/** Nine notebooks with a drawn cover; the tenth, from the trimming table, has no picture and stands in the catalogue. */
export const NOTEBOOKS: readonly NotebookGood[] = [
  {
    handle: "ledger",
    name: "Ledger",
    code: "LEDGER",
    character: "Stripes that cross like columns and rows, for sums or for none.",
    size: A5,
    pages: 144,
    spine: "ink",
    pattern: { rule: "stripes", seed: 8, motif: 64, ground: "bone", inks: ["madder", "ink", "rose"] },
    room: { place: "quiet", wall: "sage", floor: "oak", wood: "oak", accent: "madder", second: "bone" },
  },
  {
    handle: "moss",
    name: "Moss",
    code: "MOSS",
    character: "Stems in rows on a dark ground, quiet enough for a meeting.",
    size: A5,
    pages: 144,
    spine: "umber",
    pattern: { rule: "growth", seed: 23, motif: 34, ground: "pine", inks: ["celery", "sage", "marigold"] },
    room: { place: "work", wall: "oat", floor: "oak", wood: "oak", accent: "marigold", second: "pine" },
  },
  {
    handle: "survey",
    name: "Survey",
    code: "SURVEY",
    character: "Contour lines for people who draw maps of meetings.",
    size: A5,
    pages: 160,
    spine: "ink",
    pattern: {
      rule: "contours",
      seed: 28,
      motif: 96,
      ground: "ink",
      inks: ["ink", "teal", "verdigris", "celery"],
    },
    room: { place: "cafe", wall: "oat", floor: "slate", wood: "oak", accent: "teal", second: "bone" },
  },
  {
    handle: "static",
    name: "Static",
    code: "STATIC",
    character: "Two sets of rings that shimmer when you move the book.",
    size: A6,
    pages: 96,
    spine: "graphite",
    pattern: { rule: "moire", seed: 9, motif: 5.4, ground: "bone", inks: ["graphite"] },
    room: {
      place: "shelf",
      wall: "apricot",
      floor: "oak",
      wood: "walnut",
      accent: "madder",
      second: "graphite",
    },
  },
  {
    handle: "current",
    name: "Current",
    code: "CURRENT",
    character: "Strokes that follow one stream across the cover.",
    size: A5,
    pages: 144,
    spine: "plum",
    pattern: { rule: "flow", seed: 12, motif: 6.4, ground: "blush", inks: ["plum", "madder", "apricot"] },
    room: { place: "pair", wall: "rose", floor: "oak", wood: "oak", accent: "plum", second: "madder" },
  },
  {
    handle: "almanac",
    name: "Almanac",
    code: "ALMANAC",
    character: "A seed head on the cover and room for a year inside.",
    size: A5,
    pages: 192,
    spine: "rust",
    pattern: {
      rule: "seedhead",
      seed: 4,
      motif: 7.6,
      ground: "straw",
      inks: ["rust", "pine", "madder", "bone"],
    },
    room: { place: "work", wall: "oat", floor: "oak", wood: "walnut", accent: "straw", second: "rust" },
  },
  {
    handle: "paddock",
    name: "Paddock",
    code: "PADDOCK",
    character: "Fields with furrows, as seen from a slow aeroplane.",
    size: A5,
    pages: 144,
    spine: "umber",
    pattern: {
      rule: "split",
      seed: 32,
      motif: 36,
      ground: "bone",
      inks: ["sage", "ochre", "terracotta", "celery"],
    },
    room: { place: "quiet", wall: "clay", floor: "oak", wood: "oak", accent: "umber", second: "straw" },
  },
  {
    handle: "shoal",
    name: "Shoal",
    code: "SHOAL",
    character: "Scallops in fine rings, turning blue where the water is deep.",
    size: A6,
    pages: 96,
    spine: "indigo",
    pattern: { rule: "scallops", seed: 36, motif: 26, ground: "duck", inks: ["indigo", "teal", "marigold"] },
    room: {
      place: "shelf",
      wall: "verdigris",
      floor: "oak",
      wood: "ash",
      accent: "marigold",
      second: "indigo",
    },
  },
  {
    handle: "confetti",
    name: "Confetti",
    code: "CONFETTI",
    character: "Chips of four sizes, swept up the morning after.",
    size: A5,
    pages: 144,
    spine: "graphite",
    pattern: {
      rule: "terrazzo",
      seed: 41,
      motif: 42,
      ground: "graphite",
      inks: ["rose", "marigold", "sky", "bone"],
    },
    room: { place: "pair", wall: "lilac", floor: "oak", wood: "oak", accent: "marigold", second: "slate" },
  },
];
