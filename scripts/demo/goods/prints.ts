import type { FrameKind } from "../rooms/frame.ts";
import type { PrintRoomName } from "../rooms/print-rooms.ts";
import type { PatternSpec, RoomSpec } from "./good.ts";

export type PrintGood = {
  readonly handle: string;
  readonly name: string;
  readonly code: string;
  /** One sentence about it. */
  readonly character: string;
  readonly pattern: PatternSpec;
  readonly room: RoomSpec & { readonly place: PrintRoomName; readonly frame: FrameKind };
};

/** Twelve prints, in the order in which the shop shows them. */
export const PRINTS: readonly PrintGood[] = [
  { handle: "heron", name: "Heron", code: "HERON", character: "Quarter circles in two inks, turned so that they drift like a bird over shallow water.", pattern: { rule: "quarters", seed: 7, motif: 105, ground: "bone", inks: ["ink", "terracotta", "sky"] }, room: { place: "chair", frame: "oak", wall: "duck", floor: "oak", wood: "walnut", accent: "terracotta", second: "oat" } },
  { handle: "tide", name: "Tide", code: "TIDE", character: "Bands of sea from pale to deep, and a low sun that has not decided to set.", pattern: { rule: "tide", seed: 4, motif: 34, ground: "blush", inks: ["sky", "denim", "teal", "ink", "terracotta"] }, room: { place: "console", frame: "oak", wall: "blush", floor: "walnut", wood: "oak", accent: "denim", second: "terracotta" } },
  { handle: "isobar", name: "Isobar", code: "ISOBAR", character: "Contour lines of ground that exists nowhere, from moss in the valleys to straw on the tops.", pattern: { rule: "contours", seed: 19, motif: 300, ground: "pine", inks: ["pine", "moss", "celery", "straw"] }, room: { place: "ledge", frame: "black", wall: "oat", floor: "oak", wood: "oak", accent: "moss", second: "rust" } },
  { handle: "elder", name: "Elder", code: "ELDER", character: "One stem that forks five times and then lets its berries hang.", pattern: { rule: "growth", seed: 3, motif: 400, ground: "blush", inks: ["pine", "moss", "madder"] }, room: { place: "floor", frame: "oak", wall: "sage", floor: "ash", wood: "walnut", accent: "clay", second: "bone" } },
  { handle: "switchback", name: "Switchback", code: "SWITCHBACK", character: "Ribbons of quarter arcs that meet by chance and close by law.", pattern: { rule: "truchet", seed: 22, motif: 52.5, ground: "bone", inks: ["indigo", "denim", "marigold"] }, room: { place: "desk", frame: "black", wall: "straw", floor: "walnut", wood: "oak", accent: "indigo", second: "indigo" } },
  { handle: "meridian", name: "Meridian", code: "MERIDIAN", character: "Two sets of rings, one ink; the shimmer is yours, not the printer's.", pattern: { rule: "moire", seed: 2, motif: 17, ground: "bone", inks: ["madder"] }, room: { place: "sideboard", frame: "black", wall: "rose", floor: "walnut", wood: "walnut", accent: "bone", second: "bone" } },
  { handle: "allotment", name: "Allotment", code: "ALLOTMENT", character: "Fields split again and again until each is worth digging.", pattern: { rule: "split", seed: 11, motif: 112, ground: "bone", inks: ["moss", "ochre", "sage", "rust", "celery"] }, room: { place: "hall", frame: "oak", wall: "bone", floor: "terracotta", wood: "oak", accent: "moss", second: "umber" } },
  { handle: "murmuration", name: "Murmuration", code: "MURMUR", character: "Strokes that follow one current, as starlings do at dusk.", pattern: { rule: "flow", seed: 40, motif: 15, ground: "ink", inks: ["bone", "sky", "apricot"] }, room: { place: "chair", frame: "oak", wall: "slate", floor: "ash", wood: "oak", accent: "apricot", second: "mist" } },
  { handle: "seedhead", name: "Seedhead", code: "SEEDHEAD", character: "Three hundred petals, each set one golden angle after the last.", pattern: { rule: "seedhead", seed: 13, motif: 24, ground: "oat", inks: ["aubergine", "rust", "marigold", "rose"] }, room: { place: "console", frame: "none", wall: "ochre", floor: "oak", wood: "walnut", accent: "plum", second: "bone" } },
  { handle: "shingle", name: "Shingle", code: "SHINGLE", character: "Pebbles packed until no room is left, some with a vein of quartz.", pattern: { rule: "pebbles", seed: 8, motif: 84, ground: "bone", inks: ["slate", "sky", "clay", "sand", "graphite"] }, room: { place: "ledge", frame: "oak", wall: "mist", floor: "ash", wood: "ash", accent: "slate", second: "clay" } },
  { handle: "lantern", name: "Lantern", code: "LANTERN", character: "Eight-pointed stars with crosses between them, lit from behind by the paper.", pattern: { rule: "stars", seed: 16, motif: 105, ground: "teal", inks: ["bone", "straw", "apricot", "marigold"] }, room: { place: "sideboard", frame: "oak", wall: "verdigris", floor: "walnut", wood: "oak", accent: "straw", second: "bone" } },
  { handle: "rain", name: "Rain on slate", code: "RAIN", character: "Short brush marks in rows, slanting the way the weather came.", pattern: { rule: "brush", seed: 5, motif: 58, ground: "mist", inks: ["denim", "ink", "sky", "marigold"] }, room: { place: "hall", frame: "black", wall: "teal", floor: "oak", wood: "ash", accent: "marigold", second: "ink" } },
];
